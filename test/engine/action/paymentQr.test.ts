import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import jsQr from 'jsqr';
import { PNG } from 'pngjs';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { account, createCheckout, createOrder, engine, locator } from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const run = async (parameters: INodeParameters) =>
	await engine.runNode({ parameters, credentials: account(sandbox.url, sandbox.apiKey) });

const newOrder = async (changes: INodeParameters = {}) => {
	const { outputs } = await run(
		createOrder({ options: { merchantOrderId: 'shop/1' }, ...changes }),
	);
	return outputs[0][0].json;
};

const qr = async (changes: INodeParameters = {}) =>
	await run({
		resource: 'order',
		operation: 'createPaymentQr',
		source: 'order',
		order: locator('merchantOrderId', 'shop/1'),
		content: 'paymentLink',
		binaryPropertyName: 'data',
		...changes,
	});

const bytes = ({ binary }: INodeExecutionData, field = 'data') =>
	Buffer.from(binary?.[field].data ?? '', 'base64');

/** What a phone would see. */
function scan(png: Buffer): { text: string | undefined; width: number; height: number } {
	const { data, width, height } = PNG.sync.read(png);
	return { text: jsQr(new Uint8ClampedArray(data), width, height)?.data, width, height };
}

describe('Create Payment QR', () => {
	it('draws the payment link of an order, readable by another library, with the order beside it', async () => {
		const order = await newOrder();
		const { outputs } = await qr();
		const [item] = outputs[0];
		expect(scan(bytes(item))).toEqual({ text: order.paymentUrl, width: 512, height: 512 });
		expect(item.binary?.data).toMatchObject({
			fileName: 'payment-qr-shop_1.png',
			mimeType: 'image/png',
		});
		expect(item.json).toMatchObject({
			tradeId: order.tradeId,
			actualAmount: order.actualAmount,
			qrContent: order.paymentUrl,
			qrKind: 'paymentLink',
		});
		expect(item.pairedItem).toEqual({ item: 0 });
	});

	it.each([
		['polygon', 'USDT', /^ethereum:0xc2132D\w+@137\/transfer\?address=0x\w{40}&uint256=10\d{6}$/],
		['solana', 'USDC', /^solana:\w+\?amount=10(\.\d+)?&spl-token=EPjFWdd5\w+$/],
		['tron', 'USDT', /^T\w{33}$/],
	])('draws the request to a wallet on %s in %s', async (network, currency, expected) => {
		const order = await newOrder({
			network: locator('id', network),
			currency: locator('id', currency),
		});
		const { outputs } = await qr({ content: 'wallet' });
		const [item] = outputs[0];
		expect(item.json.qrContent).toMatch(expected);
		expect(item.json.qrContent).toContain(order.address);
		expect(scan(bytes(item)).text).toBe(item.json.qrContent);
	});

	it.each(['L', 'M', 'Q', 'H'])(
		'in any size and with error correction %s stays readable',
		async (errorCorrection) => {
			const order = await newOrder();
			for (const size of [150, 301, 1000]) {
				const { outputs } = await qr({ options: { errorCorrection, size } });
				expect(scan(bytes(outputs[0][0]))).toEqual({
					text: order.paymentUrl,
					width: size,
					height: size,
				});
			}
		},
	);

	it('draws SVG on request, with the very modules of the PNG', async () => {
		await newOrder();
		const [svg] = (await qr({ options: { format: 'svg', size: 200 } })).outputs[0];
		expect(svg.binary?.data).toMatchObject({
			fileName: 'payment-qr-shop_1.svg',
			mimeType: 'image/svg+xml',
		});
		const text = bytes(svg).toString();
		const count = Number(/viewBox="0 0 (\d+) /.exec(text)?.[1]);
		const [png] = (await qr({ options: { size: 2 * count } })).outputs[0];
		const { data } = PNG.sync.read(bytes(png));
		const isDark = (x: number, y: number) => data[(2 * y * 2 * count + 2 * x) * 4] === 0;
		const dark = [...Array(count * count).keys()].filter((index) =>
			isDark(index % count, Math.floor(index / count)),
		);
		const drawn = [...text.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(
			([, x, y]) => Number(y) * count + Number(x),
		);
		expect(drawn).toEqual(dark);
	});

	it('draws a link that is given, without asking PonponPay, into the field that is named', async () => {
		sandbox.requests.clear();
		const paymentLink = 'https://pay.example.com/p/P1?lang=zh&x=支付';
		const { outputs } = await qr({ source: 'link', paymentLink, binaryPropertyName: 'picture' });
		const [item] = outputs[0];
		expect(scan(bytes(item, 'picture')).text).toBe(paymentLink);
		expect(item.binary?.picture.fileName).toBe('payment-qr.png');
		expect(sandbox.requests.countsByEndpoint()).toEqual({});
	});

	it('is made of a checkout’s link, and its wallet request refused until a method is chosen', async () => {
		await run(createCheckout({ options: { merchantOrderId: 'shop/1' } }));
		expect((await qr()).error).toBeUndefined();
		expect((await qr({ content: 'wallet' })).error?.message).toContain(
			'take the payment link instead',
		);
	});

	it.each(['paid', 'expired', 'cancelled'] as const)(
		'is not made of an order that is %s',
		async (status) => {
			await newOrder();
			if (status === 'paid') sandbox.orders.pay('shop/1');
			if (status === 'expired') sandbox.orders.expire('shop/1');
			if (status === 'cancelled') {
				await run({
					resource: 'order',
					operation: 'cancel',
					order: locator('merchantOrderId', 'shop/1'),
				});
			}
			const { error, outputs } = await qr();
			expect(error?.message).toContain(
				`must still wait for payment to get a QR code, and it is ${status}`,
			);
			expect(outputs.flat()).toEqual([]);
		},
	);

	it.each([
		[{ source: 'link', paymentLink: 'javascript:alert(1)' }, 'must be a link that starts with'],
		[{ source: 'link', paymentLink: `https://x.example/${'a'.repeat(1000)}` }, 'at most 1000'],
		[{ options: { size: 5000 } }, 'must be a whole number from 64 to 4096'],
		[{ options: { size: 20 } }, 'must be a whole number from 64 to 4096'],
		[{ options: { format: 'gif' } }, 'Format must be one of: png, svg'],
	])('says what to change of %j', async (changes, told) => {
		await newOrder();
		const { error } = await qr(changes as INodeParameters);
		expect(error?.message).toContain(told);
	});
});

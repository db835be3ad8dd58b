import type { INodeParameters } from 'n8n-workflow';
import jsQr from 'jsqr';
import { PNG } from 'pngjs';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { account, createOrder, engine, locator, typed } from './support.mts';

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const makeOrder = async (isPaid = true) => {
	await engine.runNode({
		parameters: createOrder({
			network: locator('id', 'polygon'),
			options: { merchantOrderId: 'shop-1' },
		}),
		credentials: account(sandbox.url, sandbox.apiKey),
	});
	if (isPaid) sandbox.orders.pay('shop-1');
};

const request = async (changes: INodeParameters = {}, limits = {}) =>
	await engine.runNode({
		parameters: {
			resource: 'refund',
			operation: 'createPaymentRequest',
			order: locator('merchantOrderId', 'shop-1'),
			address: EVM,
			amount: '',
			alreadyAskedFor: '0',
			binaryPropertyName: 'data',
			...changes,
		},
		credentials: { ponponPayApi: { ...typed(sandbox.url, sandbox.apiKey), ...limits } },
	});

describe('Create Payment Request', () => {
	it('gives a picture that a wallet reads, with the request beside it, and changes nothing', async () => {
		await makeOrder();
		sandbox.requests.clear();
		const { outputs } = await request({ amount: '4' }, { readOnly: true });
		const [{ json, binary, pairedItem }] = outputs[0];
		expect(json).toMatchObject({ amount: '4', baseUnits: '4000000', merchantOrderId: 'shop-1' });
		expect(pairedItem).toEqual({ item: 0 });
		expect(binary?.data).toMatchObject({ fileName: 'refund-qr-shop-1.png', mimeType: 'image/png' });
		const picture = PNG.sync.read(Buffer.from(binary?.data.data ?? '', 'base64'));
		const { width, height, data } = picture;
		expect(height).toBeGreaterThan(width);
		expect(jsQr(new Uint8ClampedArray(data), width, height)?.data).toBe(json.walletUri);
		expect(Object.keys(sandbox.requests.countsByEndpoint()).sort()).toEqual([
			'/order/detail',
			'/refund/list',
		]);
	});

	it('knows of the refunds that PonponPay sends by itself', async () => {
		await makeOrder();
		sandbox.refunds.add('shop-1', 'back', '6');
		const { outputs } = await request({ alreadyAskedFor: '1' });
		expect(outputs[0][0].json).toMatchObject({ alreadyAskedFor: '7', listedRefunds: '6' });
	});

	it('asks for no more than the credential allows', async () => {
		await makeOrder();
		const { error, outputs } = await request({}, { highestRefundAmount: '5' });
		expect(error?.message).toMatch(
			/^The PonponPay credential allows 5 at most for a refund, and 10/,
		);
		expect(outputs.flat()).toEqual([]);
		const within = await request({ amount: '5' }, { highestRefundAmount: '5' });
		expect(within.outputs[0][0].json.amount).toBe('5');
	});

	it('is not made of an unpaid order', async () => {
		await makeOrder(false);
		const { error, outputs } = await request();
		expect(error?.message).toContain('is pending; only a paid order can be refunded');
		expect(outputs.flat()).toEqual([]);
	});
});

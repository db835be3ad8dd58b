import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';

import { startSandbox, type Sandbox } from './sandbox.mts';
import { addOrder, call } from './support/client.mts';
import { startReceiver, type Received, type Receiver } from './support/receiver.mts';

let sandbox: Sandbox;
let shop: Receiver;

beforeEach(async () => {
	shop = await startReceiver();
	sandbox = await startSandbox({ merchant: { webhookSecret: 'between us' } });
});

afterEach(async () => {
	await sandbox.close();
	await shop.close();
});

/** An order that was created for the shop and paid; the callbacks have arrived. */
async function paidOrder(fields: object = {}): Promise<string> {
	const { trade_id } = await addOrder(sandbox, { notify_url: shop.url, ...fields });
	sandbox.orders.pay(trade_id);
	await sandbox.deliveries.settled();
	return trade_id;
}

const only = (received: readonly Received[]): Received => {
	const [first, ...others] = received;
	if (!first || others.length > 0) throw new Error(`${received.length} instead of one`);
	return first;
};
type KeySet = { keys: JsonWebKey[] };
type JsonWebKey = { kid: string; [member: string]: string };
const keySet = async (): Promise<KeySet & { data: KeySet }> => {
	const answer = await fetch(`${sandbox.url}/api/v1/pay/public/webhook-jwks`);
	return (await answer.json()) as KeySet & { data: KeySet };
};
const header = ({ headers }: Received, name: string) => String(headers[name]);

test('a paid order is told to its notify URL in the published fields', async () => {
	const tradeId = await paidOrder({ mch_order_id: 'shop-1' });
	const order = sandbox.orders.get(tradeId);
	const { body, headers } = only(shop.received);
	expect(headers['content-type']).toBe('application/json');
	expect(JSON.parse(body)).toEqual({
		order_no: 'shop-1',
		trade_id: tradeId,
		status: 2,
		amount: 10.0001,
		fiat_amount: 10,
		exchange_rate: 1,
		currency: 'USDT',
		currency_name: 'usdt',
		network: 'Tron',
		contract_addr: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
		hash: order.transactionHash,
		wallet_address: order.address,
		environment: 'production',
		event_id: expect.stringMatching(/^evt_/),
	});
});

test('each change of state is one event with an id of its own', async () => {
	const { trade_id } = await addOrder(sandbox, { notify_url: shop.url });
	sandbox.orders.confirming(trade_id);
	sandbox.orders.pay(trade_id);
	await sandbox.deliveries.settled();
	const deliveries = sandbox.deliveries.all(trade_id);
	expect(deliveries.map(({ event }) => event)).toEqual(['order.confirming', 'order.paid']);
	expect(new Set(deliveries.map(({ eventId }) => eventId)).size).toBe(2);
});

test('the other shape is an envelope around the order', async () => {
	sandbox.settings.callbackShape = 'envelope';
	const tradeId = await paidOrder();
	expect(JSON.parse(only(shop.received).body)).toMatchObject({
		type: 'order.paid',
		environment: 'production',
		data: { trade_id: tradeId, status: 2, network: 'tron', actual_amount: 10.0001 },
	});
});

test('a customer who chooses a method makes a checkout pending, and that is told', async () => {
	await call(sandbox, '/order/checkout', { amount: 5, mch_order_id: 'c1', notify_url: shop.url });
	sandbox.orders.chooseMethod('c1', 'USDT', 'bsc');
	await sandbox.deliveries.settled();
	expect(JSON.parse(only(shop.received).body)).toMatchObject({ status: 1, network: 'BSC' });
});

describe('a delivery is signed', () => {
	test('in scheme A with the secret over the raw body', async () => {
		await paidOrder();
		const received = only(shop.received);
		const expected = createHmac('sha256', 'between us').update(received.body).digest('hex');
		expect(header(received, 'x-ponponpay-signature')).toBe(expected);
	});

	test('in scheme B with the hash of the API key', async () => {
		await paidOrder();
		const received = only(shop.received);
		const keyHash = createHash('sha256').update(sandbox.apiKey).digest('hex');
		const time = header(received, 'x-timestamp');
		const nonce = header(received, 'x-nonce');
		expect(nonce).toMatch(/^[A-Za-z0-9]{16,128}$/);
		expect(header(received, 'x-key-prefix')).toBe(sandbox.apiKey.slice(0, 12));
		expect(header(received, 'x-signature')).toBe(
			createHmac('sha256', keyHash).update(`${time}\n${nonce}\n${received.body}`).digest('hex'),
		);
	});

	test.each(['plain', 'envelope'] as const)(
		'in scheme C with a key of the %s key set',
		async (shape) => {
			sandbox.settings.keySetShape = shape;
			await paidOrder();
			const received = only(shop.received);
			const published = await keySet();
			const { keys } = shape === 'plain' ? published : published.data;
			const keyId = header(received, 'x-webhook-key-id');
			const jwk = keys.find(({ kid }) => kid === keyId);
			if (!jwk) throw new Error(`no key ${keyId}`);
			expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
			const signed = [
				'polypay-webhook-v2',
				keyId,
				header(received, 'x-timestamp'),
				header(received, 'x-nonce'),
				sandbox.merchantId,
				'production',
				received.body,
			].join('\n');
			const signature = header(received, 'x-webhook-signature-v2');
			expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
			const key = createPublicKey({ key: jwk, format: 'jwk' });
			expect(verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'))).toBe(
				true,
			);
		},
	);

	test('by the new key after a rotation; the old one stays published only if kept', async () => {
		const published = async () => (await keySet()).keys.map(({ kid }) => kid);
		const [first] = await published();
		const second = sandbox.keys.rotateSigningKey({ keepOld: true });
		expect(await published()).toEqual([second, first]);
		const third = sandbox.keys.rotateSigningKey();
		expect(await published()).toEqual([third]);
		await paidOrder();
		expect(header(only(shop.received), 'x-webhook-key-id')).toBe(third);
	});
});

describe('a delivery that is not accepted', () => {
	test.each([500, 404, 302])(
		'with %i comes again, signed afresh, the same event',
		async (status) => {
			shop.answerWith(status, { location: shop.url });
			await paidOrder();
			expect(shop.received).toHaveLength(1);
			shop.answerWith(200);
			await sandbox.deliveries.retryNow();
			const [first, second] = shop.received;
			if (!first || !second) throw new Error('not two deliveries');
			expect(second.body).toBe(first.body);
			expect(header(second, 'x-nonce')).not.toBe(header(first, 'x-nonce'));
			expect(header(second, 'x-signature')).not.toBe(header(first, 'x-signature'));
			await sandbox.deliveries.retryNow();
			expect(shop.received).toHaveLength(2);
		},
	);

	test('comes again at growing distances of the clock, then is given up', async () => {
		sandbox.settings.retryDelays = [10, 100];
		shop.answerWith(503);
		const tradeId = await paidOrder();
		const delivery = () => sandbox.deliveries.all(tradeId)[0];
		await sandbox.clock.advance(9);
		expect(delivery()).toMatchObject({ state: 'waiting', attempts: [{ status: 503 }] });
		await sandbox.clock.advance(2);
		expect(delivery()?.attempts).toHaveLength(2);
		await sandbox.clock.advance(1000);
		expect(delivery()).toMatchObject({ state: 'abandoned', nextAttemptAt: null });
		expect(shop.received).toHaveLength(3);
	});

	test('says in the log why, when nobody listens', async () => {
		await shop.close();
		const tradeId = await paidOrder();
		expect(sandbox.deliveries.all(tradeId)[0]).toMatchObject({
			state: 'waiting',
			attempts: [{ broken: expect.stringContaining('ECONNREFUSED') }],
		});
	});
});

test('a delivery can be sent again by hand', async () => {
	const tradeId = await paidOrder();
	const [delivery] = sandbox.deliveries.all(tradeId);
	await sandbox.deliveries.redeliver(delivery?.id ?? '');
	expect(shop.received).toHaveLength(2);
	expect(shop.received[1]?.body).toBe(shop.received[0]?.body);
});

test('a delivery that was given up is repeated again once it is sent by hand', async () => {
	sandbox.settings.retryDelays = [10];
	shop.answerWith(500);
	const tradeId = await paidOrder();
	await sandbox.clock.advance(60);
	const [delivery] = sandbox.deliveries.all(tradeId);
	expect(delivery?.state).toBe('abandoned');
	const again = await sandbox.deliveries.redeliver(delivery?.id ?? '');
	expect(again.state).toBe('waiting');
	shop.answerWith(200);
	await sandbox.clock.advance(60);
	expect(sandbox.deliveries.all(tradeId)).toMatchObject([{ state: 'delivered' }]);
});

test('nothing is ever sent to another machine', async () => {
	const tradeId = await paidOrder({ notify_url: 'https://shop.example/callback' });
	expect(sandbox.deliveries.all(tradeId)).toMatchObject([{ state: 'refused', attempts: [] }]);
});

describe('a registered hook', () => {
	const register = async (events: string[]) =>
		(await call(sandbox, '/webhook/add', { url: shop.url, events })).data;

	test('gets the events it asked for, signed with its own secret', async () => {
		const { secret } = await register(['order.paid']);
		const { trade_id } = await addOrder(sandbox);
		sandbox.orders.confirming(trade_id);
		sandbox.orders.pay(trade_id);
		await sandbox.deliveries.settled();
		const received = only(shop.received);
		expect(JSON.parse(received.body).status).toBe(2);
		expect(header(received, 'x-ponponpay-signature')).toBe(
			createHmac('sha256', String(secret)).update(received.body).digest('hex'),
		);
	});

	test('with a star gets every event', async () => {
		await register(['*']);
		const { trade_id } = await addOrder(sandbox);
		sandbox.orders.expire(trade_id);
		await sandbox.deliveries.settled();
		expect(JSON.parse(only(shop.received).body).status).toBe(3);
	});

	test('is told the same event as the notify URL', async () => {
		await register(['order.paid']);
		const tradeId = await paidOrder();
		const [one, other] = sandbox.deliveries.all(tradeId);
		expect(shop.received).toHaveLength(2);
		expect(one?.eventId).toBe(other?.eventId);
	});

	test('can have a shape of its own', async () => {
		const { webhook_id } = await register(['*']);
		sandbox.hooks.useShape(String(webhook_id), 'envelope');
		const { trade_id } = await addOrder(sandbox);
		sandbox.orders.cancel(trade_id);
		await sandbox.deliveries.settled();
		expect(JSON.parse(only(shop.received).body).type).toBe('order.cancelled');
	});

	test('is listed without its secret, and gone when it is deleted', async () => {
		const { webhook_id } = await register(['order.paid']);
		const listed = { webhook_id, url: shop.url, events: ['order.paid'], status: 1 };
		expect((await call(sandbox, '/webhook/list')).data).toEqual({ list: [listed] });
		expect(await call(sandbox, '/webhook/delete', { webhook_id })).toMatchObject({ code: 0 });
		expect((await call(sandbox, '/webhook/list')).data).toEqual({ list: [] });
		expect(await call(sandbox, '/webhook/delete', { webhook_id })).toMatchObject({ code: 10012 });
	});

	test('that was deleted gets no repetition', async () => {
		shop.answerWith(500);
		const { webhook_id } = await register(['*']);
		const { trade_id } = await addOrder(sandbox);
		sandbox.orders.pay(trade_id);
		await sandbox.deliveries.settled();
		sandbox.hooks.remove(String(webhook_id));
		await sandbox.clock.advance(86_400);
		expect(shop.received).toHaveLength(1);
		expect(sandbox.deliveries.all(trade_id)).toMatchObject([{ state: 'abandoned' }]);
	});

	test('belongs to one merchant and environment', async () => {
		await register(['*']);
		const key = sandbox.sandboxApiKey;
		expect((await call(sandbox, '/webhook/list', {}, { key })).data).toEqual({ list: [] });
	});

	test('cannot ask for events that do not exist', async () => {
		const hook = { url: shop.url, events: ['order.eaten'] };
		expect(await call(sandbox, '/webhook/add', hook)).toMatchObject({ code: 10001 });
	});
});

test('a payment can be told once more in other words: another number, shape, and without IDs', async () => {
	const tradeId = await paidOrder({ mch_order_id: 'shop-2' });
	const wording = { status: 5, shape: 'envelope', withEventId: false, withHash: false } as const;
	sandbox.deliveries.tellPaidAgain(tradeId, wording);
	await sandbox.deliveries.settled();
	const told = JSON.parse(shop.received[1].body) as { data: object };
	expect(told).toMatchObject({ type: 'order.paid', data: { status: 5, trade_id: tradeId } });
	expect(told).not.toHaveProperty('event_id');
	expect(JSON.stringify(told)).not.toContain(sandbox.orders.get(tradeId).transactionHash);
	expect(sandbox.orders.get(tradeId).statusCode).toBe(2);
	const { trade_id: open } = await addOrder(sandbox);
	expect(() => sandbox.deliveries.tellPaidAgain(open, wording)).toThrow('the order is not paid');
});

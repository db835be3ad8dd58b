import { startSandbox, type Sandbox } from './sandbox.mts';
import { addOrder, call, USDT_ON_TRON } from './support/client.mts';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => await sandbox.close());

describe('the key', () => {
	test.each(['/api/v1/pay/sdk', '/api/v1/pay'])('opens what is under %s', async (prefix) => {
		const listed = await call(sandbox, '/order/list', {}, { prefix });
		expect(listed).toMatchObject({ status: 200, code: 0, message: 'success' });
		const answer = await call(sandbox, '/merchant/detail');
		expect(answer.data).toEqual({ mch_id: sandbox.merchantId, name: 'Corner Shop', status: 1 });
	});

	test('is taken as a bearer token too', async () => {
		const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/merchant/detail`, {
			method: 'POST',
			headers: { authorization: `Bearer ${sandbox.apiKey}` },
		});
		expect(await answer.json()).toMatchObject({ code: 0 });
	});

	test.each(['', 'sk_live_wrong'])('is refused with 401 when it is %p', async (key) => {
		const answer = await call(sandbox, '/order/add', {}, { key });
		expect(answer).toMatchObject({ status: 401, code: 401, data: null });
	});

	test('stops working when it is rotated', async () => {
		const old = sandbox.apiKey;
		sandbox.keys.rotateApiKey();
		expect(await call(sandbox, '/merchant/detail', {}, { key: old })).toMatchObject({
			status: 401,
		});
		expect(await call(sandbox, '/merchant/detail')).toMatchObject({ code: 0 });
	});

	test('for the sandbox environment makes orders that begin with SB and nobody else sees', async () => {
		const key = sandbox.sandboxApiKey;
		const { data } = await call(sandbox, '/order/add', { amount: 1, ...USDT_ON_TRON }, { key });
		expect(data.trade_id).toMatch(/^SB/);
		const asked = { trade_id: data.trade_id };
		expect(await call(sandbox, '/order/detail', asked, { key })).toMatchObject({ code: 0 });
		expect(await call(sandbox, '/order/detail', asked)).toMatchObject({ code: 10003 });
	});
});

describe('routes', () => {
	test('take only POST', async () => {
		const answer = await call(sandbox, '/order/detail', {}, { method: 'GET' });
		expect(answer.status).toBe(405);
		expect(answer.headers.get('allow')).toBe('POST');
	});

	test('that do not exist answer 404 with an envelope', async () => {
		expect(await call(sandbox, '/order/teleport')).toMatchObject({
			status: 404,
			code: 404,
			message: 'route not found',
		});
	});

	test('count what arrives', async () => {
		await call(sandbox, '/merchant/detail');
		await call(sandbox, '/merchant/detail', {}, { key: 'wrong' });
		expect(sandbox.requests.count('/merchant/detail')).toBe(2);
		expect(sandbox.requests.all().map(({ status }) => status)).toEqual([200, 401]);
	});
});

describe('a new order', () => {
	test('has the published fields, Unix seconds and a suffix with four decimals', async () => {
		const { text, data } = await call(sandbox, '/order/add', {
			amount: 10,
			...USDT_ON_TRON,
			mch_order_id: 'shop-1',
		});
		expect(Object.keys(data)).toEqual([
			'trade_id',
			'currency',
			'network',
			'amount',
			'actual_amount',
			'address',
			'expiration_time',
			'expires_at',
			'payment_url',
		]);
		expect(text).toContain('"amount":10,"actual_amount":10.0001,');
		expect(data.expiration_time).toBe(sandbox.orders.get('shop-1').createdAt + 1800);
	});

	test('keeps every digit of its amount', async () => {
		const body = '{"amount":0.123456789012345678,"currency":"USDC","network":"polygon"}';
		const { text } = await call(sandbox, '/order/add', body);
		expect(text).toContain('"amount":0.123456789012345678,"actual_amount":0.123556789012345678,');
	});

	test.each([
		[{}, 'amount is required'],
		[{ amount: 0, ...USDT_ON_TRON }, 'amount must be a number above 0'],
		[{ amount: '10', ...USDT_ON_TRON }, 'amount must be a number above 0'],
		[{ amount: 10, currency: 'USDT' }, 'network is required'],
		[{ amount: 10, currency: 'USDC', network: 'tron' }, 'currency not supported on tron: USDC'],
		[{ amount: 10, currency: 'USDT', network: 'bitcoin' }, 'network not supported: bitcoin'],
		[
			{ amount: 10, ...USDT_ON_TRON, notify_url: 'ftp://x' },
			'notify_url must be a http or https URL',
		],
		[
			{ amount: 10, ...USDT_ON_TRON, mch_order_id: 'x'.repeat(33) },
			'mch_order_id must have at most 32 characters',
		],
		['[1]', 'request body must be an object'],
		['{', 'request body is not valid JSON'],
	])('is refused with code 10001 for %j', async (body, message) => {
		expect(await call(sandbox, '/order/add', body)).toMatchObject({
			status: 200,
			code: 10001,
			message,
		});
		expect(sandbox.orders.all()).toEqual([]);
	});

	test('is refused when its merchant order id is taken', async () => {
		await addOrder(sandbox, { mch_order_id: 'shop-1' });
		const second = { amount: 20, ...USDT_ON_TRON, mch_order_id: 'shop-1' };
		expect(await call(sandbox, '/order/add', second)).toMatchObject({
			code: 10001,
			message: 'mch_order_id already exists',
		});
	});

	test('gets a merchant order id when it brings none', async () => {
		const { trade_id } = await addOrder(sandbox);
		const { data } = await call(sandbox, '/order/detail', { trade_id });
		expect(data.mch_order_id).toMatch(/^\w{1,32}$/);
	});

	test('never shares wallet and exact amount with another open one', async () => {
		for (let count = 0; count < 205; count++) {
			await addOrder(sandbox, { amount: count % 2 === 0 ? 10 : 10.0005 });
		}
		const orders = sandbox.orders.all();
		expect(
			new Set(orders.map(({ address, actualAmount }) => `${address} ${actualAmount}`)).size,
		).toBe(205);
		for (const { amount, actualAmount } of orders) {
			const suffix = Math.round((Number(actualAmount) - Number(amount)) * 10_000);
			expect(suffix).toBeGreaterThanOrEqual(1);
			expect(suffix).toBeLessThanOrEqual(100);
		}
	});

	test('takes an amount that a cancelled one has freed', async () => {
		const first = await addOrder(sandbox);
		await call(sandbox, '/order/cancel', { trade_id: first.trade_id });
		const second = await addOrder(sandbox);
		expect(second.actual_amount).toBe(first.actual_amount);
	});

	test('takes an amount that is freed in a full wallet', async () => {
		const [first] = await Promise.all(
			Array.from({ length: 101 }, async () => await addOrder(sandbox)),
		);
		sandbox.orders.expire(String(first?.trade_id));
		const { address, actual_amount } = await addOrder(sandbox);
		expect([address, actual_amount]).toEqual([first?.address, first?.actual_amount]);
	});

	test('is refused when no wallet can tell it apart', async () => {
		sandbox.settings.walletsPerNetwork = 1;
		for (let count = 0; count < 100; count++) await addOrder(sandbox);
		const answer = await call(sandbox, '/order/add', { amount: 10, ...USDT_ON_TRON });
		expect(answer).toMatchObject({ code: 10006, data: null });
	});

	test('counts against the monthly quota, which the next month renews', async () => {
		await sandbox.close();
		sandbox = await startSandbox({ merchant: { monthlyOrderQuota: 2 } });
		await addOrder(sandbox);
		await call(sandbox, '/order/checkout', { amount: 10 });
		const third = { amount: 10, ...USDT_ON_TRON };
		expect(await call(sandbox, '/order/add', third)).toMatchObject({ code: 10005 });
		await sandbox.clock.advance(31 * 86_400);
		expect(await call(sandbox, '/order/add', third)).toMatchObject({ code: 0 });
	});
});

describe('an order', () => {
	test('is found by either id, and by the trade id where both are given', async () => {
		const first = await addOrder(sandbox, { mch_order_id: 'one' });
		await addOrder(sandbox, { mch_order_id: 'two' });
		const { data } = await call(sandbox, '/order/detail', {
			trade_id: first.trade_id,
			mch_order_id: 'two',
		});
		expect(data).toMatchObject({ mch_order_id: 'one', status: 1, tx_hash: '' });
		expect(await call(sandbox, '/order/detail', { mch_order_id: 'two' })).toMatchObject({
			code: 0,
		});
		expect(await call(sandbox, '/order/detail', { mch_order_id: 'no' })).toMatchObject({
			code: 10003,
		});
		expect(await call(sandbox, '/order/detail', {})).toMatchObject({ code: 10001 });
	});

	test('that is paid shows its transaction, and its status as a number or as a word', async () => {
		const { trade_id } = await addOrder(sandbox);
		const { transactionHash } = sandbox.orders.pay(trade_id);
		const asNumber = await call(sandbox, '/order/detail', { trade_id });
		expect(asNumber.data).toMatchObject({ status: 2, tx_hash: transactionHash });
		sandbox.settings.statusAs = 'word';
		const asWord = await call(sandbox, '/order/detail', { trade_id });
		expect(asWord.data.status).toBe('paid');
	});

	test('expires when the clock passes its time, and not before', async () => {
		const { trade_id } = await addOrder(sandbox);
		await sandbox.clock.advance(1795);
		expect(sandbox.orders.get(trade_id).status).toBe('pending');
		await sandbox.clock.advance(10);
		expect(sandbox.orders.get(trade_id).status).toBe('expired');
	});

	test('does not expire while its payment is being confirmed', async () => {
		const { trade_id } = await addOrder(sandbox);
		const { transactionHash } = sandbox.orders.confirming(trade_id);
		await sandbox.clock.advance(86_400);
		expect(sandbox.orders.pay(trade_id)).toMatchObject({ status: 'paid', transactionHash });
	});

	test('that is pending can be cancelled, once', async () => {
		const { trade_id } = await addOrder(sandbox);
		expect((await call(sandbox, '/order/cancel', { trade_id })).data.status).toBe(4);
		expect(await call(sandbox, '/order/cancel', { trade_id })).toMatchObject({ code: 10004 });
	});

	test('that was paid cannot be cancelled: refused, or returned as it is', async () => {
		const { trade_id } = await addOrder(sandbox);
		sandbox.orders.pay(trade_id);
		expect(await call(sandbox, '/order/cancel', { trade_id })).toMatchObject({ code: 10004 });
		sandbox.settings.cancelOfPaid = 'returnOrder';
		const answer = await call(sandbox, '/order/cancel', { trade_id });
		expect(answer).toMatchObject({ code: 0, data: { status: 2 } });
	});

	test('that expired can still be credited by hand or marked paid, but not paid', async () => {
		const late = await addOrder(sandbox);
		const lost = await addOrder(sandbox);
		await sandbox.clock.advance(1801);
		expect(() => sandbox.orders.pay(late.trade_id)).toThrow(/it is expired/);
		expect(sandbox.orders.creditByHand(late.trade_id)).toMatchObject({ statusCode: 5 });
		const marked = sandbox.orders.markPaid(lost.trade_id);
		expect(marked).toMatchObject({ statusCode: 7, transactionHash: null });
	});
});

describe('a checkout', () => {
	test('waits for the customer to choose, then is an order like any other', async () => {
		const { data } = await call(sandbox, '/order/checkout', { amount: 5, mch_order_id: 'c1' });
		expect(data).toEqual({
			checkout_url: `${sandbox.url}/pay/${String(data.trade_id)}`,
			trade_id: data.trade_id,
		});
		expect((await call(sandbox, '/order/detail', data)).data.status).toBe(0);
		const chosen = sandbox.orders.chooseMethod('c1', 'USDC', 'solana');
		expect(chosen).toMatchObject({ status: 'pending', actualAmount: '5.0001', network: 'solana' });
	});

	test('with a method skips the choice', async () => {
		await call(sandbox, '/order/checkout', { amount: 5, mch_order_id: 'c1', ...USDT_ON_TRON });
		expect(sandbox.orders.get('c1').status).toBe('pending');
	});

	test('calls its link as older versions did, when told', async () => {
		sandbox.settings.checkoutUrlField = 'payment_url';
		const { data } = await call(sandbox, '/order/checkout', { amount: 5 });
		expect(Object.keys(data)).toEqual(['payment_url', 'trade_id']);
	});
});

test('payment methods are lower-case networks with their currencies', async () => {
	const { data } = await call(sandbox, '/payment-methods');
	expect(data.methods).toContainEqual({ network: 'bsc', currencies: ['USDT', 'USDC', 'BUSD'] });
});

test('a plugin is activated with its type and version', async () => {
	const plugin = { plugin_type: 'n8n', plugin_version: '0.1.0', platform_version: '2.41.1' };
	expect(await call(sandbox, '/plugin/activate', plugin)).toMatchObject({ code: 0, data: null });
	expect(await call(sandbox, '/plugin/activate', {})).toMatchObject({ code: 10001 });
});

describe('As the vendor’s own PHP SDK calls', () => {
	test.each(['/payment-methods', '/merchant/detail'])(
		'%s takes an empty list',
		async (endpoint) => {
			expect(await call(sandbox, endpoint, '[]')).toMatchObject({ code: 0 });
			expect(await call(sandbox, endpoint, '[1]')).toMatchObject({ code: 10001 });
		},
	);

	test('a plugin activates itself by its type alone', async () => {
		const answer = await call(sandbox, '/plugin/activate', { plugin_type: 'php-sdk' });
		expect(answer).toMatchObject({ code: 0 });
	});

	test('an order names its end as expires_at too', async () => {
		const { expires_at, expiration_time, trade_id } = await addOrder(sandbox);
		expect(expires_at).toBe(expiration_time);
		const { data } = await call(sandbox, '/order/detail', { trade_id });
		expect(data.expires_at).toBe(expiration_time);
	});

	test('the payment methods tell the default currency and a fee for each currency', async () => {
		const { data } = await call(sandbox, '/payment-methods', '[]');
		expect(data.default_currency).toBe('USDT');
		expect(data.fee_quotes).toMatchObject({ USDC: { fee_currency: 'USDC' } });
	});

	test('a key may come as a bearer token', async () => {
		const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/merchant/detail`, {
			method: 'POST',
			headers: { Authorization: `Bearer ${sandbox.apiKey}` },
			body: '[]',
		});
		expect(await answer.json()).toMatchObject({ code: 0 });
	});
});

test('the same is offered to programs in other processes', async () => {
	const { trade_id } = await addOrder(sandbox);
	const press = async (path: string, body = {}) => {
		const answer = await fetch(`${sandbox.url}/_sandbox${path}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
		return { status: answer.status, body: await answer.json() };
	};
	expect(await press(`/orders/${trade_id}/pay`)).toMatchObject({ body: { status: 'paid' } });
	expect(await press(`/orders/${trade_id}/expire`)).toMatchObject({ status: 409 });
	expect(await press('/orders/nope/pay')).toMatchObject({ status: 409 });
	const before = sandbox.clock.now();
	await press('/clock', { advance: 3600 });
	expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(3600);
});

test('the pages show orders without letting their ids become markup', async () => {
	const { trade_id } = await addOrder(sandbox, { mch_order_id: '<script>alert(1)</script>' });
	for (const path of ['/', `/pay/${trade_id}`]) {
		const page = await (await fetch(sandbox.url + path)).text();
		expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(page).not.toContain('<script>alert');
		expect(page).toContain(`/_sandbox/orders/${trade_id}/pay`);
	}
});

import { jsonAnswer, startServer, type Answer, type LoopbackServer } from '../harness/server.mts';
import {
	account,
	API_KEY,
	cancelOrder,
	createOrder,
	engine,
	getOrder,
	locator,
} from './support.mts';

/** An order as the API may answer it; numbers as text, because some of them fit no double. */
const answered = (members: string) => `{"code":0,"message":"success","data":{${members}}}`;

describe('What the action node sends', () => {
	let server: LoopbackServer;
	const serve = async (answer: Answer) => (server = await startServer(answer));
	afterEach(async () => await server.close());

	const anOrder = jsonAnswer({ code: 0, message: 'success', data: { trade_id: 'P1' } });

	it('is a JSON POST to the SDK path, with the key in its header and a user agent of its own', async () => {
		await serve(anOrder);
		await engine.runNode({ parameters: createOrder(), credentials: account(server.url) });
		expect(server.requests).toMatchObject([
			{
				method: 'POST',
				path: '/api/v1/pay/order/add',
				headers: {
					'x-api-key': API_KEY,
					'content-type': 'application/json',
					'user-agent': expect.stringMatching(/^n8n-nodes-ponponpay\/\d+\.\d+\.\d+$/) as string,
				},
			},
		]);
	});

	it('is a JSON object even where an operation has nothing to say', async () => {
		await serve(jsonAnswer({ code: 0, data: { mch_id: 'M1', name: 'Shop', status: 1 } }));
		await engine.runNode({
			parameters: { resource: 'merchant', operation: 'get' },
			credentials: account(server.url),
		});
		expect(server.requests.map(({ body }) => body)).toEqual(['{}']);
	});

	it.each([
		['10', '10'],
		['10.50', '10.5'],
		['0.00000001', '0.00000001'],
		['123456789012345.12345678', '123456789012345.12345678'],
		['1e3', '1000'],
	])('has the amount %s as the exact JSON number %s', async (amount, sent) => {
		await serve(anOrder);
		const parameters = createOrder({ amount, network: locator('list', 'bsc') });
		await engine.runNode({ parameters, credentials: account(server.url) });
		expect(server.requests[0].body).toMatch(new RegExp(`"amount":${sent.replace('.', '\\.')}[,}]`));
	});

	it('goes to a custom host with or without a slash at its end', async () => {
		await serve(anOrder);
		await engine.runNode({ parameters: createOrder(), credentials: account(`${server.url}/`) });
		expect(server.requests[0].path).toBe('/api/v1/pay/order/add');
	});

	it('is sent once when the key is refused', async () => {
		await serve(jsonAnswer({ code: 10002, message: 'invalid api key' }, 401));
		const outcome = await engine.runNode({
			parameters: createOrder(),
			credentials: account(server.url),
		});
		expect(outcome.error?.message).toBe('PonponPay does not accept the API key');
		expect(outcome.error?.description).toContain(server.url);
		expect(server.requests).toHaveLength(1);
	});

	it.each([301, 302, 307, 308])('does not follow a redirect with the key (%i)', async (status) => {
		const elsewhere = await startServer(anOrder);
		await serve((_request, response) => {
			response.writeHead(status, { location: `${elsewhere.url}/api/v1/pay/order/add` });
			response.end();
		});
		const outcome = await engine.runNode({
			parameters: createOrder(),
			credentials: account(server.url),
		});
		expect(outcome.error?.message).toContain('points to another address');
		expect(elsewhere.requests).toEqual([]);
		await elsewhere.close();
	});

	it('never goes to a plain http address other than this machine', async () => {
		await serve(anOrder);
		const outcome = await engine.runNode({
			parameters: createOrder(),
			credentials: account('http://pay.example.com'),
		});
		expect(outcome.error?.message).toContain('Custom URL');
		expect(outcome.error?.message).toContain('https://');
	});
});

describe('What the action node makes of an answer', () => {
	let server: LoopbackServer;
	const serve = async (body: string, status = 200, type = 'application/json') => {
		server = await startServer((_request, response) => {
			response.writeHead(status, { 'content-type': type });
			response.end(body);
		});
	};
	afterEach(async () => await server.close());

	const once = { mostTries: 1 };
	const get = async (changes = {}) =>
		await engine.runNode({
			parameters: getOrder(locator('tradeId', 'P1'), { options: once, ...changes }),
			credentials: account(server.url),
		});

	it('keeps every digit of an amount', async () => {
		await serve(
			answered('"trade_id":"P1","amount":0.1,"actual_amount":12345678901234567.123456789012345678'),
		);
		const { json } = await get();
		expect(json).toMatchObject([
			{ amount: '0.1', actualAmount: '12345678901234567.123456789012345678' },
		]);
	});

	it.each([
		['2', 'paid', true],
		['5', 'manual', true],
		['7', 'admin_paid', true],
		['"paid"', 'paid', true],
		['6', 'confirming', false],
		['0', 'checkout', false],
		['"expired"', 'expired', false],
		['99', 'unknown', false],
		['"settled"', 'unknown', false],
	])('reads the status %s as %s', async (wire, status, isPaid) => {
		await serve(answered(`"trade_id":"P1","status":${wire}`));
		expect((await get()).json).toMatchObject([{ status, isPaid }]);
	});

	it('gives times as ISO 8601 and what is absent as null', async () => {
		await serve(answered('"trade_id":"P1","expiration_time":1767225600'));
		expect((await get()).json).toMatchObject([
			{ expiresAt: '2026-01-01T00:00:00.000Z', createdAt: null, transactionHash: null },
		]);
	});

	it.each([
		['bsc', '0xabc123', 'https://bscscan.com/tx/0xabc123'],
		['tron', 'abc123', 'https://tronscan.org/#/transaction/abc123'],
		['solana', '5xYz', 'https://solscan.io/tx/5xYz'],
		['bitcoin', 'abc123', null],
		['ethereum', '../../evil', null],
	])('links a transaction on %s only to its explorer', async (network, hash, explorerUrl) => {
		await serve(answered(`"trade_id":"P1","network":"${network}","tx_hash":"${hash}"`));
		expect((await get()).json).toMatchObject([{ explorerUrl }]);
	});

	it("gives the API's own object when Simplify is off", async () => {
		await serve(answered('"trade_id":"P1","status":2,"something_new":{"a":1}'));
		expect((await get({ simplify: false })).json).toEqual([
			{ trade_id: 'P1', status: 2, something_new: { a: 1 } },
		]);
	});

	it("shows the vendor's message and code when PonponPay says no with HTTP 200", async () => {
		await serve('{"code":10003,"message":"order not found"}');
		const { error } = await get();
		expect(error?.message).toBe('PonponPay refused: order not found');
		expect(error?.description).toContain('Code 10003.');
	});

	it('names the field that a refusal concerns', async () => {
		await serve('{"code":10001,"message":"mch_order_id is too long"}');
		expect((await get()).error?.description).toContain('Merchant Order ID');
	});

	it.each([
		['a web page', '<html>Welcome</html>', 200, 'text/html'],
		['cut off JSON', '{"code":0,"data":{"trade', 200, 'application/json'],
		['an empty answer', '', 200, 'application/json'],
		['JSON without a code', '{"ok":true}', 200, 'application/json'],
		['a code that is no number', '{"code":"ok","data":{"trade_id":"P1"}}', 200, 'application/json'],
		['a list', '[1,2]', 200, 'application/json'],
		['a success with another HTTP status', answered('"trade_id":"P1"'), 202, 'application/json'],
	])('does not take %s for an answer of PonponPay', async (_what, body, status, type) => {
		await serve(body, status, type);
		const { error, json } = await get();
		expect(json).toEqual([]);
		expect(error?.message).toBe('The answer does not come from the PonponPay API');
	});

	it('does not take a success without data for an order', async () => {
		await serve('{"code":0,"message":"success"}');
		const { error, json } = await get();
		expect(json).toEqual([]);
		expect(error?.message).toBe("PonponPay's answer is not an order");
	});

	it('tells a host without the API from an order that is not there', async () => {
		await serve('404 page not found', 404, 'text/plain');
		expect((await get()).error?.message).toBe('This host does not offer the PonponPay API');
	});

	it('says so when the host is unavailable or limits requests', async () => {
		await serve('bad gateway', 502, 'text/plain');
		expect((await get()).error?.message).toContain('not available right now (HTTP status 502)');
		await server.close();
		await serve('{"code":429,"message":"slow down"}', 429);
		expect((await get()).error?.message).toContain('too many requests');
	});

	it('survives an answer of ten megabytes and keeps none of it in a message', async () => {
		await serve(`{"code":10001,"message":"${'x'.repeat(10_000_000)}"}`);
		const { error, kept } = await get();
		expect(error?.message.length).toBeLessThan(1000);
		expect(kept.length).toBeLessThan(100_000);
	});

	it('repeats a read that the host could not answer, and not more often than allowed', async () => {
		await serve('busy', 503, 'text/plain');
		await get({ options: { mostTries: 2 } });
		expect(server.requests).toHaveLength(2);
	});

	it('does not repeat a cancellation that was refused', async () => {
		await serve('{"code":10001,"message":"bad trade_id"}');
		await engine.runNode({
			parameters: cancelOrder(locator('tradeId', 'P1'), { options: once }),
			credentials: account(server.url),
		});
		const cancels = server.requests.filter(({ path }) => path.endsWith('/order/cancel'));
		expect(cancels).toHaveLength(1);
	});
});

import { account, createOrder, engine } from '../action/support.mts';
import { startServer, type Answer, type LoopbackServer } from '../harness/server.mts';

/** How long the test would take if the cancellation went unheard, in seconds: longer than any test may. */
const LONG = 50;

let server: LoopbackServer;
afterEach(async () => await server.close());

/** Ten items, cancelled as soon as `count` requests have arrived. */
const runAndCancel = async (count: number, answer: Answer) => {
	let stop = (): void => {};
	const cancelWhen = new Promise<void>((resolve) => (stop = resolve));
	server = await startServer((request, response) => {
		answer(request, response);
		if (server.requests.length === count) stop();
	});
	return await engine.runNode({
		parameters: createOrder({ options: { timeout: LONG, giveUpAfter: 2 * LONG } }),
		items: Array.from({ length: 10 }, () => ({})),
		credentials: account(server.url),
		cancelWhen,
	});
};

describe('A cancelled execution stops at once', () => {
	it('while answers are waited for: their connections are closed', async () => {
		const closed: Array<Promise<unknown>> = [];
		const { status, error } = await runAndCancel(10, (_request, response) => {
			closed.push(new Promise((resolve) => response.on('close', resolve)));
		});
		expect(status).toBe('canceled');
		expect(error?.message).toContain('canceled');
		await Promise.all(closed);
		expect(server.requests).toHaveLength(10);
	});

	it('while PonponPay has asked to wait', async () => {
		const { status } = await runAndCancel(1, (_request, response) => {
			response.writeHead(429, { 'retry-after': String(LONG) }).end('{"code":429}');
		});
		expect(status).toBe('canceled');
		// Those that were sent together with the first; nothing comes after the pause.
		expect(server.requests.length).toBeLessThanOrEqual(10);
	});
});

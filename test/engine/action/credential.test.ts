import {
	jsonAnswer,
	startServer,
	unreachableUrl,
	type Answer,
	type LoopbackServer,
} from '../harness/server.mts';
import { API_KEY, engine, typed } from './support.mts';

describe('"Test" on the PonponPay credential', () => {
	let server: LoopbackServer | undefined;
	const serve = async (answer: Answer) => (server = await startServer(answer)).url;
	const press = async (url: string) => await engine.testCredential('ponponPayApi', typed(url));

	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	it('turns green when PonponPay answers /merchant/detail with code 0', async () => {
		const merchant = { mch_id: 'M1', name: 'Shop', status: 1 };
		const { status } = await press(await serve(jsonAnswer({ code: 0, data: merchant })));
		expect(status).toBe('OK');
		expect(server?.requests).toMatchObject([
			{
				method: 'POST',
				path: '/api/v1/pay/sdk/merchant/detail',
				headers: { 'x-api-key': API_KEY },
				body: '{}',
			},
		]);
	});

	it.each([
		['another code', { code: 10002, message: 'signature error' }],
		['no code', { data: { mch_id: 'M1' } }],
		['a code that only looks like zero', { code: '0x0', data: { mch_id: 'M1' } }],
		['something that is no merchant', { code: 0, data: {} }],
	])('stays red for HTTP 200 with %s', async (_what, body) => {
		expect((await press(await serve(jsonAnswer(body)))).status).toBe('Error');
	});

	it('tells a refused key, a wrong host and an unreachable host apart', async () => {
		const refused = await press(await serve(jsonAnswer({ code: 401, message: 'bad key' }, 401)));
		await server?.close();
		const wrongHost = await press(
			await serve((_request, response) => {
				response.end('<html>Some shop</html>');
			}),
		);
		const unreachable = await press(await unreachableUrl());
		expect(refused.message).toContain('does not accept the API key');
		expect(wrongHost.message).toContain('Check the host');
		expect(unreachable.message).toContain('No connection');
		expect(new Set([refused, wrongHost, unreachable].map(({ message }) => message)).size).toBe(3);
	});

	it('sends a refused key once, and to no other host', async () => {
		const elsewhere = await startServer(jsonAnswer({ code: 0, data: {} }));
		await press(await serve(jsonAnswer({ code: 401, message: 'bad key' }, 401)));
		expect(server?.requests).toHaveLength(1);
		await server?.close();
		const url = await serve((_request, response) => {
			response.writeHead(307, { location: `${elsewhere.url}/api/v1/pay/sdk/merchant/detail` });
			response.end();
		});
		expect((await press(url)).status).toBe('Error');
		expect(elsewhere.requests).toEqual([]);
		await elsewhere.close();
	});

	it('never shows the key, even where the host echoes it', async () => {
		const url = await serve((request, response) =>
			jsonAnswer({ code: 10001, message: `unknown key ${String(request.headers['x-api-key'])}` })(
				request,
				response,
			),
		);
		const { status, message } = await press(url);
		expect(status).toBe('Error');
		expect(message).not.toContain(API_KEY);
	});

	it('refuses a custom URL without https before anything is sent, except on this machine', async () => {
		const { status, message } = await press('http://pay.example.com');
		expect(status).toBe('Error');
		expect(message).toContain('https://');
	});
});

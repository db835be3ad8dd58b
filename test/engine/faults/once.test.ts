import { account, createOrder, engine } from '../action/support.mts';
import { CredentialsHelper } from '../harness/credentials.mts';
import { jsonAnswer, startServer, type LoopbackServer } from '../harness/server.mts';

let server: LoopbackServer;
beforeEach(async () => {
	server = await startServer(jsonAnswer({ code: 0, data: { trade_id: 'P1' } }));
});
afterEach(async () => {
	jest.restoreAllMocks();
	await server.close();
});

it('reads the credential once per execution, however many items and requests there are', async () => {
	const read = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
	await engine.runNode({
		parameters: createOrder(),
		items: Array.from({ length: 50 }, () => ({})),
		credentials: account(server.url),
	});
	expect(server.requests).toHaveLength(50);
	expect(read).toHaveBeenCalledTimes(1);
});

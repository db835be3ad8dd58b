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

/** How often n8n decrypts the credential for one execution. */
async function timesRead(credentials: ReturnType<typeof account>): Promise<number> {
	const read = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
	await engine.runNode({
		parameters: createOrder(),
		items: Array.from({ length: 50 }, () => ({})),
		credentials,
	});
	expect(server.requests).toHaveLength(50);
	return read.mock.calls.length;
}

it('reads the credential once per execution, however many items and requests there are', async () => {
	const { ponponPayApi } = account(server.url);
	const full = {
		webhookSecret: 'whsec_1',
		merchantId: 'M1',
		highestOrderAmount: '1000',
		highestRefundAmount: '1000',
	};
	expect(await timesRead({ ponponPayApi: { ...ponponPayApi, ...full } })).toBe(1);
});

it('reads it once more as it is stored where a field is empty: an expression may have given nothing', async () => {
	expect(await timesRead(account(server.url))).toBe(2);
});

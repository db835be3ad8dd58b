import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { createOrder, engine, typed } from '../action/support.mts';
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

/** How often n8n is asked for the credential while 50 items are worked on. */
async function readings(credential: ICredentialDataDecryptedObject): Promise<number> {
	const read = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
	await engine.runNode({
		parameters: createOrder(),
		items: Array.from({ length: 50 }, () => ({})),
		credentials: { ponponPayApi: credential },
	});
	expect(server.requests).toHaveLength(50);
	return read.mock.calls.length;
}

it('reads the credential once per execution, however many items and requests there are', async () => {
	const filled = {
		...typed(server.url),
		webhookSecret: 'whsec_1',
		merchantId: 'M1',
		highestOrderAmount: '500',
		highestRefundAmount: '50',
	};
	expect(await readings(filled)).toBe(1);
});

it('and once more as it is stored where a field of it came out empty, to know a field from an expression', async () => {
	expect(await readings(typed(server.url))).toBe(2);
});

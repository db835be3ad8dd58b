import type { CredentialVerdict } from '../n8n/client.mts';
import { freePorts } from '../n8n/ports.mts';
import { CREDENTIAL_TYPE, credentialFor, type Shop } from '../n8n/shop.mts';
import { openTestShop } from './testShop.mts';
import { chain, manualStart, node } from './workflows.mts';

const WRONG_KEY = 'sk_live_00000000000000000000000000000000';

describe('the installed package and its credential', () => {
	let shop: Shop;

	beforeAll(async () => {
		shop = await openTestShop();
	});

	afterAll(async () => await shop?.close());

	const test = async (changes: Record<string, unknown>): Promise<CredentialVerdict> => {
		const { type, data } = credentialFor(shop.sandbox);
		return await shop.n8n.client.testCredential(shop.credential, {
			type,
			data: { ...data, ...changes },
		});
	};

	it('is loaded by n8n as a community package: all nodes, and the action as an AI tool', async () => {
		const types = await shop.n8n.client.listNodeTypes();
		expect(types.filter((name) => name.startsWith('n8n-nodes-ponponpay.')).sort()).toEqual([
			'n8n-nodes-ponponpay.ponponPay',
			'n8n-nodes-ponponpay.ponponPayPaywallTrigger',
			'n8n-nodes-ponponpay.ponponPayPollTrigger',
			'n8n-nodes-ponponpay.ponponPayTool',
			'n8n-nodes-ponponpay.ponponPayTrigger',
		]);
	});

	it('turns green when PonponPay accepts the key', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it('tells a refused key, a wrong host and an unreachable host apart', async () => {
		const [closedPort] = await freePorts(1);
		const verdicts = {
			key: await test({ apiKey: WRONG_KEY }),
			// n8n itself: a web server, but not PonponPay.
			host: await test({ customUrl: shop.n8n.url }),
			unreachable: await test({ customUrl: `http://127.0.0.1:${closedPort}` }),
		};
		expect(verdicts).toMatchObject({
			key: { status: 'Error', message: expect.stringMatching(/does not accept the API key/) },
			host: {
				status: 'Error',
				message: expect.stringMatching(/does not offer|does not come from/),
			},
			unreachable: { status: 'Error', message: expect.stringMatching(/No connection/) },
		});
		const messages = Object.values(verdicts).map(({ message }) => message);
		expect(new Set(messages).size).toBe(3);
		expect(messages.join()).not.toContain(WRONG_KEY);
	});

	it('refuses http:// to another machine before anything is sent', async () => {
		const { status, message } = await test({ customUrl: 'http://pay.example.com' });
		expect(status).toBe('Error');
		expect(message).toMatch(/https/);
	});

	it("signs the requests of n8n's own HTTP Request node", async () => {
		const { client } = shop.n8n;
		const { id } = await client.createWorkflow(
			shop.furnish(
				chain('HTTP Request with the credential', manualStart(), {
					...node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
						method: 'POST',
						url: `${shop.sandbox.url}/api/v1/pay/sdk/merchant/detail`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: CREDENTIAL_TYPE,
						sendBody: true,
						specifyBody: 'json',
						jsonBody: '{}',
						options: {},
					}),
					credentials: { [CREDENTIAL_TYPE]: { id: '', name: '' } },
				}),
			),
		);
		const executionId = await client.runWorkflow(id, 'Start');
		const execution = await client.waitForExecution(executionId ?? '');
		expect(execution.items('HTTP Request')).toMatchObject([
			{ json: { code: 0, data: { mch_id: shop.sandbox.merchantId } } },
		]);
	});
});

import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type * as Room from '../../../nodes/PonponPayTrigger/hookMemory';

const [SHOP, OFFICE] = ['https://shop.example/webhook/a', 'https://office.example/webhook/a'];

/** The database that all processes share. */
let staticData: IDataObject;

/** One start of n8n, at its address: it remembers nothing of those before it. */
function startedAt(url: string, workflow = 'W1') {
	let room: typeof Room | undefined;
	jest.isolateModules(() => {
		room = jest.requireActual<typeof Room>('../../../nodes/PonponPayTrigger/hookMemory');
	});
	if (room === undefined) throw new Error('jest loaded nothing');
	const { rememberHook, forgetHook, recallHook, recallHooksElsewhere, recallSecret } = room;
	const parts = {
		getWorkflowStaticData: () => staticData,
		getNodeWebhookUrl: () => url,
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: 'N1' }),
		getMode: () => 'trigger',
	};
	const hooks = parts as unknown as IHookFunctions;
	return {
		remember: (id: string) => rememberHook(hooks, { id, secret: `secret of ${id}` }),
		forget: () => forgetHook(hooks),
		hook: () => recallHook(hooks)?.id,
		elsewhere: () => recallHooksElsewhere(hooks).map(({ id }) => id),
		secret: () => recallSecret(parts as unknown as IWebhookFunctions),
	};
}

describe('The hooks of a trigger', () => {
	beforeEach(() => (staticData = {}));

	it('of two n8n at one database stay each one’s own, whatever the other does, over restarts', () => {
		startedAt(SHOP).remember('wh_shop');
		const office = startedAt(OFFICE);
		office.remember('wh_office');
		expect(startedAt(SHOP).secret()).toBe('secret of wh_shop');
		expect(startedAt(SHOP).hook()).toBe('wh_shop');
		expect(startedAt(SHOP).elsewhere()).toEqual(['wh_office']);
		expect(startedAt(OFFICE).secret()).toBe('secret of wh_office');
		office.forget();
		expect(startedAt(SHOP).secret()).toBe('secret of wh_shop');
		expect(startedAt(OFFICE).hook()).toBeUndefined();
	});

	it('count for deliveries at an address that n8n tells otherwise, as to its test URL', () => {
		startedAt('https://shop.example/webhook-test/a').remember('wh_test');
		expect(startedAt(SHOP).secret()).toBe('secret of wh_test');
	});

	it('of ten addresses are kept at most, the last ones', () => {
		for (let move = 0; move < 12; move += 1) {
			startedAt(`https://n8n-${move}.example/webhook/a`).remember(`wh_${move}`);
		}
		expect(startedAt(SHOP).elsewhere()).toEqual(
			Array.from({ length: 10 }, (_, index) => `wh_${index + 2}`),
		);
	});

	it('do not travel with a copy of the workflow', () => {
		startedAt(SHOP).remember('wh_shop');
		const copy = startedAt(SHOP, 'W2');
		expect([copy.hook(), copy.secret(), copy.elsewhere()]).toEqual([undefined, '', []]);
	});

	it.each(['{"owner":', '[]', '{"owner":"n8n/W1/N1","hooks":[null,{"url":1}]}'])(
		'are none where the data is none of ours: %s',
		(webhooks) => {
			staticData = { webhooks };
			const n8n = startedAt(SHOP);
			expect([n8n.hook(), n8n.secret()]).toEqual([undefined, '']);
		},
	);
});

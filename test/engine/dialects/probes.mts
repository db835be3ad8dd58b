import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPay } from '../../../nodes/PonponPay/PonponPay.node';
import { resources } from '../../../nodes/PonponPay/actions';
import { PonponPayPollTrigger } from '../../../nodes/PonponPayPollTrigger/PonponPayPollTrigger.node';
import { PonponPayTrigger } from '../../../nodes/PonponPayTrigger/PonponPayTrigger.node';
import type { DialectName } from '../../sandbox/dialects/table.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { account, typed } from '../action/support.mts';
import { createEngine } from '../harness/engine.mts';
import { openEmptyShop, openShop, type Scene } from './scene.mts';

const node = new PonponPay();
const engine = createEngine({
	nodes: [node, new PonponPayTrigger(), new PonponPayPollTrigger()],
	credentialTypes: [new PonponPayApi()],
});
const TRIGGER = 'n8n-nodes-ponponpay.ponponPayTrigger';
const POLL_TRIGGER = 'n8n-nodes-ponponpay.ponponPayPollTrigger';

/** What a person or the next node gets to see. */
export interface Seen {
	/** What came out; nothing where something went wrong. */
	readonly result: unknown;
	/** The sentences that were told, or logged. */
	readonly told: string;
	/** The endpoints that were asked. */
	readonly asked: readonly string[];
	/** How many requests it took. */
	readonly requests: number;
}

/** How the probe is made. */
export interface Manner {
	readonly dialects: readonly DialectName[];
	/** With a key that nobody has. */
	readonly isStranger?: boolean;
}

/** One thing that a user of this package does. */
export interface Probe {
	readonly name: string;
	run(manner: Manner): Promise<Seen>;
}

type Result = { result: unknown; told?: Array<string | null | undefined> };

let workflows = 0;
/** What is remembered from delivery to delivery belongs to a workflow. */
const newWorkflow = () => ({ workflowId: `dialects-${(workflows += 1)}` });

/** Which server it was, and when, is no difference. */
function comparable(value: unknown, { url }: Sandbox): unknown {
	const text = JSON.stringify(value ?? null)
		.replaceAll(url, 'http://sandbox')
		.replace(/http:\/\/(127\.0\.0\.1|localhost):\d+/g, 'http://n8n')
		.replace(/n8n-[a-z0-9]+-1-[a-z0-9]{14}|sample_[A-Z0-9]+/g, 'derived')
		.replace(/"receivedAt":"[^"]*"/g, '"receivedAt":"now"')
		.replace(/"hoursLeft":[\d.]+/g, '"hoursLeft":0')
		.replace(/"expiresInSeconds":\d+/g, '"expiresInSeconds":0')
		.replace(/just now|\d+ (min|h|days) ago/g, 'some time ago');
	return JSON.parse(text) as unknown;
}

function inShop(name: string, act: (scene: Scene, key: string) => Promise<Result>): Probe {
	return {
		name,
		run: async ({ dialects, isStranger = false }) => {
			const scene = await openShop(dialects);
			const key = isStranger ? scene.strangeKey : scene.sandbox.apiKey;
			return await see(scene.sandbox, async () => await act(scene, key));
		},
	};
}

async function see(sandbox: Sandbox, act: () => Promise<Result>): Promise<Seen> {
	try {
		const { result, told = [] } = await act();
		const counts = sandbox.requests.countsByEndpoint();
		return {
			result: comparable(result, sandbox),
			told: String(comparable(told.filter(Boolean).join('\n'), sandbox)),
			asked: Object.keys(counts),
			requests: sandbox.requests.count(),
		};
	} finally {
		await sandbox.close();
	}
}

const jsonOf = (outputs: INodeExecutionData[][]) =>
	outputs.map((items) => items.map(({ json }) => json));

async function runOperation(
	sandbox: Sandbox,
	apiKey: string,
	parameters: INodeParameters,
): Promise<Result> {
	const { status, outputs, error } = await engine.runNode({
		...newWorkflow(),
		executionId: '7',
		parameters: { ...parameters, options: { mostTries: 1, ...(parameters.options as object) } },
		credentials: account(sandbox.url, apiKey),
	});
	if (error) return { result: null, told: [error.message, error.description] };
	return { result: { status, outputs: jsonOf(outputs) } };
}

export const OPERATIONS = Object.entries(resources).flatMap(([resource, { operations }]) =>
	Object.keys(operations).map((operation) => [resource, operation] as const),
);

/** They want an order that is not paid yet. */
const OF_OPEN_ORDERS = ['order/cancel', 'order/createPaymentQr'];

function fieldsOf(scene: Scene, resource: string, operation: string): INodeParameters {
	const isOfOpenOrders = OF_OPEN_ORDERS.includes(`${resource}/${operation}`);
	return { ...scene.fields, ...(isOfOpenOrders && scene.openOrder), resource, operation };
}

const operationProbes = OPERATIONS.map(([resource, operation]) =>
	inShop(
		`${resource}: ${operation}`,
		async (scene, key) =>
			await runOperation(scene.sandbox, key, fieldsOf(scene, resource, operation)),
	),
);

/** What PonponPay refuses: the reason must arrive. */
export const refusedProbes = OPERATIONS.map(([resource, operation]) =>
	inShop(
		`${resource}: ${operation}, of what does not exist`,
		async (scene, key) =>
			await runOperation(scene.sandbox, key, { ...scene.strangeFields, resource, operation }),
	),
);

/** A create whose ID is taken, by orders of every fate. */
const takenProbes = ['open', 'paid', 'expired'].map((merchantOrderId) =>
	inShop(
		`order: create, with the ID of the order that is ${merchantOrderId}`,
		async (scene, key) => {
			const chosen = merchantOrderId === 'expired' ? { currency: 'USDC', network: 'polygon' } : {};
			const { amount } = scene.sandbox.orders.get(merchantOrderId);
			return await runOperation(scene.sandbox, key, {
				...scene.fields,
				...Object.fromEntries(
					Object.entries(chosen).map(([name, value]) => [name, { __rl: true, mode: 'id', value }]),
				),
				resource: 'order',
				operation: 'create',
				amount,
				options: { merchantOrderId },
			});
		},
	),
);

/** Lists of a shop in which nothing has happened yet. */
const emptyProbes = OPERATIONS.filter(([, operation]) => operation === 'getAll').map(
	([resource, operation]): Probe => ({
		name: `${resource}: ${operation}, in an empty shop`,
		run: async ({ dialects, isStranger }) => {
			const sandbox = await openEmptyShop(dialects);
			const key = isStranger ? 'sk_live_nobody_has_this_key' : sandbox.apiKey;
			const parameters = { resource, operation, returnAll: true };
			return await see(sandbox, async () => await runOperation(sandbox, key, parameters));
		},
	}),
);

const toldBy = (error: unknown): string[] => {
	const { message, description } = error as { message: string; description?: string };
	return [message, description ?? ''];
};

export const LISTS = Object.keys(node.methods.listSearch);

const listProbes = LISTS.map((method) =>
	inShop(`the drop-down ${method}`, async ({ sandbox, fields }, key) => {
		try {
			const names: string[] = [];
			let paginationToken: string | undefined;
			do {
				const page = await engine.listSearch(method, {
					parameters: fields,
					credentials: account(sandbox.url, key),
					paginationToken,
				});
				names.push(...page.results.map(({ name, value }) => `${name} = ${String(value)}`));
				paginationToken = page.paginationToken as string | undefined;
			} while (paginationToken !== undefined && names.length < 100);
			return { result: names };
		} catch (error) {
			return { result: null, told: toldBy(error) };
		}
	}),
);

const credentialProbe = inShop('the credential test', async ({ sandbox }, key) => {
	const { status, message } = await engine.testCredential('ponponPayApi', typed(sandbox.url, key));
	return { result: status === 'OK' ? status : null, told: [status === 'OK' ? '' : message] };
});

const pollProbe = inShop('the poll trigger', async ({ sandbox }, key) => {
	const poller = engine.openPoller({
		...newWorkflow(),
		type: POLL_TRIGGER,
		parameters: { events: ['*'] },
		credentials: account(sandbox.url, key),
	});
	const first = await poller.activate();
	if (first.error) return { result: null, told: toldBy(first.error) };
	sandbox.orders.pay('open');
	sandbox.orders.add('another');
	const { items, error } = await poller.poll();
	if (error) return { result: null, told: toldBy(error) };
	return { result: { first: first.items, items: items?.map(({ json }) => json) } };
});

/** One order is paid, one expires. */
async function happen(sandbox: Sandbox, notifyUrl: string): Promise<void> {
	sandbox.orders.add('will be paid', { notifyUrl });
	sandbox.orders.add('will expire', { notifyUrl });
	sandbox.orders.pay('will be paid');
	await sandbox.deliveries.settled();
	sandbox.orders.expire('will expire');
	await sandbox.deliveries.settled();
}

const registeredProbe = inShop('the webhook trigger, registered by itself', async (scene, key) => {
	const { sandbox } = scene;
	const trigger = await engine.openTrigger({
		...newWorkflow(),
		type: TRIGGER,
		parameters: { events: ['*'] },
		credentials: account(sandbox.url, key),
	});
	try {
		const first = await trigger.activate();
		const hooks = sandbox.hooks.all().length;
		const again = await trigger.callHook('checkExists');
		await happen(sandbox, '');
		const last = await trigger.deactivate();
		const errors = [first.error, again.error, last.error].filter((error) => error !== undefined);
		return {
			result:
				errors.length > 0
					? null
					: {
							outcomes: [first.result, again.result, last.result],
							hooks: [hooks, sandbox.hooks.all().length],
							executions: jsonOf(trigger.executions),
						},
			told: [...errors.flatMap(toldBy), ...trigger.logs.map(({ message }) => message)],
		};
	} finally {
		await trigger.close();
	}
});

const notifiedProbe = inShop('the webhook trigger, told by the notify URL', async (scene, key) => {
	const { sandbox } = scene;
	const trigger = await engine.openTrigger({
		...newWorkflow(),
		type: TRIGGER,
		parameters: { registration: 'manual', events: ['*'] },
		// A callback is signed with the merchant's key: a stranger's key fits none.
		credentials: account(sandbox.url, key),
	});
	try {
		await happen(sandbox, trigger.url);
		const answers = sandbox.deliveries
			.all()
			.filter(({ url }) => url === trigger.url)
			.flatMap(({ attempts }) => attempts.map(({ status }) => status));
		return {
			result: { answers, executions: jsonOf(trigger.executions) },
			told: trigger.logs.map(({ message }) => message),
		};
	} finally {
		await trigger.close();
	}
});

export const PROBES: readonly Probe[] = [
	...operationProbes,
	...takenProbes,
	...emptyProbes,
	...listProbes,
	credentialProbe,
	pollProbe,
	registeredProbe,
	notifiedProbe,
];

import {
	request as sendRequest,
	type IncomingHttpHeaders,
	type OutgoingHttpHeaders,
} from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeTypeDescription,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	WebhookSetupMethodNames,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers, Workflow, deepCopy } from 'n8n-workflow';
import { additionalDataFor } from './additionalData.mts';
import { CredentialsHelper, credentialReferences, type CredentialData } from './credentials.mts';
import { withLog, type LogLine } from './host.mts';
import { receiveAs, REST } from './nodeTypes.mts';
import { runWorkflow, type ExecutionIdentity, type Kit, type NodeSettings } from './run.mts';
import { startWebhookServer, type WebhookRequest } from './webhookServer.mts';

export interface TriggerSetup {
	/** Full type name; default: the harness's first node. */
	type?: string;
	parameters?: INodeParameters;
	credentials?: CredentialData;
	nodeName?: string;
	/** Tells the paths of two triggers apart; n8n gives each node its own. */
	webhookId?: string;
	/** What an earlier activation left; default: nothing. */
	staticData?: IDataObject;
	workflowId?: string;
	/** "Listen for test event" in the editor: the test URL, and mode `manual`. */
	isTest?: boolean;
	/** What else the workflow holds. */
	others?: INode[];
	/** n8n can start no execution, as when its database is away. */
	cannotStart?: boolean;
	/** The node's settings beside its parameters. */
	settings?: NodeSettings;
	/** How its executions come about, if not as usual. */
	execution?: ExecutionIdentity;
	/**
	 * Stands for running the workflow; throwing makes the execution fail. Awaited only if the trigger does not answer before; what
	 * it returns is then what the last node puts out, and what it sends itself is what Respond to Webhook says.
	 */
	onExecution?: (
		items: INodeExecutionData[][],
		response: Response,
	) => Promise<object | string | void> | object | string | void;
}

/** A request to the trigger. */
export interface Delivery {
	body?: string | Buffer | IDataObject;
	/** A list of values sends the header that many times. */
	headers?: OutgoingHttpHeaders;
	method?: string;
	/** With the question mark. */
	query?: string;
}

/** What came of a delivery. */
export interface DeliveryOutcome {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
	/** The items of the execution that the delivery started; undefined if it started none. */
	items: INodeExecutionData[] | undefined;
	/** What the trigger logged while it handled the delivery. */
	logs: LogLine[];
}

/** What came of a call of `checkExists`, `create` or `delete`. */
export interface HookOutcome {
	/** What the method returned; undefined if it threw. */
	result: boolean | undefined;
	error: Error | undefined;
	logs: LogLine[];
}

/** A trigger node in a workflow that can be activated, and receives at a real URL. */
export interface Trigger {
	/** The URL that n8n shows for the node, and at which it receives. */
	url: string;
	/** What n8n has stored for the workflow. The node's own part is `node:<name>`. */
	staticData: IDataObject;
	/** The node's own part of it. */
	nodeData(): IDataObject;
	/** The items of every execution started so far, however it was delivered. */
	executions: INodeExecutionData[][];
	/** Everything logged so far. */
	logs: LogLine[];
	/** Errors that `webhook()` let escape; n8n answers them with 500 and stores a failed execution. */
	crashes: unknown[];
	callHook(
		method: WebhookSetupMethodNames,
		activation?: WorkflowActivateMode,
	): Promise<HookOutcome>;
	/** As n8n publishes a workflow: `checkExists`, then `create` if that says no. The outcome is that of the last one called. */
	activate(): Promise<HookOutcome>;
	/** As n8n unpublishes it: `delete`. */
	deactivate(): Promise<HookOutcome>;
	/** Sends a request to the URL. Other programs may send there too: see `executions`. */
	deliver(delivery: Delivery): Promise<DeliveryOutcome>;
	/** Changes the node's parameters, or chooses another credential, as an edit of the workflow does. */
	edit(changes: Pick<TriggerSetup, 'parameters' | 'credentials' | 'nodeName'>): void;
	/** Changes what the chosen credential holds, as an edit of the credential does. */
	editCredential(data: CredentialData): void;
	close(): Promise<void>;
}

const WORKFLOW_ID = 'kQ3vT8mZpR5wXy2N';
const WEBHOOK_ID = '2f4b3c1e-8a7d-4c7b-9d57-5e0b1f6a9c03';

/** Ties the answer to a delivery to what the server did for it. Only `deliver` sends it; senders in real life do not know it. */
const DELIVERY_HEADER = 'x-harness-delivery';

/** A workflow that a delivery has started. */
interface Execution {
	/** What the trigger passes on, once that is known; `undefined` for nothing. */
	passed: Promise<INodeExecutionData[] | undefined>;
	/** How it ends, and what the last node puts out. */
	ended: Promise<{ error: Error | undefined; output: object | string | undefined }>;
}

interface Handled {
	items: INodeExecutionData[] | undefined;
	logs: LogLine[];
}

function newestVersion({ version }: INodeTypeDescription): number {
	return Math.max(...[version].flat());
}

/** Every choice of a credential is another one: a node may remember what one holds. */
let lastCredential = 0;

/** Puts a trigger node into a workflow and opens its URL. */
export async function openTrigger(kit: Kit, setup: TriggerSetup = {}): Promise<Trigger> {
	const { isTest = false, workflowId = WORKFLOW_ID, webhookId = WEBHOOK_ID } = setup;
	const mode: WorkflowExecuteMode = isTest ? 'manual' : 'trigger';
	const type = setup.type ?? kit.mainType;
	const nodeType = kit.nodeTypes.getByName(type);
	const description = nodeType.description.webhooks?.find(({ name }) => name === 'default');
	if (description === undefined) throw new Error(`${type} has no webhook`);

	let { parameters = {}, credentials = {}, nodeName = 'PonponPay Trigger' } = setup;
	let credentialNumber = (lastCredential += 1);
	const handled = new Map<string, Handled>();
	let deliveries = 0;

	/** A fresh workflow for each call, as n8n loads it from its database. */
	function load(): { workflow: Workflow; node: INode } {
		const json: INode = {
			id: '0c9be7a2-4f0e-4b0e-8f5c-3f1c2d7b8e04',
			name: nodeName,
			type,
			typeVersion: newestVersion(nodeType.description),
			position: [0, 0],
			parameters: deepCopy(parameters),
			credentials: credentialReferences(credentials, credentialNumber),
			webhookId,
		};
		const workflow = new Workflow({
			id: workflowId,
			name: 'Harness',
			nodes: [json, ...(setup.others ?? [])],
			connections: {},
			active: true,
			nodeTypes: kit.nodeTypes,
			staticData: deepCopy(trigger.staticData),
			settings: { executionOrder: 'v1' },
		});
		return { workflow, node: workflow.nodes[nodeName] };
	}

	function surroundings(executionId?: string) {
		return additionalDataFor({
			credentialsHelper: new CredentialsHelper(kit.credentialTypes, credentials),
			executionId,
			baseUrl: server.url,
		});
	}

	function webhookData(
		{ workflow, node }: { workflow: Workflow; node: INode },
		webhookDescription: IWebhookDescription,
	): IWebhookData {
		return {
			httpMethod: 'POST',
			node: node.name,
			path: webhookPath(workflow, node, webhookDescription),
			webhookDescription,
			workflowId,
			workflowExecuteAdditionalData: surroundings(),
			webhookId,
			isTest,
		};
	}

	function save(workflow: Workflow): void {
		trigger.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}

	async function receive(request: WebhookRequest, response: Response): Promise<void> {
		const logs: LogLine[] = [];
		const { workflow, node } = load();
		const additionalData = surroundings();
		additionalData.httpRequest = request;
		additionalData.httpResponse = response;
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			mode,
			webhookData({ workflow, node }, description!),
			[],
			null,
		);
		const result = await withLog(logs, async () => await nodeType.webhook!.call(context)).catch(
			(crash: unknown): undefined => {
				trigger.crashes.push(crash);
			},
		);
		trigger.logs.push(...logs);
		const started = result?.workflowData?.[0];
		const execution =
			started && setup.cannotStart !== true
				? startExecution(node, started, response, logs)
				: undefined;
		const items = await execution?.passed;
		const delivery = request.headers[DELIVERY_HEADER];
		if (typeof delivery === 'string') handled.set(delivery, { items, logs });
		// n8n 2.38 to 2.41 saves the static data only when the answer is not its own or there is no execution.
		if (result && (result.workflowData === undefined || result.noWebhookResponse)) save(workflow);
		await answer(workflow, node, result, response, execution);
	}

	/** Runs the workflow: the trigger's own `execute()` if it has one, and then what stands for the rest. */
	function startExecution(
		node: INode,
		items: INodeExecutionData[],
		response: Response,
		logs: LogLine[],
	): Execution {
		let output: object | string | undefined;
		let pass = (_items: INodeExecutionData[] | undefined) => {};
		const passed = new Promise<INodeExecutionData[] | undefined>((resolve) => (pass = resolve));
		const receiver = randomUUID();
		const forget = receiveAs(receiver, async (received) => {
			trigger.executions.push(received);
			pass(received);
			output = (await setup.onExecution?.([received], response)) ?? undefined;
		});
		const rest: INode = {
			id: receiver,
			name: 'Rest',
			type: REST,
			typeVersion: 1,
			position: [200, 0],
			parameters: {},
		};
		const ended = runWorkflow(
			kit,
			{
				nodes: [{ ...node, ...setup.settings }, rest],
				connections: { [node.name]: { main: [[{ node: 'Rest', type: 'main', index: 0 }]] } },
			},
			{ credentials, items, mode, workflowId, ...setup.execution },
		).then((outcome) => {
			forget();
			pass(undefined);
			logs.push(...outcome.logs);
			trigger.logs.push(...outcome.logs);
			return { error: outcome.error, output };
		});
		return { passed, ended };
	}

	async function answer(
		workflow: Workflow,
		node: INode,
		result: IWebhookResponseData | undefined,
		response: Response,
		execution: Execution | undefined,
	): Promise<void> {
		const field = (text: string | boolean | undefined, otherwise: string) =>
			String(
				workflow.expression.getSimpleParameterValue(node, text, mode, {}, undefined, otherwise),
			);
		if (result === undefined) {
			response
				.status(500)
				.json({ code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' });
			return;
		}
		if (result.noWebhookResponse) {
			// n8n leaves the sender waiting for ever; a test wants to hear of it.
			if (!response.headersSent) response.status(599).send('The node answered nothing');
			return;
		}
		if (result.workflowData === undefined) {
			response.status(200);
			send(response, result.webhookResponse ?? { message: 'Webhook call received' });
			return;
		}
		const responseMode = field(description!.responseMode, 'onReceived');
		const outcome = responseMode !== 'onReceived' ? await execution?.ended : undefined;
		if (response.writableEnded) return;
		if (outcome?.error !== undefined || setup.cannotStart === true) {
			response.status(500).json({ message: 'Error in workflow' });
			return;
		}
		const hasPassed = (await execution?.passed) !== undefined;
		if (responseMode === 'lastNode' && !hasPassed) {
			const message = 'No item to return was found';
			const data = field(description!.responseData, 'firstEntryJson');
			if (data.startsWith('firstEntry')) response.status(500).json({ code: 0, message });
			else send(response, data === 'allEntries' ? [] : data);
			return;
		}
		if (outcome?.output !== undefined) {
			response.status(200);
			send(response, outcome.output);
			return;
		}
		response.status(Number(field(description!.responseCode as string | undefined, '200')));
		const data = field(description!.responseData, 'firstEntryJson');
		if (data === 'noData') response.end();
		else send(response, data === '' ? (result.webhookResponse ?? '') : data);
	}

	async function callHook(
		method: WebhookSetupMethodNames,
		activation: WorkflowActivateMode = isTest ? 'manual' : 'activate',
	): Promise<HookOutcome> {
		const logs: LogLine[] = [];
		const { workflow, node } = load();
		const context = new HookContext(
			workflow,
			node,
			surroundings(),
			// n8n does not tell `delete` that it is about a test.
			method === 'delete' ? 'internal' : mode,
			activation,
			webhookData({ workflow, node }, description!),
		);
		let result: boolean | undefined;
		let error: Error | undefined;
		try {
			result = await withLog(logs, async () => await hookMethod(nodeType, method).call(context));
		} catch (thrown) {
			error = thrown as Error;
		}
		if (error === undefined) save(workflow);
		trigger.logs.push(...logs);
		return { result, error, logs };
	}

	const server = await startWebhookServer(receive);
	const trigger: Trigger = {
		url: '',
		staticData: setup.staticData ?? {},
		nodeData: () => (trigger.staticData[`node:${nodeName}`] ?? {}) as IDataObject,
		executions: [],
		logs: [],
		crashes: [],
		callHook,
		async activate() {
			const existing = await callHook('checkExists');
			return existing.result === false ? await callHook('create') : existing;
		},
		deactivate: async () => await callHook('delete'),
		async deliver(delivery) {
			const id = String(++deliveries);
			const answered = await post(trigger.url, delivery, id);
			const { items, logs = [] } = handled.get(id) ?? {};
			return { ...answered, items, logs };
		},
		edit(changes) {
			if (changes.credentials !== undefined) credentialNumber = lastCredential += 1;
			({ parameters = parameters, credentials = credentials, nodeName = nodeName } = changes);
		},
		editCredential(data) {
			credentials = data;
		},
		close: server.close,
	};
	const { workflow, node } = load();
	trigger.url = NodeHelpers.getNodeWebhookUrl(
		`${server.url}/${isTest ? 'webhook-test' : 'webhook'}`,
		workflowId,
		node,
		webhookPath(workflow, node, description),
		description.isFullPath === true,
	);
	return trigger;
}

function webhookPath(workflow: Workflow, node: INode, { path }: IWebhookDescription): string {
	return String(workflow.expression.getSimpleParameterValue(node, path, 'internal', {}));
}

function hookMethod(nodeType: INodeType, method: WebhookSetupMethodNames) {
	const found = nodeType.webhookMethods?.default?.[method];
	if (found === undefined) throw new Error(`${nodeType.description.name} has no ${method}`);
	return found;
}

function send(response: Response, data: unknown): void {
	if (typeof data === 'string') response.send(data);
	else response.json(data);
}

async function post(
	url: string,
	{ body = '', headers = {}, method = 'POST', query = '' }: Delivery,
	id: string,
): Promise<Pick<DeliveryOutcome, 'status' | 'headers' | 'body'>> {
	const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
	const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
	return await new Promise((resolve, reject) => {
		const outgoing = sendRequest(
			`${url}${query}`,
			{
				method,
				headers: {
					...(hasType ? {} : { 'content-type': 'application/json' }),
					...headers,
					[DELIVERY_HEADER]: id,
				},
			},
			(incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('error', reject);
				incoming.on('end', () =>
					resolve({
						status: incoming.statusCode ?? 0,
						headers: incoming.headers,
						body: Buffer.concat(chunks).toString('utf8'),
					}),
				);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(bytes);
	});
}

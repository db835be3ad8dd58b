import { inspect } from 'node:util';
import { parse, stringify } from 'flatted';
import { WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ICredentialType,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IRun,
	IRunData,
	IRunExecutionData,
	ITaskData,
	IWorkflowBase,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow, createRunExecutionData } from 'n8n-workflow';
import { additionalDataFor } from './additionalData.mts';
import { CredentialsHelper, credentialReferences, type CredentialData } from './credentials.mts';
import { withLog, type LogLine } from './host.mts';
import { PASS_THROUGH, type NodeTypes } from './nodeTypes.mts';
import { installSeenStore } from './seenStore.mts';

/** What every run of a harness shares. */
export interface Kit {
	nodeTypes: NodeTypes;
	credentialTypes: readonly ICredentialType[];
	/** The full name of the node type that is meant where none is named. */
	mainType: string;
}

/** An item, or just its json. */
export type Item = INodeExecutionData | IDataObject;

/** A node's settings beside its parameters, as on the "Settings" tab. */
export interface NodeSettings {
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
}

/** How the execution came about. */
export interface ExecutionIdentity {
	/** Default: a new number for each run. */
	executionId?: string;
	workflowId?: string;
	mode?: WorkflowExecuteMode;
	/** The execution that n8n's "Retry execution" repeats. */
	retryOf?: string;
	/**
	 * What n8n draws at random for each execution. Default here: the same for the same `executionId`, so that an execution
	 * can be run again as after a restart.
	 */
	token?: string;
	/** The execution that called this one as a sub-workflow, as n8n notes it. */
	parentExecution?: IRunExecutionData['parentExecution'];
	/** What a person has pinned in the editor, by node name. */
	pinData?: IRunExecutionData['resultData']['pinData'];
	/** Cancels the execution, as the user's "Stop" does, once this is settled. */
	cancelWhen?: Promise<unknown>;
}

export interface NodeRun extends NodeSettings, ExecutionIdentity {
	/** Full type name; default: the harness's first node. */
	type?: string;
	parameters?: INodeParameters;
	/** What comes in from the node before; default: one empty item. */
	items?: readonly Item[];
	credentials?: CredentialData;
	nodeId?: string;
	nodeName?: string;
	/** How often the node has run before in this execution (loops); default 0. */
	runIndex?: number;
}

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowBase['settings'];
}

/** What came of an execution. */
export interface RunOutcome {
	status: IRun['status'];
	/** What stopped the execution. */
	error: ExecutionError | undefined;
	/** Each node's runs, by node name. */
	runData: IRunData;
	/** What n8n or a node logged meanwhile. */
	logs: LogLine[];
	/** Everything that n8n would store, show or log of this execution, as one text: to search it for what must not be there. */
	kept: string;
	executionId: string;
	/** What n8n's server has saved of it, and "Retry execution" goes on with. */
	saved: SavedExecution;
}

interface SavedExecution {
	workflow: WorkflowJson;
	/** The run's data, flattened. */
	data: string;
	credentials: CredentialData;
	executionId: string;
	workflowId: string;
}

/** What came of one node's run. */
export interface NodeOutcome extends RunOutcome {
	/** The items by output, as the next node would get them. */
	outputs: INodeExecutionData[][];
	/** The json of the items at the first output. */
	json: IDataObject[];
	/** The input item each item of the first output is paired with. */
	pairedWith: Array<number | undefined>;
}

const WORKFLOW_ID = 'kQ3vT8mZpR5wXy2N';

let lastExecutionId = 0;

/** The token that is in the execution's data already. */
const KEPT = 'kept';

function toItem(item: Item): INodeExecutionData {
	return isItem(item) ? item : { json: item };
}

function isItem(item: Item): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null;
}

/**
 * A copy made in this file's world: jest's strict comparisons refuse plain objects that n8n created outside.
 * Errors stay what they are.
 */
function ownCopy<Value>(value: Value): Value {
	if (value instanceof Error || typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(ownCopy) as Value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, ownCopy<unknown>(entry)]),
	) as Value;
}

function everythingKept(data: IRunExecutionData, logs: LogLine[]): string {
	const unlimited = { depth: 20, maxArrayLength: null, maxStringLength: null };
	return [stringify(data), inspect(data.resultData, unlimited), inspect(logs, unlimited)].join(
		'\n',
	);
}

async function execute(
	kit: Kit,
	json: WorkflowJson,
	credentials: CredentialData,
	data: IRunExecutionData,
	identity: ExecutionIdentity,
): Promise<RunOutcome> {
	const { mode = 'manual', retryOf, parentExecution, pinData } = identity;
	if (pinData !== undefined) data.resultData.pinData = pinData;
	if (parentExecution !== undefined) data.parentExecution = parentExecution;
	const executionId = identity.executionId ?? String(++lastExecutionId);
	if (identity.token !== KEPT) data.resumeToken = identity.token ?? `token-of-${executionId}`;
	const workflowData: IWorkflowBase = {
		id: identity.workflowId ?? json.id ?? WORKFLOW_ID,
		name: json.name ?? 'Harness',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: json.nodes,
		connections: json.connections,
		settings: { executionOrder: 'v1', ...json.settings },
	};
	const workflow = new Workflow({ ...workflowData, nodeTypes: kit.nodeTypes });
	const credentialsHelper = new CredentialsHelper(kit.credentialTypes, credentials);
	const additionalData = additionalDataFor({
		credentialsHelper,
		executionId,
		mode,
		retryOf,
		workflowData,
	});
	await installSeenStore();
	const logs: LogLine[] = [];
	const run = await withLog(logs, async () => {
		const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
			workflow,
		);
		void identity.cancelWhen?.then(() => execution.cancel());
		return await execution;
	}).catch((refusal: unknown) => {
		// n8n checks required parameters before it starts and throws; its server stores that as the execution's error.
		data.resultData.error = refusal as ExecutionError;
		return { status: 'error' as const, data };
	});
	return {
		status: run.status,
		error: run.data.resultData.error,
		runData: ownCopy(run.data.resultData.runData),
		logs,
		kept: everythingKept(run.data, logs),
		executionId,
		saved: {
			workflow: json,
			data: stringify(run.data),
			credentials,
			executionId,
			workflowId: workflowData.id,
		},
	};
}

/** What the engine keeps of a node that has run and put out `items`. */
function finishedRun(items: INodeExecutionData[], executionIndex: number): ITaskData {
	return {
		startTime: 0,
		executionTime: 0,
		executionIndex,
		executionStatus: 'success',
		source: [],
		data: { main: [items] },
	};
}

/** Runs one node of ours, after a node "Input" that put out the items. */
export async function runNode(kit: Kit, run: NodeRun): Promise<NodeOutcome> {
	const { credentials = {}, runIndex = 0 } = run;
	const name = run.nodeName ?? 'PonponPay';
	const input: INode = {
		id: '5b0a3c5e-2d52-4bb0-9b0c-6f3a2b6f0a01',
		name: 'Input',
		type: PASS_THROUGH,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const node: INode = {
		id: run.nodeId ?? '9d1c54f8-60d1-4f3f-8a53-0d6f7f1a7c02',
		name,
		type: run.type ?? kit.mainType,
		typeVersion: 1,
		position: [200, 0],
		parameters: run.parameters ?? {},
		credentials: credentialReferences(credentials),
		onError: run.onError,
		retryOnFail: run.retryOnFail,
		maxTries: run.maxTries,
		// n8n takes 0 for its default of a second.
		waitBetweenTries: 1,
		executeOnce: run.executeOnce,
		alwaysOutputData: run.alwaysOutputData,
	};
	const items = (run.items ?? [{}]).map(toItem);
	const before = items.map((item, index) => ({ pairedItem: { item: index }, ...item }));
	const runData: IRunData = {
		Input: Array.from({ length: runIndex + 1 }, (_, index) => finishedRun(before, index)),
	};
	if (runIndex > 0) {
		runData[name] = Array.from({ length: runIndex }, (_, index) => finishedRun([], index));
	}
	const data = createRunExecutionData({
		resultData: { runData },
		executionData: {
			nodeExecutionStack: [
				{
					node,
					data: { main: [items] },
					source: { main: [{ previousNode: 'Input', previousNodeRun: runIndex }] },
				},
			],
		},
	});
	const json: WorkflowJson = {
		nodes: [input, node],
		connections: {
			Input: { main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] },
		},
	};
	const outcome = await execute(kit, json, credentials, data, run);
	const outputs = (outcome.runData[name]?.[runIndex]?.data?.main ?? []).map(
		(output) => output ?? [],
	);
	const first = outputs[0] ?? [];
	return {
		...outcome,
		outputs,
		json: first.map((item) => item.json),
		pairedWith: first.map(pairedIndex),
	};
}

function pairedIndex({ pairedItem }: INodeExecutionData): number | undefined {
	const first = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof first === 'object' ? first.item : first;
}

/**
 * Runs a whole workflow from its first node (or the one named `startNode`).
 *
 * Nodes that name a credential type of ours get what `credentials` holds for it, whatever id the workflow gives.
 */
export async function runWorkflow(
	kit: Kit,
	json: WorkflowJson,
	options: ExecutionIdentity & {
		credentials?: CredentialData;
		startNode?: string;
		items?: readonly Item[];
	} = {},
): Promise<RunOutcome> {
	const { credentials = {}, startNode, items = [{}] } = options;
	const start = json.nodes.find(({ name }) => startNode === undefined || name === startNode);
	if (start === undefined) throw new Error(`The workflow has no node "${startNode ?? ''}"`);
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [items.map(toItem)] }, source: null }],
		},
	});
	return await execute(kit, json, credentials, data, options);
}

/**
 * Presses "Retry execution" at an execution that has failed: another execution, with another id, goes on with what was saved of it.
 *
 * Changes the saved data as n8n's server does: the failed run of the last node is forgotten.
 */
export async function retryExecution(
	kit: Kit,
	{ saved }: Pick<RunOutcome, 'saved'>,
	identity: Pick<ExecutionIdentity, 'executionId' | 'cancelWhen'> = {},
): Promise<RunOutcome> {
	const data = parse(saved.data) as IRunExecutionData;
	const { lastNodeExecuted, runData } = data.resultData;
	delete data.resultData.error;
	const runs = runData[lastNodeExecuted ?? ''];
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	return await execute(kit, saved.workflow, saved.credentials, data, {
		...identity,
		workflowId: saved.workflowId,
		token: KEPT,
		mode: 'retry',
		retryOf: saved.executionId,
	});
}

/** What ends the wait of a suspended execution. */
export interface WakeUp {
	/**
	 * What the node's `webhook()` put out; n8n makes it `[[{ json: {} }]]` of an exception. Absent: the time is up.
	 */
	webhookData?: INodeExecutionData[][];
	/** Changes the saved data first, to stand for a version of n8n that treats it otherwise. */
	tamper?: (data: IRunExecutionData) => void;
}

/** Goes on with an execution that a node has suspended, from what was saved of it, as n8n's server does. */
export async function resumeExecution(
	kit: Kit,
	{ saved }: Pick<RunOutcome, 'saved'>,
	{ webhookData, tamper }: WakeUp = {},
): Promise<RunOutcome> {
	const data = parse(saved.data) as IRunExecutionData;
	const [suspended] = data.executionData?.nodeExecutionStack ?? [];
	if (data.waitTill === undefined || suspended === undefined) {
		throw new Error('The execution is not suspended');
	}
	if (webhookData !== undefined) {
		data.waitTill = undefined;
		suspended.node.disabled = true;
		suspended.data.main = webhookData;
		suspended.metadata = { ...suspended.metadata, forwardAllOutputs: true };
		data.resultData.runData[data.resultData.lastNodeExecuted ?? '']?.pop();
	}
	tamper?.(data);
	const { workflow, credentials, executionId, workflowId } = saved;
	return await execute(kit, workflow, credentials, data, { executionId, workflowId });
}

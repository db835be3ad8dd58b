import { PollContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IPollFunctions,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow, deepCopy } from 'n8n-workflow';
import { additionalDataFor } from './additionalData.mts';
import { CredentialsHelper, credentialReferences, type CredentialData } from './credentials.mts';
import { withLog, type LogLine } from './host.mts';
import { runWorkflow, type Kit } from './run.mts';
import { installSeenStore } from './seenStore.mts';

export interface PollerSetup {
	/** Full type name; default: the harness's first node. */
	type?: string;
	parameters?: INodeParameters;
	credentials?: CredentialData;
	workflowId?: string;
	nodeId?: string;
	/** What n8n has stored for the workflow; default: nothing. */
	staticData?: IDataObject;
	/** Whether n8n is one that does not say what becomes of what a poll gives it, as up to 2.30. */
	isSilent?: boolean;
}

/** What came of a poll. */
export interface PollOutcome {
	/** What the trigger put out in the execution that the poll started; undefined if it started none. */
	items: INodeExecutionData[] | undefined;
	/** Whether the node handed them over itself, instead of returning them. */
	emits: boolean;
	error: Error | undefined;
	logs: LogLine[];
}

/** A polling node in a published workflow. */
export interface Poller {
	/** What n8n has stored of the workflow's static data. */
	staticData: IDataObject;
	/** Whether n8n saves what polls remember, and can store no execution. */
	storesNothing: boolean;
	/** What the trigger put out in every execution so far. */
	executions: INodeExecutionData[][];
	/** As n8n publishes a workflow, or starts again: it polls once, and saves what the poll remembers. */
	activate(mode?: WorkflowActivateMode): Promise<PollOutcome>;
	/** As n8n polls on time. What a poll remembers is saved only when it starts an execution. */
	poll(): Promise<PollOutcome>;
	/** "Execute step" in the editor. */
	test(): Promise<PollOutcome>;
	/** Changes the node; counts from the next activation. */
	edit(changes: Pick<PollerSetup, 'parameters' | 'credentials'>): void;
}

const WORKFLOW_ID = 'kQ3vT8mZpR5wXy2N';
const NODE_ID = '0c9be7a2-4f0e-4b0e-8f5c-3f1c2d7b8e05';
const NODE_NAME = 'PonponPay Poll Trigger';

/** Puts a polling node into a workflow. It polls when the test says so. */
export function openPoller(kit: Kit, setup: PollerSetup = {}): Poller {
	const { type = kit.mainType, workflowId = WORKFLOW_ID, nodeId = NODE_ID } = setup;
	let { parameters = {}, credentials = {} } = setup;
	let active: Workflow | undefined;

	/** As n8n loads it from its database. */
	function load(): Workflow {
		const node: INode = {
			id: nodeId,
			name: NODE_NAME,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: deepCopy(parameters),
			credentials: credentialReferences(credentials),
		};
		return new Workflow({
			id: workflowId,
			name: 'Harness',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: kit.nodeTypes,
			staticData: deepCopy(poller.staticData),
			settings: { executionOrder: 'v1' },
		});
	}

	function save(workflow: Workflow): void {
		poller.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}

	async function run(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<PollOutcome> {
		const additionalData = additionalDataFor({
			credentialsHelper: new CredentialsHelper(kit.credentialTypes, credentials),
		});
		const node = workflow.nodes[NODE_NAME];
		let emitted: INodeExecutionData[] | undefined;
		let emits = false;
		const emit: IPollFunctions['__emit'] = ([items], _response, done) => {
			emits = true;
			if (poller.storesNothing) done?.reject(new Error('database or disk is full'));
			else emitted = items;
			save(workflow);
		};
		const context = new PollContext(workflow, node, additionalData, mode, activation, emit);
		if (setup.isSilent) Object.assign(context, { __commitCursor: undefined });
		const logs: LogLine[] = [];
		try {
			const result = await withLog(
				logs,
				async () => await kit.nodeTypes.getByName(type).poll!.call(context),
			);
			if (result) save(workflow);
			const found = poller.storesNothing ? undefined : (result?.[0] ?? emitted);
			if (found === undefined) return { items: undefined, emits, error: undefined, logs };
			const outcome = await execute(node, found, mode);
			if (outcome.items) poller.executions.push(outcome.items);
			return { ...outcome, emits, logs: [...logs, ...outcome.logs] };
		} catch (thrown) {
			return { items: undefined, emits, error: thrown as Error, logs };
		}
	}

	/** The execution, as far as the trigger's own part in it. */
	async function execute(
		node: INode,
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode,
	): Promise<PollOutcome> {
		await installSeenStore();
		const { runData, error, logs } = await runWorkflow(
			kit,
			{ nodes: [node], connections: {} },
			{ credentials, items, mode, workflowId },
		);
		const output = runData[NODE_NAME]?.at(-1)?.data?.main[0] ?? undefined;
		return { items: output, emits: false, error, logs };
	}

	const poller: Poller = {
		staticData: setup.staticData ?? {},
		storesNothing: false,
		executions: [],
		async activate(mode = 'activate') {
			const workflow = load();
			const outcome = await run(workflow, 'trigger', mode);
			if (outcome.error) return outcome;
			active = workflow;
			save(workflow);
			return outcome;
		},
		async poll() {
			if (active === undefined) throw new Error('The workflow is not published');
			return await run(active, 'trigger', 'activate');
		},
		test: async () => await execute(load().nodes[NODE_NAME], [{ json: {} }], 'manual'),
		edit(changes) {
			({ parameters = parameters, credentials = credentials } = changes);
		},
	};
	return poller;
}

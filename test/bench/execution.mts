import { performance } from 'node:perf_hooks';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWorkflowBase,
} from 'n8n-workflow';
import { PonponPayApi } from '../../credentials/PonponPayApi.credentials';
import { additionalDataFor } from '../engine/harness/additionalData.mts';
import { CredentialsHelper } from '../engine/harness/credentials.mts';
import { NodeTypes, PASS_THROUGH } from '../engine/harness/nodeTypes.mts';

/** A node, and how it is set. */
export interface Contestant {
	/** As it stands in a workflow: n8n lets its own HTTP Request node, known by this name, use every credential. */
	typeName: string;
	type: INodeType;
	typeVersion: number;
	parameters: INodeParameters;
}

export interface Timed {
	milliseconds: number;
	items: INodeExecutionData[];
}

/** Knows the contestant by its full name. */
class TypesWith extends NodeTypes {
	constructor(private readonly contestant: Contestant) {
		super([]);
	}

	override getByName(name: string): INodeType {
		return name === this.contestant.typeName ? this.contestant.type : super.getByName(name);
	}
}

let lastExecution = 0;

/** Runs the node in n8n's engine over the items, and measures from the engine's start to its end. */
export async function execute(
	contestant: Contestant,
	url: string,
	items: INodeExecutionData[],
): Promise<Timed> {
	const { typeName, typeVersion, parameters } = contestant;
	// n8n's server also reads the credential from its database and decrypts it, for every reader: ours is one reader an execution,
	// the HTTP Request node two an item. That is left out here, to our disadvantage.
	const credentialsHelper = new CredentialsHelper([new PonponPayApi()], {
		ponponPayApi: {
			apiKey: 'sk_sandbox_9f8e7d6c5b4a39281706f5e4d3c2b1a0',
			host: 'custom',
			customUrl: url,
		},
	});
	const node: INode = {
		id: '9d1c54f8-60d1-4f3f-8a53-0d6f7f1a7c02',
		name: 'Node',
		type: typeName,
		typeVersion,
		position: [200, 0],
		parameters,
		credentials: { ponponPayApi: { id: '1', name: 'PonponPay account' } },
	};
	const input: INode = {
		id: '5b0a3c5e-2d52-4bb0-9b0c-6f3a2b6f0a01',
		name: 'Input',
		type: PASS_THROUGH,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	lastExecution += 1;
	const executionId = String(lastExecution);
	const workflowData: IWorkflowBase = {
		id: 'kQ3vT8mZpR5wXy2N',
		name: 'Bench',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [input, node],
		connections: {
			Input: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
	const workflow = new Workflow({ ...workflowData, nodeTypes: new TypesWith(contestant) });
	const additionalData = additionalDataFor({
		credentialsHelper,
		executionId,
		mode: 'trigger',
		workflowData,
	});
	const data = createRunExecutionData({
		resultData: {
			runData: {
				Input: [
					{
						startTime: 0,
						executionTime: 0,
						executionIndex: 0,
						executionStatus: 'success',
						source: [],
						data: { main: [items] },
					},
				],
			},
		},
		executionData: {
			nodeExecutionStack: [
				{ node, data: { main: [items] }, source: { main: [{ previousNode: 'Input' }] } },
			],
		},
	});
	const start = performance.now();
	const run = await new WorkflowExecute(additionalData, 'trigger', data).processRunExecutionData(
		workflow,
	);
	const milliseconds = performance.now() - start;
	const { error, runData } = run.data.resultData;
	if (error !== undefined) throw new Error(`${typeName}: ${error.message}`);
	return { milliseconds, items: runData.Node[0].data?.main[0] ?? [] };
}

import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
} from 'n8n-workflow';
import { NodeConnectionTypes, deepCopy } from 'n8n-workflow';

/** The prefix n8n gives the types of this package once it is installed. */
export const PACKAGE = 'n8n-nodes-ponponpay';

/** Stands for whatever comes before or after our node: hands its items on. */
export const PASS_THROUGH = 'n8n-nodes-base.noOp';

/** Stands for the user's click on "Execute workflow". */
export const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** Stands for the rest of a workflow behind a trigger: tells the test what comes. */
export const REST = 'harness.rest';

type Receiver = (items: INodeExecutionData[]) => Promise<void> | void;

const receivers = new Map<string, Receiver>();

/** Lets the {@link REST} node of this ID tell what comes; gives what ends that. */
export function receiveAs(id: string, receiver: Receiver): () => void {
	receivers.set(id, receiver);
	return () => void receivers.delete(id);
}

async function tellReceiver(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	await receivers.get(this.getNode().id)?.(this.getInputData());
	return [this.getInputData()];
}

/** Stands for an AI agent: calls every connected tool with the arguments in its items. */
export const AGENT = '@n8n/n8n-nodes-langchain.agent';

/** What an {@link AGENT} reports about one tool it found and called. */
export interface ToolCall extends IDataObject {
	name: string;
	description: string;
	/** The names of the arguments that the model must give. */
	argumentNames: string[];
	/** What the model would read: the tool's answer, or the message of what stopped it. */
	answer: string;
	stopped: boolean;
}

/** The parts of a LangChain tool that an agent uses. */
interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, unknown> };
	invoke(args: IDataObject): Promise<string>;
}

function plainDescription(name: string, more: Partial<INodeTypeDescription>): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...more,
	};
}

async function handOn(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [this.getInputData()];
}

async function callTool(tool: Tool, args: IDataObject): Promise<ToolCall> {
	const { name, description } = tool;
	const argumentNames = Object.keys(tool.schema.shape);
	try {
		const answer = await tool.invoke(args);
		return { name, description, argumentNames, answer, stopped: false };
	} catch (error) {
		const answer = error instanceof Error ? error.message : String(error);
		return { name, description, argumentNames, answer, stopped: true };
	}
}

async function callTools(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
	const isAtOnce = this.getNode().parameters.atOnce === true;
	const calls: INodeExecutionData[] = [];
	const underWay: Array<Promise<number>> = [];
	for (const [index, { json: args }] of this.getInputData().entries()) {
		for (const tool of tools) {
			const called = callTool(tool, args).then((json) =>
				calls.push({ json, pairedItem: { item: index } }),
			);
			underWay.push(called);
			if (!isAtOnce) await called;
		}
	}
	await Promise.all(underWay);
	return [calls];
}

const builtIn: Record<string, INodeType> = {
	[PASS_THROUGH]: { description: plainDescription('noOp', {}), execute: handOn },
	[MANUAL_TRIGGER]: {
		description: plainDescription('manualTrigger', { group: ['trigger'], inputs: [] }),
		execute: handOn,
	},
	[REST]: { description: plainDescription('rest', {}), execute: tellReceiver },
	[AGENT]: {
		description: plainDescription('agent', {
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		}),
		execute: callTools,
	},
};

/**
 * The second type that n8n makes of every node with `usableAsTool`: no inputs, one tool output, and a description that the user may
 * write for the model. The behaviour is the node's own.
 */
function asTool(node: INodeType): INodeType {
	const description = deepCopy(node.description);
	const replacements =
		typeof description.usableAsTool === 'object' ? description.usableAsTool.replacements : {};
	Object.assign(description, replacements, {
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	});
	delete description.usableAsTool;
	description.properties.unshift(
		{
			displayName: 'Tool Description',
			name: 'descriptionType',
			type: 'options',
			options: [
				{ name: 'Set Automatically', value: 'auto' },
				{ name: 'Set Manually', value: 'manual' },
			],
			default: 'auto',
		},
		{
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			required: true,
			displayOptions: { show: { descriptionType: ['manual'] } },
		},
	);
	return Object.assign(Object.create(node) as INodeType, { description });
}

/** The full type name of one of our nodes, as it stands in a workflow. */
export function typeName(node: INodeType): string {
	return `${PACKAGE}.${node.description.name}`;
}

/** The node types of a harness: ours under the names n8n gives them, their tools, and the stand-ins for n8n's own. */
export class NodeTypes implements INodeTypes {
	readonly #types: Map<string, INodeType>;

	constructor(ours: readonly INodeType[]) {
		this.#types = new Map(Object.entries(builtIn));
		for (const node of ours) {
			this.#types.set(typeName(node), node);
			if (node.description.usableAsTool) this.#types.set(`${typeName(node)}Tool`, asTool(node));
		}
	}

	getByName(name: string): INodeType {
		const type = this.#types.get(name);
		if (type === undefined) throw new Error(`The harness knows no node type "${name}"`);
		return type;
	}

	getByNameAndVersion(name: string): INodeType {
		return this.getByName(name);
	}

	getKnownTypes(): IDataObject {
		return Object.fromEntries([...this.#types.keys()].map((name) => [name, {}]));
	}
}

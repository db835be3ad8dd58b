import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { credentialReferences, type CredentialData } from './credentials.mts';
import { AGENT, type ToolCall } from './nodeTypes.mts';
import { runWorkflow, type Kit, type RunOutcome } from './run.mts';

/** A node hung on an AI agent as a tool. */
export interface ToolRun {
	/** Full type name of the node (not of its tool); default: the harness's first node. */
	type?: string;
	/** Fields left to the model read `={{ $fromAI('name', 'description', 'string') }}`. */
	parameters: INodeParameters;
	credentials?: CredentialData;
	/** The arguments of each call, as the model would give them. */
	calls: readonly IDataObject[];
	nodeName?: string;
	/** The node's own "Retry On Fail". */
	retryOnFail?: boolean;
	/** All calls at once, as for several chats; else one after another. */
	atOnce?: boolean;
}

export interface ToolOutcome extends RunOutcome {
	calls: ToolCall[];
}

/** Lets an agent call a node of ours as a tool, through the engine. */
export async function runAsTool(kit: Kit, run: ToolRun): Promise<ToolOutcome> {
	const { credentials = {}, nodeName = 'PonponPay', type = kit.mainType } = run;
	const agent: INode = {
		id: 'e1a7d7c6-0f59-4d6f-8a0f-1f0f3c6b7d05',
		name: 'Agent',
		type: AGENT,
		typeVersion: 1,
		position: [0, 0],
		parameters: { atOnce: run.atOnce === true },
	};
	const tool: INode = {
		id: 'f4c2b1a0-3d47-4c1b-9a55-7a2e6d9c8b06',
		name: nodeName,
		type: `${type}Tool`,
		typeVersion: 1,
		position: [0, 200],
		parameters: run.parameters,
		...(run.retryOnFail === true ? { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } : {}),
		credentials: credentialReferences(credentials),
	};
	const outcome = await runWorkflow(
		kit,
		{
			nodes: [agent, tool],
			connections: {
				[nodeName]: {
					[NodeConnectionTypes.AiTool]: [
						[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }],
					],
				},
			},
		},
		{ credentials, items: run.calls },
	);
	const items = outcome.runData.Agent?.[0]?.data?.main?.[0] ?? [];
	return { ...outcome, calls: items.map(({ json }) => json as ToolCall) };
}

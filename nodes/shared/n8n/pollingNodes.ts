import type { IHookFunctions, INode, INodeTypes } from 'n8n-workflow';

/** What n8n's contexts hold of the workflow, beside what their type offers. */
type Insides = { workflow?: { nodes?: Record<string, INode>; nodeTypes?: INodeTypes } };

/**
 * The names of the triggers of this workflow that n8n asks at intervals, of whatever package.
 *
 * When one of them starts the workflow, n8n saves what it keeps for all nodes of the workflow as that stood when the trigger was
 * published, and so puts back what another trigger has stored since.
 *
 * Seen in n8n-core 1.120 to 2.41: the nodes and their types in the context of a hook. Without it such a workflow could be published,
 * and callbacks that are signed with the webhook secret be refused as soon as the other trigger has started it.
 */
export function pollingNodes(context: IHookFunctions): string[] {
	const { nodes = {}, nodeTypes } = (context as unknown as Insides).workflow ?? {};
	return Object.values(nodes)
		.filter(({ type, typeVersion, disabled }) => {
			const found = nodeTypes?.getByNameAndVersion(type, typeVersion);
			return disabled !== true && found?.description.polling === true;
		})
		.map(({ name }) => name);
}

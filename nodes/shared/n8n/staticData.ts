import type { IDataObject, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

/**
 * What n8n keeps for a node with its workflow, to be read and changed in place.
 *
 * n8n promises less than it seems. Seen in 1.123.81 and 2.41.1:
 * - it travels with an exported or copied workflow, so what stands there may be another node's;
 * - it is found by the node's name, so a renamed node starts with nothing;
 * - the test URL has other data than the production URL;
 * - it is saved as a whole with the workflow's, last write wins: no lock, and one trigger puts back what another has changed;
 * - 2.38 to 2.41 save nothing of what `webhook()` changes when it starts an execution; a poll's changes are saved only beside the
 *   execution it starts, or with the activation. With N8N_POLLER_DURABLE_CURSORS_ENABLED (2.41) a poll has a place of its own,
 *   saved with every poll, and in one transaction with the execution;
 * - it is wrapped member by member at each load: what is large is better stored as one text.
 *
 * Seen in n8n-core 1.120 to 2.41: the same object at each call, plain JSON when it is stored. Without that a trigger would
 * register a new webhook at each activation, and a poll emit all orders again. What the server saves, and when, is held on 2.41.1
 * and 1.123.81 by test/e2e/registration.test.mts and test/e2e/poll.test.mts.
 */
export function nodeStaticData(
	context: IHookFunctions | IWebhookFunctions | IPollFunctions,
): IDataObject {
	return context.getWorkflowStaticData('node');
}

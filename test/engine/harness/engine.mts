import type { ICredentialType, INodeType } from 'n8n-workflow';
import { testCredential } from './credentialTest.mts';
import { listSearch, loadOptions } from './lists.mts';
import { NodeTypes, typeName } from './nodeTypes.mts';
import { openPoller } from './poll.mts';
import { resumeExecution, retryExecution, runNode, runWorkflow, type Kit } from './run.mts';
import { runAsTool } from './tool.mts';
import { openTrigger } from './trigger.mts';

type WithoutKit<Fn> = Fn extends (kit: Kit, ...rest: infer Rest) => infer Result
	? (...rest: Rest) => Result
	: never;

/**
 * n8n's engine with our nodes in it.
 *
 * Everything runs for real: n8n's workflow and expression code, its node contexts, its HTTP helper, real connections to servers on
 * this machine. Only what n8n's *server* adds is rebuilt here: holding credentials, testing them, and receiving webhooks.
 */
export interface Engine {
	runNode: WithoutKit<typeof runNode>;
	runWorkflow: WithoutKit<typeof runWorkflow>;
	retryExecution: WithoutKit<typeof retryExecution>;
	resumeExecution: WithoutKit<typeof resumeExecution>;
	runAsTool: WithoutKit<typeof runAsTool>;
	openTrigger: WithoutKit<typeof openTrigger>;
	openPoller: WithoutKit<typeof openPoller>;
	loadOptions: WithoutKit<typeof loadOptions>;
	listSearch: WithoutKit<typeof listSearch>;
	testCredential: WithoutKit<typeof testCredential>;
}

/** Builds an engine. The first node is the one meant wherever no type is named. */
export function createEngine(parts: {
	nodes: readonly [INodeType, ...INodeType[]];
	credentialTypes: readonly ICredentialType[];
}): Engine {
	const kit: Kit = {
		nodeTypes: new NodeTypes(parts.nodes),
		credentialTypes: parts.credentialTypes,
		mainType: typeName(parts.nodes[0]),
	};
	return {
		runNode: async (...rest) => await runNode(kit, ...rest),
		runWorkflow: async (...rest) => await runWorkflow(kit, ...rest),
		retryExecution: async (...rest) => await retryExecution(kit, ...rest),
		resumeExecution: async (...rest) => await resumeExecution(kit, ...rest),
		runAsTool: async (...rest) => await runAsTool(kit, ...rest),
		openTrigger: async (...rest) => await openTrigger(kit, ...rest),
		openPoller: (...rest) => openPoller(kit, ...rest),
		loadOptions: async (...rest) => await loadOptions(kit, ...rest),
		listSearch: async (...rest) => await listSearch(kit, ...rest),
		testCredential: async (...rest) => await testCredential(kit, ...rest),
	};
}

import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type {
	ICredentialsHelper,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** What a run needs to know beside its workflow. */
export interface Surroundings {
	credentialsHelper: ICredentialsHelper;
	/** n8n numbers executions; absent for what is not one (lists, credential tests, hooks). */
	executionId?: string;
	mode?: WorkflowExecuteMode;
	/** The execution that "Retry execution" repeats. */
	retryOf?: string;
	workflowData?: IWorkflowBase;
	/** Where n8n can be reached, without a slash at the end. */
	baseUrl?: string;
}

function notOffered(what: string): () => never {
	return () => {
		throw new Error(`The harness offers no ${what}`);
	};
}

/** n8n's "additional data": what its server tells the engine about itself, here for a server on its own with nothing special on. */
export function additionalDataFor(surroundings: Surroundings): IWorkflowExecuteAdditionalData {
	const { credentialsHelper, executionId, mode = 'manual', retryOf, workflowData } = surroundings;
	const baseUrl = surroundings.baseUrl ?? 'http://127.0.0.1:5678';
	return {
		credentialsHelper,
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId,
		hooks:
			executionId === undefined || workflowData === undefined
				? undefined
				: new ExecutionLifecycleHooks(mode, executionId, workflowData, retryOf),
		currentNodeExecutionIndex: 0,
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		variables: {},
		logAiEvent: () => {},
		executeWorkflow: notOffered('sub-workflows'),
		getRunExecutionData: notOffered('other executions'),
		getRuntimeCredential: notOffered('run-time credentials'),
		startRunnerTask: notOffered('task runners'),
	};
}

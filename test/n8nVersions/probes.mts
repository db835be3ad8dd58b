import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { createEngine } from '../engine/harness/engine.mts';
import { PACKAGE } from '../engine/harness/nodeTypes.mts';

/** A credential with a field that holds what the test gives it. */
class ProbeApi implements ICredentialType {
	name = 'probeApi';
	displayName = 'Probe API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Host', name: 'host', type: 'string', default: 'https://example.com' },
	];
	authenticate: ICredentialType['authenticate'] = {
		type: 'generic',
		properties: { headers: { 'X-Probe-Key': '={{$credentials.key}}' } },
	};
}

const base = {
	group: ['transform'] as INodeTypeDescription['group'],
	version: 1,
	description: 'Runs what the test says',
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
	credentials: [{ name: 'probeApi', required: false }],
	properties: [
		{ displayName: 'Word', name: 'word', type: 'string' as const, default: '' },
		{ displayName: 'Options', name: 'options', type: 'json' as const, default: '{}' },
	],
};

export type Execute = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** What a node put out that put out one object. */
export function oneItem(json: IDataObject): INodeExecutionData[][] {
	return [[{ json, pairedItem: { item: 0 } }]];
}

/** n8n's engine with one node in it, whose `execute()` is the test's. */
export function engineOf(execute: Execute, { outputs = 3 } = {}) {
	class ProbeNode implements INodeType {
		description: INodeTypeDescription = {
			...base,
			displayName: 'Probe',
			name: 'probe',
			defaults: { name: 'Probe' },
			outputs: base.outputs.slice(0, outputs),
			usableAsTool: true,
		};

		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await execute(this);
		}
	}
	return createEngine({ nodes: [new ProbeNode()], credentialTypes: [new ProbeApi()] });
}

export const PROBE = `${PACKAGE}.probe`;

/** n8n's engine with one trigger in it, whose methods are the test's. */
export function triggerOf(
	webhook: (context: IWebhookFunctions) => Promise<IWebhookResponseData>,
	{
		create = async () => true,
		description = {},
		nodes = [],
	}: {
		create?: (context: IHookFunctions) => Promise<boolean>;
		description?: Partial<IWebhookDescription>;
		/** What else there is. */
		nodes?: INodeType[];
	} = {},
) {
	class ProbeTrigger implements INodeType {
		description: INodeTypeDescription = {
			...base,
			displayName: 'Probe Trigger',
			name: 'probeTrigger',
			defaults: { name: 'Probe Trigger' },
			inputs: [],
			webhooks: [
				{
					name: 'default',
					httpMethod: 'POST',
					path: 'probe',
					responseMode: 'onReceived',
					responseData: 'OK',
					...description,
				},
			],
		};

		webhookMethods = {
			default: {
				async checkExists(this: IHookFunctions) {
					return false;
				},
				async create(this: IHookFunctions) {
					return await create(this);
				},
				async delete(this: IHookFunctions) {
					return true;
				},
			},
		};

		async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
			return await webhook(this);
		}
	}
	return createEngine({ nodes: [new ProbeTrigger(), ...nodes], credentialTypes: [new ProbeApi()] });
}

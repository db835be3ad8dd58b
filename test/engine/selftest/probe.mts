import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

/** A small credential that authenticates generically, like ours. */
export class ProbeApi implements ICredentialType {
	name = 'probeApi';
	displayName = 'Probe API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{ displayName: 'Key', name: 'key', type: 'string', default: 'default-key' },
	];
	authenticate: ICredentialType['authenticate'] = {
		type: 'generic',
		properties: { headers: { 'X-Probe-Key': '={{$credentials.key}}' } },
	};
	test: ICredentialType['test'] = {
		request: { baseURL: '={{$credentials.url}}', url: '/me', method: 'POST' },
		rules: [{ type: 'responseCode', properties: { value: 401, message: 'The key was refused' } }],
	};
}

/** A small node that posts a word to a server and puts out what came back: shows what the harness does, nothing more. */
export class Probe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'Posts a word',
		defaults: { name: 'Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'probeApi', required: true }],
		properties: [
			{ displayName: 'Word', name: 'word', type: 'string', default: '', required: true },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { url } = await this.getCredentials<{ url: string }>('probeApi');
		const results: INodeExecutionData[] = [];
		for (const [index] of this.getInputData().entries()) {
			const word = this.getNodeParameter('word', index) as string;
			try {
				this.logger.info('posting', { word });
				if (word === 'bad') throw new NodeOperationError(this.getNode(), 'That word is not good');
				if (word === 'careless') {
					const description = JSON.stringify(await this.getCredentials('probeApi'));
					throw new NodeOperationError(this.getNode(), 'Oops', { description });
				}
				const answer = (await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
					url: `${url}/words`,
					method: 'POST',
					body: { word, run: `${this.getExecutionId()}` },
				})) as IDataObject;
				results.push({ json: answer, pairedItem: { item: index } });
			} catch (error) {
				if (!this.continueOnFail()) {
					throw error as Error;
				}
				results.push({
					json: { error: error instanceof Error ? error.message : 'not an error' },
					pairedItem: { item: index },
				});
			}
		}
		return [results];
	}
}

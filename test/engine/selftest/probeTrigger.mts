import type {
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/** A small trigger that does what the body's `do` says: shows how n8n treats each thing a `webhook()` may return. */
export class ProbeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe Trigger',
		name: 'probeTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Does as it is told',
		defaults: { name: 'Probe Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'probe',
				responseMode: '={{ $parameter.respond }}',
				responseData: 'OK',
			},
		],
		properties: [
			{
				displayName: 'Respond',
				name: 'respond',
				type: 'options',
				options: [
					{ name: 'At Once', value: 'onReceived' },
					{ name: 'At the End', value: 'lastNode' },
				],
				default: 'onReceived',
			},
		],
	};

	methods = {
		listSearch: {
			async letters(
				this: ILoadOptionsFunctions,
				filter?: string,
				page?: string,
			): Promise<INodeListSearchResult> {
				const respond = this.getCurrentNodeParameter('respond');
				return { results: [{ name: `${filter} ${page} ${respond}`, value: 'a' }] };
			},
		},
		loadOptions: {
			async words(this: ILoadOptionsFunctions) {
				return [{ name: String(this.getNodeParameter('respond')), value: 'w' }];
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return this.getWorkflowStaticData('node').hook !== undefined;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const data = this.getWorkflowStaticData('node');
				data.hook = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				this.logger.warn('removing');
				delete this.getWorkflowStaticData('node').hook;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { rawBody } = this.getRequestObject() as { rawBody?: Buffer };
		const response = this.getResponseObject();
		this.getWorkflowStaticData('node').seen = true;
		const json = { raw: String(rawBody), headers: { ...this.getHeaderData() } };
		switch ((this.getBodyData() as { do?: string } | undefined)?.do) {
			case 'refuse':
				response.status(401).json({ message: 'no' });
				return { noWebhookResponse: true };
			case 'ignore':
				return { webhookResponse: 'ignored' };
			case 'nothing':
				return {};
			case 'hang':
				return { noWebhookResponse: true };
			case 'crash':
				throw new TypeError('crashed');
			default:
				return { workflowData: [[{ json }]] };
		}
	}
}

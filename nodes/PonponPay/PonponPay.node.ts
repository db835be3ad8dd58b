import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { ponponPayApiTest } from '../shared/api/credentialTest';
import { WAKE_WEBHOOKS } from '../shared/n8n/resumeUrl';
import { executeOperation } from './executeOperation';
import { searchCurrencies, searchNetworks } from './methods/paymentMethodSearch';
import {
	searchDisputes,
	searchOrders,
	searchRefunds,
	searchWebhooks,
} from './methods/recordSearch';
import { OPERATIONS_WITHOUT_CREDENTIAL, properties } from './properties';
import { OPERATION_SUBTITLE } from './subtitle';
import { receiveCallback } from './wait/wakeUp';
import { OUTPUTS_EXPRESSION } from './wait/outcome';
import { WAITING_TOOLTIP } from './wait/waitingTooltip';

export class PonponPay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PonponPay',
		name: 'ponponPay',
		icon: { light: 'file:../../icons/ponponpay.svg', dark: 'file:../../icons/ponponpay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: OPERATION_SUBTITLE,
		description:
			'Take USDT and USDC payments: create orders and payment links, look them up, cancel them',
		defaults: { name: 'PonponPay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS_EXPRESSION,
		credentials: [
			{
				name: 'ponponPayApi',
				required: true,
				testedBy: 'ponponPayApiTest',
				displayOptions: { hide: { operation: OPERATIONS_WITHOUT_CREDENTIAL } },
			},
		],
		webhooks: WAKE_WEBHOOKS,
		waitingNodeTooltip: WAITING_TOOLTIP,
		properties,
	};

	methods = {
		credentialTest: { ponponPayApiTest },
		listSearch: {
			searchCurrencies,
			searchDisputes,
			searchNetworks,
			searchOrders,
			searchRefunds,
			searchWebhooks,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this);
	}

	/** Called only while an execution is suspended by one of the waiting operations. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { ponponPayApiTest } from '../shared/api/credentialTest';
import { findOperation } from './actions';
import { searchCurrencies, searchNetworks } from './methods/paymentMethodSearch';
import { searchDisputes, searchOrders, searchRefunds } from './methods/recordSearch';
import { properties } from './properties';
import { runItems } from './runItems';

export class PonponPay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PonponPay',
		name: 'ponponPay',
		icon: { light: 'file:ponponpay.svg', dark: 'file:ponponpay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Take USDT and USDC payments: create orders and payment links, look them up, cancel them',
		defaults: { name: 'PonponPay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ponponPayApi', required: true, testedBy: 'ponponPayApiTest' }],
		properties,
	};

	methods = {
		credentialTest: { ponponPayApiTest },
		listSearch: { searchCurrencies, searchDisputes, searchNetworks, searchOrders, searchRefunds },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operationOf = (itemIndex: number) =>
			findOperation(
				this.getNodeParameter('resource', itemIndex),
				this.getNodeParameter('operation', itemIndex),
			);
		return [await runItems(this, operationOf)];
	}
}

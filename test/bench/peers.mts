import { createRequire } from 'node:module';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { PonponPay } from '../../nodes/PonponPay/PonponPay.node';
import type { Contestant } from './execution.mts';

const locator = (value: string): INodeParameters => ({ __rl: true, mode: 'list', value });

/** Ours, as a user leaves it. */
export const ours: Contestant = {
	typeName: 'n8n-nodes-ponponpay.ponponPay',
	type: new PonponPay(),
	typeVersion: 1,
	parameters: {
		resource: 'order',
		operation: 'create',
		amount: '={{ $json.amount }}',
		currency: locator('USDT'),
		network: locator('tron'),
	},
};

export const oursAtMost = (concurrency: number): Contestant => ({
	...ours,
	parameters: { ...ours.parameters, options: { concurrency } },
});

export const oursList: Contestant = {
	...ours,
	parameters: { resource: 'order', operation: 'getAll', returnAll: true },
};

/** n8n's own HTTP Request node, as a user sets it for the same call; everything else is left as it comes. */
export function httpRequest(url: string): Contestant {
	// Of the n8n beside which this file lies, not of ours.
	const { HttpRequest } = createRequire(__filename)(
		'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	) as {
		HttpRequest: new () => { nodeVersions: Record<string, INodeType>; currentVersion: number };
	};
	const versions = new HttpRequest();
	return {
		typeName: 'n8n-nodes-base.httpRequest',
		type: versions.nodeVersions[versions.currentVersion],
		typeVersion: versions.currentVersion,
		parameters: {
			method: 'POST',
			url: `${url}/api/v1/pay/sdk/order/add`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'ponponPayApi',
			sendBody: true,
			specifyBody: 'keypair',
			bodyParameters: {
				parameters: [
					{ name: 'amount', value: '={{ $json.amount }}' },
					{ name: 'currency', value: 'USDT' },
					{ name: 'network', value: 'tron' },
					{ name: 'mch_order_id', value: '={{ $execution.id }}-{{ $itemIndex }}' },
				],
			},
		},
	};
}

/** One item after the other, as most nodes of the field do it: nothing but the call. */
class OneByOne implements INodeType {
	description = {
		displayName: 'One By One',
		name: 'oneByOne',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: { name: 'One By One' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ponponPayApi', required: true }],
		properties: [
			{ displayName: 'Amount', name: 'amount', type: 'string' as const, default: '' },
			{ displayName: 'URL', name: 'url', type: 'string' as const, default: '' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (let item = 0; item < this.getInputData().length; item += 1) {
			const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'ponponPayApi', {
				method: 'POST',
				url: this.getNodeParameter('url', item) as string,
				body: {
					amount: Number(this.getNodeParameter('amount', item)),
					currency: 'USDT',
					network: 'tron',
					mch_order_id: `${this.getExecutionId()}-${item}`,
				},
				json: true,
			});
			output.push({ json: answer.data, pairedItem: { item } });
		}
		return [output];
	}
}

export function oneByOne(url: string): Contestant {
	return {
		typeName: 'n8n-nodes-bench.oneByOne',
		type: new OneByOne(),
		typeVersion: 1,
		parameters: { amount: '={{ $json.amount }}', url: `${url}/api/v1/pay/sdk/order/add` },
	};
}

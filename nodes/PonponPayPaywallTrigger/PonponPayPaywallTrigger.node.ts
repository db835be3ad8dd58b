import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { ponponPayApiTest } from '../shared/api/credentialTest';

import { paywallProperties } from './paywallFields';
import { PAYWALL_WEBHOOK } from './paywallResponse';
import { checkPaywall } from './checkPaywall';
import { passPaid } from './passPaid';
import { receiveCall } from './receiveCall';

export class PonponPayPaywallTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PonponPay Paywall Trigger',
		name: 'ponponPayPaywallTrigger',
		icon: { light: 'file:../../icons/ponponpay.svg', dark: 'file:../../icons/ponponpay.dark.svg' },
		group: ['trigger'],
		// Not 1: for webhooks of that version n8n evaluates an old option of its own Webhook node at every call.
		version: 2,
		subtitle: '={{ $parameter["price"] + " USD a call" }}',
		description: 'Sell a workflow by the call: agents and programs pay in USDC, with x402',
		eventTriggerDescription: 'Waiting for a paid call',
		activationMessage: 'Paid calls to the Production URL now start this workflow.',
		defaults: { name: 'PonponPay Paywall Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ponponPayApi', required: true, testedBy: 'ponponPayApiTest' }],
		webhooks: [
			{
				name: 'default',
				isFullPath: true,
				responseBinaryPropertyName: 'data',
				...PAYWALL_WEBHOOK,
			} as NonNullable<INodeTypeDescription['webhooks']>[number],
		],
		properties: paywallProperties,
	};

	methods = { credentialTest: { ponponPayApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// What is sold stands in the merchant's dashboard, which only the merchant can change.
				return await checkPaywall(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await checkPaywall(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	/** What webhook() has let in comes through here, in the execution that it has started. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await passPaid(this)];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCall(this);
	}
}

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
import { EVENTS_SUBTITLE } from '../shared/trigger/eventFields';

import { passOnce } from './passOnce';
import { receive } from './receive';
import { RESPONSE } from './response';
import { hookExists, registerHook, removeHook } from './registration';
import { triggerProperties } from './triggerFields';

export class PonponPayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PonponPay Trigger',
		name: 'ponponPayTrigger',
		icon: { light: 'file:../../icons/ponponpay.svg', dark: 'file:../../icons/ponponpay.dark.svg' },
		group: ['trigger'],
		// Not 1: for webhooks of that version n8n evaluates an old option of its own Webhook node at every delivery.
		version: 2,
		subtitle: EVENTS_SUBTITLE,
		// n8n shows action and trigger as one entry, with this text.
		description:
			'Take USDT and USDC payments, and start workflows when orders are paid, expire or are cancelled',
		eventTriggerDescription: 'Waiting for a callback from PonponPay',
		activationMessage: 'PonponPay callbacks to the Production URL now start this workflow.',
		defaults: { name: 'PonponPay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ponponPayApi', required: true, testedBy: 'ponponPayApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				...RESPONSE,
				path: 'webhook',
			},
		],
		properties: triggerProperties,
	};

	methods = { credentialTest: { ponponPayApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hookExists(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await registerHook(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await removeHook(this);
			},
		},
	};

	/** What webhook() has let in comes through here, in the execution that it has started. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await passOnce(this)];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}

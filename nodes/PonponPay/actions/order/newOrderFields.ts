import { optional } from '../../../shared/fields/compose';
import type { Values } from '../../../shared/fields/field';
import { choice, toggle } from '../../../shared/fields/choices';
import { amount } from '../../../shared/fields/numbers';
import { ownId, url } from '../../../shared/fields/texts';
import { InvalidInput } from '../../../shared/model/invalidInput';
import {
	isOutOfReach,
	requireCallbackUrl,
	requirePublicUrl,
} from '../../../shared/model/publicUrl';
import { executionUrl } from '../../capabilities';
import type { OperationContext } from '../operation';

/** Fields that all operations have that create an order. */

export const orderAmount = amount({
	displayName: 'Amount',
	placeholder: '25.00',
	description:
		'What the customer pays, in the stablecoin (1 USDT is about 1 USD). Write decimals with a point.',
});

const notifyUrl = optional(
	url({
		displayName: 'Notify URL',
		placeholder: 'https://n8n.example.com/webhook/payments',
		description:
			'Address PonponPay calls when this order changes, such as the URL of a PonponPay Trigger',
	}),
);

export const merchantOrderId = optional(
	ownId({
		displayName: 'Merchant Order ID',
		placeholder: 'shop-1042',
		description:
			'ID of the order in your shop: asking again with the same ID gives the same order. If empty, one is made up.',
	}),
);

/** What to do where the order that has the ID can no longer be paid. */
export const ifExpired = choice(
	{
		displayName: 'If the Order Has Expired',
		description: 'What to do when the order with this ID is there already, expired or cancelled',
	},
	[
		{
			name: 'Create a New One',
			value: 'createNew',
			description: 'Under the same ID with -2 behind it, then -3 and so on',
		},
		{ name: 'Say So', value: 'fail', description: 'The item fails, and nothing is created' },
	],
	'fail',
);

/** What every new order may have. */
export const commonOptions = {
	ifExpired,
	merchantOrderId,
	redirectUrl: optional(
		url({
			displayName: 'Redirect URL',
			placeholder: 'https://shop.example.com/thanks',
			description: 'Page the customer is sent to after paying',
		}),
	),
};

/** Who hears about the order. */
export const notifyOptions = {
	notifyExecution: toggle(
		{
			displayName: 'Notify This Execution',
			description:
				'Whether PonponPay wakes a Wait for Payment that follows in this workflow. Leave Notify URL empty then.',
		},
		false,
	),
	notifyUrl,
};

/** The id of a new order, made up where none is given, and its redirect, under the names of the wire. */
export function commonRequest(
	{ merchantOrderId, redirectUrl }: Values<typeof commonOptions>,
	context: OperationContext,
): { mch_order_id: string; redirect_url?: string } {
	return {
		mch_order_id: merchantOrderId ?? context.derivedId('order'),
		redirect_url: redirectUrl,
	};
}

/** @throws InvalidInput for an address that PonponPay cannot reach, and for two addresses at once */
export function notifyRequest(
	given: Values<typeof notifyOptions>,
	context: OperationContext,
): { notify_url?: string } {
	if (given.notifyExecution) {
		if (given.notifyUrl === undefined) return { notify_url: reachableExecutionUrl(context) };
		const rule = 'must be empty with Notify This Execution';
		throw new InvalidInput(notifyUrl.label, given.notifyUrl, rule);
	}
	if (given.notifyUrl === undefined) return {};
	return { notify_url: requireCallbackUrl(notifyUrl.label, given.notifyUrl, context.client.host) };
}

/** Messages name its origin only: what follows wakes the execution. */
function reachableExecutionUrl({ client, use }: OperationContext): string {
	const address = use(executionUrl)();
	const field = 'The address of this n8n server (WEBHOOK_URL)';
	const { origin } = new URL(address);
	if (isOutOfReach(address, client.host)) {
		throw new InvalidInput(
			field,
			origin,
			'must be one that PonponPay can reach; where there is none, let the waiting node learn of the payment by Polling',
		);
	}
	requirePublicUrl(field, origin);
	return address;
}

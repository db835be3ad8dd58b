import { choices } from '../../../shared/fields/choices';
import { url } from '../../../shared/fields/texts';
import { EVENTS } from '../../../shared/model/event';
import { requireCallbackUrl } from '../../../shared/model/publicUrl';
import { eventChoices } from '../../../shared/trigger/eventFields';
import { operation } from '../operation';

const hookUrl = url({
	displayName: 'URL',
	placeholder: 'https://shop.example.com/ponponpay',
	description: 'Address that PonponPay calls',
});

export const createWebhook = operation({
	name: 'Create',
	description:
		'Register an address for PonponPay to call. A PonponPay Trigger does this for itself.',
	action: 'Create webhook',
	fields: {
		url: hookUrl,
		events: choices(
			{ displayName: 'Events', description: 'Which events PonponPay reports to it' },
			eventChoices(EVENTS),
			['order.paid'],
		),
	},
	async run({ url: given, events }, { client }) {
		const address = requireCallbackUrl(hookUrl.label, given, client.host);
		// PonponPay shows the secret once, here: the receiver needs it to check signatures.
		return (await client.ask('webhookAdd', { url: address, events })).value;
	},
});

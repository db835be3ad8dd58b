import { choices, url } from '../../../shared/fields/kinds';
import { EVENTS } from '../../../shared/model/event';
import { requireCallbackUrl } from '../../../shared/model/publicUrl';
import { toWebhook } from '../../../shared/model/webhook';
import { eventChoices } from '../../../shared/trigger/eventFields';
import { operation } from '../operation';
import { wireObject } from '../output';

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
		const wire = wireObject(await client.call('webhookAdd', { url: address, events }));
		return { ...toWebhook(wire), secret: typeof wire.secret === 'string' ? wire.secret : null };
	},
});

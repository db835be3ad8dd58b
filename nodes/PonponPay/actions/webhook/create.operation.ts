import { requireCallbackUrl } from '../../../shared/model/publicUrl';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { EVENTS } from '../../../shared/model/event';
import { toWebhook } from '../../../shared/model/webhook';
import { eventOptions } from '../../../shared/trigger/eventFields';
import type { Operation } from '../operation';
import { wireObject } from '../output';

export const create: Operation = {
	name: 'Create',
	description:
		'Register an address for PonponPay to call. A PonponPay Trigger does this for itself.',
	action: 'Create webhook',
	fields: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://shop.example.com/ponponpay',
			description: 'Address that PonponPay calls',
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			required: true,
			default: ['order.paid'],
			options: eventOptions(EVENTS),
			description: 'Which events PonponPay reports to it',
		},
	],
	async run(context) {
		const url = requireCallbackUrl('URL', context.field('url'), context.client.host);
		const events = context.field('events');
		if (!Array.isArray(events) || events.length === 0) {
			throw new InvalidInput('Events', events, 'must name at least one event');
		}
		// PonponPay shows the secret once, here: the receiver needs it to check signatures.
		const wire = wireObject(await context.client.call('webhookAdd', { url, events }));
		return { ...toWebhook(wire), secret: typeof wire.secret === 'string' ? wire.secret : null };
	},
};

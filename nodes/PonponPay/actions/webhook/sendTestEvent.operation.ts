import { EVENTS } from '../../../shared/model/event';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { requirePublicUrl } from '../../../shared/model/publicUrl';
import { sampleBody } from '../../../shared/signature/sampleEvent';
import { eventOptions } from '../../../shared/trigger/eventFields';
import type { Operation } from '../operation';

export const sendTestEvent: Operation = {
	name: 'Send Test Event',
	description:
		'Send a signed sample to a PonponPay Trigger, to build a workflow before the first sale. No money moves.',
	action: 'Send test event',
	fields: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://n8n.example.com/webhook-test/payments',
			description: 'Test URL of the PonponPay Trigger. Press "Execute step" there first.',
		},
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			required: true,
			default: 'order.paid',
			options: eventOptions(EVENTS),
			description: 'What the sample tells',
		},
		{
			displayName:
				'The workflow that receives the sample runs as if it were real. If the credential has a merchant ID, set <b>Options → Signature</b> of the trigger to <b>API Key</b> while you build.',
			name: 'signatureNotice',
			type: 'notice',
			default: '',
		},
	],
	isLocal: true,
	async run(context) {
		const url = requirePublicUrl('URL', context.field('url'));
		const event = EVENTS.find((known) => known === context.field('event'));
		if (event === undefined) {
			throw new InvalidInput('Event', context.field('event'), 'must be one of the list');
		}
		const id = context.derivedId('sample').replace(/\W/g, '').slice(-16).toUpperCase();
		const now = Math.floor(Date.now() / 1000);
		const signed = await context.callbacks.sign((environment) =>
			sampleBody(event, { environment, id, now }),
		);
		const outcome = await context.post(url, signed.headers, signed.body);
		if (outcome === 'unreachable') {
			throw new InvalidInput('URL', url, 'must be reachable from n8n');
		}
		const { status, answer } = outcome;
		if (status === 401 && signed.isEd25519Expected) {
			context.hint(
				'The credential has a merchant ID, so that its receivers take only what PonponPay has signed with Ed25519. Set Options → Signature of the trigger to API Key while you build.',
			);
		}
		if (status === 404 && url.includes('/webhook-test/')) {
			context.hint(
				'Press "Execute step" in the PonponPay Trigger first, so that n8n listens; then run this again.',
			);
		}
		return {
			isAccepted: status >= 200 && status < 300,
			statusCode: status,
			answer,
			event,
			eventId: `sample_${id}`,
			environment: signed.environment,
			signedWith: [...signed.schemes],
			isSample: true,
		};
	},
};

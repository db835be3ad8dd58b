import { notice } from '../../../shared/fields/compose';
import { choice } from '../../../shared/fields/choices';
import { url } from '../../../shared/fields/texts';
import { EVENTS } from '../../../shared/model/event';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { sampleBody } from '../../../shared/signature/sampleEvent';
import { eventChoices } from '../../../shared/trigger/eventFields';
import { callbacks, outsidePost } from '../../capabilities';
import { operation } from '../operation';

const triggerUrl = url({
	displayName: 'URL',
	placeholder: 'https://n8n.example.com/webhook-test/payments',
	description: 'Test URL of the PonponPay Trigger. Press "Execute step" there first.',
});

export const sendTestEvent = operation({
	name: 'Send Test Event',
	description:
		'Send a signed sample to a PonponPay Trigger, to build a workflow before the first sale. No money moves.',
	action: 'Send test event',
	fields: {
		url: triggerUrl,
		event: choice(
			{ displayName: 'Event', description: 'What the sample tells' },
			eventChoices(EVENTS),
			'order.paid',
		),
		signatureNotice: notice(
			'The workflow that receives the sample runs as if it were real. If the credential has a merchant ID, set <b>Options → Signature</b> of the trigger to <b>API Key</b> while you build.',
		),
	},
	isLocal: true,
	async run({ url: address, event }, context) {
		const id = context.derivedId('sample').replace(/\W/g, '').slice(-16).toUpperCase();
		const now = Math.floor(Date.now() / 1000);
		const signed = await context
			.use(callbacks)
			.sign((environment) => sampleBody(event, { environment, id, now }));
		const outcome = await context.use(outsidePost)(address, signed.headers, signed.body);
		if (outcome === 'unreachable') {
			throw new InvalidInput(triggerUrl.label, address, 'must be reachable from n8n');
		}
		const { status, answer } = outcome;
		if (status === 401 && signed.isEd25519Expected) {
			context.hint(
				'The credential has a merchant ID, so that its receivers take only what PonponPay has signed with Ed25519. Set Options → Signature of the trigger to API Key while you build.',
			);
		}
		if (status === 404 && address.includes('/webhook-test/')) {
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
});

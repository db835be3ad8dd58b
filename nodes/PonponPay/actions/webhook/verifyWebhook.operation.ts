import type { IDataObject } from 'n8n-workflow';

import { cases, notice } from '../../../shared/fields/compose';
import { choice } from '../../../shared/fields/choices';
import { json } from '../../../shared/fields/jsonObject';
import { exactText, text } from '../../../shared/fields/texts';
import { HIDDEN, InvalidInput } from '../../../shared/model/invalidInput';
import { signature } from '../../../shared/trigger/signatureField';
import { explainRefusal } from '../../../shared/signature/explainRefusal';
import { RequestHeaders } from '../../../shared/signature/headers';
import type { Refusal } from '../../../shared/signature/refusal';
import { callbacks, files } from '../../capabilities';
import { operation, type OperationContext } from '../operation';

const rawBody = exactText({
	displayName: 'Body',
	placeholder: '{"type":"order.paid","data":{"trade_id":"P20261122083015123456"}}',
	description: 'The raw body of the callback',
});

export const verifyWebhook = operation({
	name: 'Verify',
	description:
		"Check and read a callback that came through n8n's Webhook node. The PonponPay Trigger does this by itself.",
	action: 'Verify webhook',
	fields: {
		rawBodyNotice: notice(
			'The Webhook node must have <b>Options → Raw Body</b> switched on: the signature is over the bytes as they were sent.',
		),
		bodySource: cases(
			choice(
				{ displayName: 'Body Is In', description: 'Where the raw body of the callback is' },
				[
					{ name: 'Base64', value: 'base64', description: 'The raw body as a text in base64' },
					{
						name: 'Binary Property',
						value: 'binary',
						description: "Where n8n's Webhook node puts it",
					},
					{
						name: 'Text',
						value: 'text',
						description: 'The raw body as a text, exactly as it was sent',
					},
				],
				'binary',
			),
			{
				binary: {
					binaryProperty: text(
						{
							displayName: 'Binary Property',
							description: 'Name of the binary property that holds the raw body',
						},
						'data',
					),
				},
				text: { body: rawBody },
				base64: { body: rawBody },
			},
		),
		headers: json(
			{ displayName: 'Headers', description: 'The headers of the callback, as an object' },
			'={{ $json.headers }}',
		),
	},
	options: { signature },
	isLocal: true,
	async run({ bodySource, headers, options }, context) {
		const body =
			bodySource.is === 'binary'
				? await readBinary(bodySource.binaryProperty, context)
				: bodySource.is === 'text'
					? Buffer.from(bodySource.body, 'utf8')
					: fromBase64(bodySource.body);
		const delivery = { headers: RequestHeaders.fromAnySpelling(headers.value), body };
		const checked = await context.use(callbacks).check(delivery, options.signature);
		if ('refusal' in checked) return refusedOutput(checked.refusal, checked.change);
		const { event, identity, scheme } = checked;
		return {
			isValid: true,
			reason: null,
			message: null,
			statusCode: 200,
			scheme,
			event: event.type,
			eventId: event.eventId,
			dedupeKey: identity.dedupeKey,
			order: event.order,
			refund: event.refund,
			dispute: event.dispute,
		};
	},
});

/** Holds nothing of the body: what is not proven must not look like an event. */
function refusedOutput(refusal: Refusal, change?: string): IDataObject {
	const sentences = [`The callback must not be trusted: ${explainRefusal(refusal)}`, change];
	return {
		isValid: false,
		reason: refusal.reason,
		message: sentences.filter((sentence) => sentence !== undefined).join('. '),
		statusCode: refusal.status,
		scheme: refusal.scheme ?? null,
		event: null,
		eventId: null,
		dedupeKey: null,
		order: null,
		refund: null,
		dispute: null,
	};
}

async function readBinary(name: string, context: OperationContext): Promise<Buffer> {
	const body = await context.use(files).read(name);
	if (body === undefined) {
		// The item goes on: otherwise whoever sends an empty body could stop the workflow.
		context.hint(
			`The item has no binary property "${name}": switch on Options → Raw Body in the Webhook node.`,
		);
	}
	return body ?? Buffer.alloc(0);
}

function fromBase64(given: string): Buffer {
	const text64 = given.trim();
	const bytes = Buffer.from(text64, 'base64');
	// The padding may be missing, and there is never more than this.
	const padded = bytes.toString('base64');
	const bare = padded.slice(0, Math.ceil((bytes.length * 4) / 3));
	if (text64 !== padded && text64 !== bare) {
		throw new InvalidInput(rawBody.label, HIDDEN, 'must be a text in base64');
	}
	return bytes;
}

import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../shared/model/invalidInput';
import { isWireObject } from '../../../shared/model/wire';
import { explainRefusal } from '../../../shared/signature/explainRefusal';
import { RequestHeaders } from '../../../shared/signature/headers';
import type { Refusal } from '../../../shared/signature/refusal';
import type { Trust } from '../../../shared/signature/trust';
import { signatureField } from '../../../shared/trigger/signatureField';
import { requireText } from '../fields';
import type { Operation, OperationContext } from '../operation';

export const verify: Operation = {
	name: 'Verify',
	description:
		"Check and read a callback that came through n8n's Webhook node. The PonponPay Trigger does this by itself.",
	action: 'Verify webhook',
	fields: [
		{
			displayName:
				'The Webhook node must have <b>Options → Raw Body</b> switched on: the signature is over the bytes as they were sent.',
			name: 'rawBodyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Body Is In',
			name: 'bodySource',
			type: 'options',
			default: 'binary',
			options: [
				{
					name: 'Base64',
					value: 'base64',
					description: 'The raw body as a text in base64',
				},
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
			description: 'Where the raw body of the callback is',
		},
		{
			displayName: 'Binary Property',
			name: 'binaryProperty',
			type: 'string',
			required: true,
			default: 'data',
			displayOptions: { show: { bodySource: ['binary'] } },
			description: 'Name of the binary property that holds the raw body',
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'string',
			required: true,
			default: '',
			placeholder: '{"type":"order.paid","data":{"trade_id":"P20261122083015123456"}}',
			displayOptions: { show: { bodySource: ['text', 'base64'] } },
			description: 'The raw body of the callback',
		},
		{
			displayName: 'Headers',
			name: 'headers',
			type: 'json',
			required: true,
			default: '={{ $json.headers }}',
			description: 'The headers of the callback, as an object',
		},
	],
	options: [signatureField],
	isLocal: true,
	async run(context) {
		const delivery = { headers: readHeaders(context), body: await readBody(context) };
		const signature = (context.option('signature') ?? 'auto') as Trust['signature'];
		const checked = await context.callbacks.check(delivery, signature);
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
};

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

function readHeaders(context: OperationContext): RequestHeaders {
	const given = context.field('headers');
	const headers = typeof given === 'string' ? parsed(given) : given;
	if (!isWireObject(headers)) {
		throw new InvalidInput(
			'Headers',
			given,
			'must be an object, such as {{ $json.headers }} of the Webhook node',
		);
	}
	return RequestHeaders.fromAnySpelling(headers);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function readBody(context: OperationContext): Promise<Buffer> {
	const source = context.field('bodySource');
	if (source === 'text' || source === 'base64') return readText(source, context.field('body'));
	const name = requireText('Binary Property', context.field('binaryProperty'));
	const body = await context.binary(name);
	if (body === undefined) {
		// Not a stop: whoever sends an empty body decides about this.
		context.hint(
			`The item has no binary property "${name}": switch on Options → Raw Body in the Webhook node.`,
		);
	}
	return body ?? Buffer.alloc(0);
}

function readText(source: 'text' | 'base64', given: unknown): Buffer {
	if (typeof given !== 'string') {
		throw new InvalidInput(
			'Body',
			given,
			'must be the raw text as it was sent: JSON that was parsed already cannot be checked',
		);
	}
	if (source === 'text') return Buffer.from(given, 'utf8');
	const text = given.trim();
	const bytes = Buffer.from(text, 'base64');
	if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) {
		throw new InvalidInput('Body', given, 'must be a text in base64');
	}
	return bytes;
}

import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../shared/model/invalidInput';
import { toOrder, type Order } from '../../../shared/model/order';
import { walletRequest } from '../../../shared/model/paymentUri';
import { CORRECTIONS, qrPng, qrSvg, type Correction } from '../../../shared/qrPicture';
import { orderField, orderReference, requireText, textOf } from '../fields';
import type { Operation, OperationContext } from '../operation';
import { wireObject } from '../output';

const DEFAULT_SIZE = 512;
const LARGEST_SIZE = 4096;
/** The longest that a QR code with the highest error correction holds. */
const LONGEST_LINK = 1000;
/** A paid, expired or cancelled order must not be paid again. */
const PAYABLE: ReadonlySet<string> = new Set(['checkout', 'pending']);

const forOrders = { displayOptions: { show: { source: ['order'] } } };

export const createPaymentQr: Operation = {
	name: 'Create Payment QR',
	description:
		'Draw a QR code to pay an order that exists, as a picture for chat, e-mail and print',
	action: 'Create payment QR',
	fields: [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'Order', value: 'order', description: 'An order, which is looked up' },
				{ name: 'Payment Link', value: 'link', description: 'A link you already have' },
			],
			default: 'order',
			description: 'What the QR code is made from',
		},
		{ ...orderField, ...forOrders },
		{
			displayName: 'Content',
			name: 'content',
			type: 'options',
			...forOrders,
			options: [
				{
					name: 'Payment Link',
					value: 'paymentLink',
					description: 'Opens the payment page; works with every camera',
				},
				{
					name: 'Wallet Request',
					value: 'wallet',
					description:
						'Opens the payment in a wallet, with the exact amount; on Tron the address alone',
				},
			],
			default: 'paymentLink',
			description: 'What the customer gets to see after scanning',
		},
		{
			displayName: 'Payment Link',
			name: 'paymentLink',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://pay.example.com/P20261122083015123456',
			displayOptions: { show: { source: ['link'] } },
			description: 'The link to draw, such as the payment URL that Create returned',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
			description: 'Name of the binary field the picture goes to',
		},
	],
	options: [
		{
			displayName: 'Error Correction',
			name: 'errorCorrection',
			type: 'options',
			options: [
				{ name: 'High (30%)', value: 'H' },
				{ name: 'Low (7%)', value: 'L' },
				{ name: 'Medium (15%)', value: 'M' },
				{ name: 'Quartile (25%)', value: 'Q' },
			],
			default: 'M',
			description: 'How much of the picture may be dirty or covered, as by a logo',
		},
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'PNG', value: 'png', description: 'For chat and e-mail' },
				{ name: 'SVG', value: 'svg', description: 'For print, sharp at every size' },
			],
			default: 'png',
			description: 'File format of the picture',
		},
		{
			displayName: 'Size (Pixels)',
			name: 'size',
			type: 'number',
			typeOptions: { minValue: 64, maxValue: LARGEST_SIZE },
			default: DEFAULT_SIZE,
			description: 'Width and height of the picture, white border included',
		},
	],
	async run(context) {
		const picture = pictureSettings(context);
		const { text, kind, order } = await contentOf(context);
		const name = `payment-qr${order === undefined ? '' : `-${fileSafe(order)}`}.${picture.format}`;
		const bytes = picture.draw(text, picture.size, picture.correction);
		const field = requireText('Put Output File in Field', context.field('binaryPropertyName'));
		await context.attach(field, bytes, name, picture.mimeType);
		return { ...order, qrContent: text, qrKind: kind } as IDataObject;
	},
};

type Content = {
	text: string;
	kind: 'paymentLink' | ReturnType<typeof walletRequest>['kind'];
	order?: Order;
};

async function contentOf(context: OperationContext): Promise<Content> {
	if (context.field('source') === 'link') {
		return { text: requireLink(context.field('paymentLink')), kind: 'paymentLink' };
	}
	const { id, body } = orderReference(context);
	const data = wireObject(await context.client.call('orderDetail', body));
	const order = toOrder({ ...body, ...data });
	if (!PAYABLE.has(order.status)) {
		throw new InvalidInput(
			'Order',
			id,
			`must still wait for payment to get a QR code, and it is ${order.status}`,
		);
	}
	if (context.field('content') === 'wallet') {
		const { text, kind } = walletRequest(order);
		if (kind === 'address') {
			context.hint(
				`The QR code of order ${id} holds the address alone: tell the customer to send exactly ${order.actualAmount} ${order.currency} on ${order.network}.`,
			);
		}
		if (order.tradeId?.startsWith('SB')) {
			context.hint(
				`Order ${id} is a sandbox order, but a wallet sends real money: nobody should pay this QR code.`,
			);
		}
		return { text, kind, order };
	}
	if (order.paymentUrl === null) {
		throw new InvalidInput('Order', id, 'must have a payment link, and PonponPay gave none');
	}
	return { text: order.paymentUrl, kind: 'paymentLink', order };
}

/** A QR code may hold anything; this one only what a customer's phone opens as a page. */
function requireLink(given: unknown): string {
	const link = requireText('Payment Link', given);
	if (!/^https?:\/\/[^\s/]+\S*$/i.test(link)) {
		throw new InvalidInput('Payment Link', link, 'must be a link that starts with https://');
	}
	if (link.length > LONGEST_LINK) {
		throw new InvalidInput('Payment Link', link, `must have at most ${LONGEST_LINK} characters`);
	}
	return link;
}

function pictureSettings(context: OperationContext) {
	const size = Number(context.option('size') ?? DEFAULT_SIZE);
	if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
		const rule = `must be a whole number of pixels, at most ${LARGEST_SIZE}`;
		throw new InvalidInput('Size (Pixels)', context.option('size'), rule);
	}
	const format = oneOf('Format', context.option('format'), ['png', 'svg'] as const);
	const correction: Correction = oneOf(
		'Error Correction',
		context.option('errorCorrection') ?? 'M',
		CORRECTIONS,
	);
	return format === 'svg'
		? { size, correction, format, draw: qrSvg, mimeType: 'image/svg+xml' }
		: { size, correction, format, draw: qrPng, mimeType: 'image/png' };
}

/** The chosen one of a list, the first where nothing is given. */
function oneOf<const T extends string>(field: string, given: unknown, list: readonly T[]): T {
	const text = textOf(given) || list[0];
	const found = list.find((entry) => entry === text);
	if (found === undefined) throw new InvalidInput(field, given, `must be ${list.join(' or ')}`);
	return found;
}

function fileSafe({ tradeId, merchantOrderId }: Order): string {
	return (merchantOrderId ?? tradeId ?? '').replace(/[^\w-]/g, '_');
}

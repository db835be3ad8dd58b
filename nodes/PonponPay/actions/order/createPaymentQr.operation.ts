import type { IDataObject } from 'n8n-workflow';

import { cases } from '../../../shared/fields/compose';
import { choice } from '../../../shared/fields/choices';
import { text } from '../../../shared/fields/texts';
import { order, type Reference } from '../../../shared/fields/locators';
import { isSandboxTradeId } from '../../../shared/model/environment';
import { InvalidInput } from '../../../shared/model/invalidInput';
import type { Order } from '../../../shared/model/order';
import type { WalletRequest } from '../../../shared/model/walletRequest';
import { orderWalletRequest } from './paymentUri';
import { files } from '../../capabilities';
import { operation, type OperationContext } from '../operation';
import { binaryPropertyName, drawQr, pictureOptions } from '../qr/qrFields';

/** The longest that a QR code with the highest error correction holds. */
const LONGEST_LINK = 1000;
/** A paid, expired or cancelled order must not be paid again. */
const PAYABLE: ReadonlySet<string> = new Set(['checkout', 'pending']);

const paymentLink = text({
	displayName: 'Payment Link',
	placeholder: 'https://pay.example.com/P20261122083015123456',
	description: 'The link to draw, such as the payment URL that Create returned',
});

const content = choice(
	{ displayName: 'Content', description: 'What the customer gets to see after scanning' },
	[
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
	'paymentLink',
);

export const createPaymentQr = operation({
	name: 'Create Payment QR',
	description:
		'Draw a QR code to pay an order that exists, as a picture for chat, e-mail and print',
	action: 'Create payment QR',
	fields: {
		source: cases(
			choice(
				{ displayName: 'Source', description: 'What the QR code is made from' },
				[
					{ name: 'Order', value: 'order', description: 'An order, which is looked up' },
					{ name: 'Payment Link', value: 'link', description: 'A link you already have' },
				],
				'order',
			),
			{ order: { order, content }, link: { paymentLink } },
		),
		binaryPropertyName,
	},
	options: pictureOptions(64),
	async run({ source, binaryPropertyName: binaryName, options }, context) {
		const drawn: Content =
			source.is === 'link'
				? { text: requireLink(source.paymentLink), kind: 'paymentLink' }
				: await contentOf(source.order, source.content, context);
		const ending = drawn.order === undefined ? '' : `-${nameOf(drawn.order)}`;
		const { bytes, fileName, mimeType } = drawQr(drawn.text, options, `payment-qr${ending}`);
		await context.use(files).attach(binaryName, bytes, fileName, mimeType);
		return { ...drawn.order, qrContent: drawn.text, qrKind: drawn.kind } as IDataObject;
	},
});

type Content = {
	text: string;
	kind: 'paymentLink' | WalletRequest['kind'];
	order?: Order;
};

async function contentOf(
	{ id, body }: Reference,
	wanted: 'paymentLink' | 'wallet',
	context: OperationContext,
): Promise<Content> {
	const { value: found } = await context.client.ask('orderDetail', body);
	if (!PAYABLE.has(found.status)) {
		throw new InvalidInput(
			order.label,
			id,
			`must still wait for payment to get a QR code, and it is ${found.status}`,
		);
	}
	if (wanted === 'wallet') {
		const { text: request, kind } = orderWalletRequest(found);
		if (kind === 'address') {
			context.hint(
				`The QR code of order ${id} holds the address alone: tell the customer to send exactly ${found.actualAmount} ${found.currency} on ${found.network}.`,
			);
		}
		if (isSandboxTradeId(found.tradeId)) {
			context.hint(
				`Order ${id} is a sandbox order, but a wallet sends real money: nobody should pay this QR code.`,
			);
		}
		return { text: request, kind, order: found };
	}
	if (found.paymentUrl === null) {
		throw new InvalidInput(order.label, id, 'must have a payment link, and PonponPay gave none');
	}
	return { text: found.paymentUrl, kind: 'paymentLink', order: found };
}

/** A QR code may hold anything; this one only what a customer's phone opens as a page. */
function requireLink(link: string): string {
	if (link.length > LONGEST_LINK) {
		throw new InvalidInput(paymentLink.label, link, `must have at most ${LONGEST_LINK} characters`);
	}
	if (!/^https?:\/\/[^\s/]\S*$/i.test(link)) {
		throw new InvalidInput(paymentLink.label, link, 'must be a link that starts with https://');
	}
	return link;
}

function nameOf({ tradeId, merchantOrderId }: Order): string {
	return merchantOrderId ?? tradeId ?? '';
}

import type { IDataObject } from 'n8n-workflow';

import { ifOffered } from '../../../shared/api/failure';
import { requireRefundAllowed } from '../../../shared/api/limits';
import { optionalOrWord } from '../../../shared/fields/compose';
import { order } from '../../../shared/fields/locators';
import { amount, sum } from '../../../shared/fields/numbers';
import { address } from '../../../shared/fields/texts';
import { isSandboxTradeId } from '../../../shared/model/environment';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { Decimal, requirePayable } from '../../../shared/model/money';
import { certainToken, findNetwork, networkTitle } from '../../../shared/model/network';
import type { Order } from '../../../shared/model/order';
import { sumOfLiveRefunds } from '../../../shared/model/refund';
import { walletRequest, type Transfer } from '../../../shared/model/walletRequest';
import { files } from '../../capabilities';
import { operation, type OperationContext } from '../operation';
import { binaryPropertyName, drawQr, pictureOptions } from '../qr/qrFields';
import {
	paidAmount,
	refundsOf,
	requireKnownAmounts,
	requireLeft,
	requirePaid,
} from './earlierRefunds';

/** A smaller picture has no room for a caption that can be read. */
const LEAST_SIZE = 256;

const partOfIt = optionalOrWord(
	'all',
	amount({
		displayName: 'Amount',
		placeholder: 'All that was paid and not yet asked for',
		description:
			"What to send back, in the order's stablecoin. If empty, or the word all: all that is left.",
	}),
);

export const createPaymentRequest = operation({
	name: 'Create Payment Request',
	description:
		'Ask the holder of your own wallet to pay a customer back, with a QR code; nothing is sent by itself',
	action: 'Create payment request for refund',
	fields: {
		order,
		address: address({
			displayName: 'Customer Address',
			placeholder: 'TNpx4MRCx7ZQG4KqcQVj1oLCyW67WB67tm',
			description: "The customer's wallet that the money goes to, on the network of the order",
		}),
		amount: partOfIt,
		alreadyAskedFor: sum({
			displayName: 'Already Asked For',
			placeholder: '0',
			description:
				'What earlier requests for this order asked for, from your own records: 0 for none, 5 + 2.5 for several',
		}),
		binaryPropertyName,
	},
	options: pictureOptions(LEAST_SIZE),
	async run(
		{
			order: { id, body },
			address: wallet,
			amount: part,
			alreadyAskedFor: asked,
			binaryPropertyName: binaryName,
			options,
		},
		context,
	) {
		const { value: paid } = await context.client.ask('orderDetail', body);
		requirePaid(id, paid);
		const method = requireMethod(id, paid);
		const customer = wallet.on(method.network, paid.address);
		const listed = await listedRefunds(context, id, paid);
		const before = asked.plus(listed ?? Decimal.zero);
		const left = requireLeft(
			id,
			paid,
			{ sum: before, words: 'already asked for' },
			{ label: partOfIt.label, amount: part },
		);
		const transfer = { ...method, amount: part ?? left, address: customer };
		requirePayable(partOfIt.label, transfer.amount, transfer.network, transfer.currency);
		requireRefundAllowed(context.client.limits, transfer.amount);

		const request = walletRequest(transfer);
		const { bytes, fileName, mimeType } = drawQr(
			request.text,
			options,
			`refund-qr-${paid.merchantOrderId ?? paid.tradeId ?? ''}`,
			captionOf(transfer, paid),
		);
		for (const hint of hintsOn(id, paid, transfer, request.kind)) context.hint(hint);
		await context.use(files).attach(binaryName, bytes, fileName, mimeType);
		const { contract, decimals } = certainToken(transfer.network, transfer.currency) ?? {};
		const units = decimals === undefined ? undefined : transfer.amount.inUnits(decimals);
		return {
			summary: `Send exactly ${titleOf(transfer)} to ${transfer.address}`,
			amount: transfer.amount.toString(),
			currency: transfer.currency,
			network: transfer.network,
			address: transfer.address,
			tokenContract: contract ?? null,
			baseUnits: units?.toString() ?? null,
			walletUri: request.kind === 'address' ? null : request.text,
			qrContent: request.text,
			qrKind: request.kind,
			paid: paidAmount(paid).toString(),
			alreadyAskedFor: before.toString(),
			listedRefunds: listed?.toString() ?? null,
			left: left.toString(),
			leftAfterwards: left.minus(transfer.amount).toString(),
			merchantOrderId: paid.merchantOrderId,
			tradeId: paid.tradeId,
		} satisfies IDataObject;
	},
});

/**
 * In what, and where, the order was paid.
 *
 * @throws InvalidInput where that is not told, or a network on which nobody here can check an address
 */
function requireMethod(id: string, { network, currency }: Order) {
	if (network !== null && currency !== null && findNetwork(network) !== undefined) {
		return { network, currency };
	}
	const where = `${currency ?? 'a currency'} on ${network === null ? 'a network' : networkTitle(network)}`;
	throw new InvalidInput(
		order.label,
		id,
		`was paid in ${where} that this node does not know, so that it cannot check the address: send the money back by hand from your wallet`,
	);
}

/** The sum of what PonponPay has sent or is to send back by itself; `undefined` where it has no such list. */
async function listedRefunds(
	context: OperationContext,
	id: string,
	paid: Order,
): Promise<Decimal | undefined> {
	const listed = await ifOffered(refundsOf(context, id, paid));
	if (listed === undefined) return undefined;
	requireKnownAmounts(id, listed);
	return sumOfLiveRefunds(listed);
}

/** What a person compares with the wallet before signing. */
function captionOf(transfer: Transfer, { tradeId }: Order): string[] {
	const { amount: exact, currency, network, address: customer } = transfer;
	const lines = [`${exact} ${currency}`, networkTitle(network), customer];
	return isSandboxTradeId(tradeId) ? ['TEST ORDER - DO NOT PAY', ...lines] : lines;
}

function titleOf({ amount: exact, currency, network }: Transfer): string {
	return `${exact} ${currency} on ${networkTitle(network)}`;
}

function hintsOn(id: string, paid: Order, transfer: Transfer, kind: string): string[] {
	const isSure = paid.status === 'paid';
	return [
		kind === 'address' &&
			`The QR code of the refund of order ${id} holds the address alone: whoever scans it must send exactly ${titleOf(transfer)}.`,
		certainToken(transfer.network, transfer.currency) === undefined &&
			`More than one token may be called ${transfer.currency} on ${networkTitle(transfer.network)}: send back the one in which order ${id} was paid.`,
		!isSure &&
			`Order ${id} was marked as paid by hand (${paid.status}): look into your wallet for what really came before you send it back.`,
		isSandboxTradeId(paid.tradeId) &&
			`Order ${id} is a sandbox order, but a wallet sends real money: nobody should pay this QR code.`,
	].filter((hint) => hint !== false);
}

import { isAlreadyThere } from '../../../shared/api/failure';
import { readList } from '../../../shared/api/list';
import { requireAddress } from '../../../shared/model/address';
import { requireId } from '../../../shared/model/identifiers';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { Decimal, requireAmount } from '../../../shared/model/money';
import { toOrder, type Order } from '../../../shared/model/order';
import { sumOfLiveRefunds, toRefund, type Refund } from '../../../shared/model/refund';
import { amountField, orderField, orderReference, simplifyField, textOf } from '../fields';
import type { Operation, OperationContext } from '../operation';
import { objectOutput, wireObject } from '../output';

export const create: Operation = {
	name: 'Create',
	description: 'Send money of a paid order back to the customer, all that is left or a part',
	action: 'Create refund',
	fields: [
		orderField,
		{
			...amountField,
			required: false,
			placeholder: 'All that is left',
			description:
				"What to send back, in the order's stablecoin. If empty, all that is left of the payment.",
		},
		simplifyField,
	],
	options: [
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'TQ5n1sXhLb8rKd2fWmJzYv7cGpEaUt3NkR',
			description:
				'Wallet the money goes to, on the network of the order. If empty, the one it came from.',
		},
		{
			displayName: 'Merchant Refund ID',
			name: 'merchantRefundId',
			type: 'string',
			default: '',
			placeholder: 'shop-1042-refund-1',
			description:
				'ID of the refund in your shop: asking again with the same ID gives the same refund. If empty, one is made up.',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'Item out of stock',
			description: 'Why the money is sent back, for your own records',
		},
	],
	async run(context) {
		const { id, body: reference } = orderReference(context);
		let wanted = wantedRefund(context);
		const order = toOrder(wireObject(await context.client.call('orderDetail', reference)));
		if (!order.isPaid) {
			throw new InvalidInput('Order', id, `is ${order.status}; only a paid order can be refunded`);
		}
		const { address } = wanted;
		if (address !== undefined) requireAddress('Address', address, order.network);

		const earlier = await refundsOf(context, order);
		const same = earlier.find(({ merchantRefundId }) => merchantRefundId === wanted.mch_refund_id);
		// A refund with our own id was made by an earlier try of this item: it must not stand in its own way.
		const left =
			same === undefined
				? requireLeft(id, order, earlier, wanted.amount)
				: Decimal.parse(same.amount);
		// PonponPay would fill an open amount in by itself, past the credential's limit.
		if (context.client.limits.highestRefundAmount !== undefined) {
			wanted = { ...wanted, amount: wanted.amount ?? left };
		}

		const { wire } = await context.client.once({
			endpoint: 'refundAdd',
			body: { ...reference, ...wanted },
			id: wanted.mch_refund_id,
			lookUp: { endpoint: 'refundDetail', body: { mch_refund_id: wanted.mch_refund_id } },
			mayBeDone: isAlreadyThere,
			judge(found) {
				const conflict = difference(order, wanted, found);
				return conflict === undefined ? 'done' : { conflict };
			},
		});
		return objectOutput(context, wire, toRefund);
	},
};

type WantedRefund = {
	mch_refund_id: string;
	amount?: Decimal;
	address?: string;
	reason?: string;
};

function wantedRefund(context: OperationContext): WantedRefund {
	const amount = textOf(context.field('amount'));
	const merchantRefundId = textOf(context.option('merchantRefundId'));
	return {
		mch_refund_id:
			merchantRefundId === ''
				? context.derivedId('refund')
				: requireId('Merchant Refund ID', merchantRefundId),
		amount: amount === '' ? undefined : requireAmount('Amount', amount),
		address: textOf(context.option('address')) || undefined,
		reason: textOf(context.option('reason')) || undefined,
	};
}

async function refundsOf(context: OperationContext, { tradeId }: Order): Promise<Refund[]> {
	if (tradeId === null) return [];
	return await readList(context.client, {
		endpoint: 'refundList',
		filters: { trade_id: tradeId },
		keep: ({ value }) => value,
	});
}

/**
 * What is left of the order. Nothing is sent that PonponPay would have to refuse: the refunds of an order never exceed
 * what was paid [I].
 */
function requireLeft(id: string, order: Order, earlier: Refund[], amount?: Decimal): Decimal {
	const paid = Decimal.parse(order.actualAmount ?? order.amount) ?? Decimal.zero;
	const refunded = sumOfLiveRefunds(earlier);
	const left = paid.minus(refunded);
	const amounts = `paid ${paid}, refunded so far ${refunded}, left ${left} ${order.currency ?? ''}`;
	if (!left.isPositive) {
		throw new InvalidInput('Order', id, `has nothing left to refund (${amounts.trim()})`);
	}
	if (amount !== undefined && amount.compare(left) > 0) {
		throw new InvalidInput(
			'Amount',
			amount.toString(),
			`must not be more than what is left of the order (${amounts.trim()}); empty, all of that is sent back`,
		);
	}
	return left;
}

function difference(order: Order, wanted: WantedRefund, found: Refund): string | undefined {
	if (found.tradeId !== order.tradeId) return `it refunds the order ${found.tradeId}`;
	const foundAmount = Decimal.parse(found.amount);
	if (wanted.amount !== undefined && foundAmount?.compare(wanted.amount) !== 0) {
		return `its amount is ${found.amount} instead of ${wanted.amount}`;
	}
	if (wanted.address !== undefined && !isSameAddress(found.address, wanted.address)) {
		return `it goes to ${found.address} instead of ${wanted.address}`;
	}
	return undefined;
}

/** The case of an EVM address is only its checksum. */
function isSameAddress(found: string | null, wanted: string): boolean {
	const isEvm = wanted.startsWith('0x');
	return isEvm ? found?.toLowerCase() === wanted.toLowerCase() : found === wanted;
}

import { isAlreadyThere } from '../../../shared/api/failure';
import { readList } from '../../../shared/api/list';
import { refundDifference } from '../../../shared/api/shapes/difference';
import { optional, optionalOrWord, remark } from '../../../shared/fields/compose';
import { address, amount, ownId, text, toggle } from '../../../shared/fields/kinds';
import { order } from '../../../shared/fields/locators';
import { canCheckAddress } from '../../../shared/model/address';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { Decimal, requirePayable } from '../../../shared/model/money';
import type { Order } from '../../../shared/model/order';
import { sumOfLiveRefunds, type Refund } from '../../../shared/model/refund';
import { simplify } from '../fields';
import { operation, type OperationContext } from '../operation';
import { answerOutput } from '../output';

const partOfIt = optionalOrWord(
	'all',
	amount({
		displayName: 'Amount',
		placeholder: 'All that is left',
		description:
			"What to send back, in the order's stablecoin. If empty, or the word all: all that is left.",
	}),
);

export const createRefund = operation({
	name: 'Create',
	description: 'Send money of a paid order back to the customer, all that is left or a part',
	action: 'Create refund',
	fields: { order, amount: partOfIt, simplify },
	options: {
		address: optional(
			address({
				displayName: 'Address',
				placeholder: 'TQ5n1sXhLb8rKd2fWmJzYv7cGpEaUt3NkR',
				description:
					'Wallet the money goes to, on the network of the order. If empty, the one it came from.',
			}),
		),
		confirmAddress: toggle(
			{
				displayName: 'Address Was Compared',
				description:
					'Whether you have compared Address with the wallet. Needed where this node cannot check it.',
			},
			false,
		),
		merchantRefundId: optional(
			ownId({
				displayName: 'Merchant Refund ID',
				placeholder: 'shop-1042-refund-1',
				description:
					'ID of the refund in your shop: asking again with the same ID gives the same refund. If empty, one is made up.',
			}),
		),
		reason: remark(
			text({
				displayName: 'Reason',
				placeholder: 'Item out of stock',
				description: 'Why the money is sent back, for your own records',
			}),
		),
	},
	async run({ order: reference, amount: part, simplify: isSimplified, options }, context) {
		const { client } = context;
		const { id } = reference;
		const { value: paid } = await client.ask('orderDetail', reference.body);
		if (!paid.isPaid) {
			throw new InvalidInput(
				order.label,
				id,
				`is ${paid.status}; only a paid order can be refunded`,
			);
		}
		if (part !== undefined) {
			requirePayable(partOfIt.label, part, paid.network ?? undefined, paid.currency ?? undefined);
		}
		const to = options.address?.on(paid.network, paid.address);
		if (to !== undefined && !canCheckAddress(paid.network) && !options.confirmAddress) {
			throw new InvalidInput(
				'Address',
				to,
				`cannot be checked on the network ${paid.network ?? 'of this order'}, where money for a mistyped address is lost: compare it with the wallet, then switch on Options → Address Was Compared`,
			);
		}
		const wanted: WantedRefund = {
			mch_refund_id: options.merchantRefundId ?? context.derivedId('refund'),
			amount: part,
			address: to,
			reason: options.reason,
		};

		const earlier = await refundsOf(context, paid);
		const same = earlier.find(({ merchantRefundId }) => merchantRefundId === wanted.mch_refund_id);
		// A refund with our own id was made by an earlier try of this item: it must not stand in its own way.
		const left =
			same === undefined ? requireLeft(id, paid, earlier, part) : Decimal.parse(same.amount);
		// PonponPay would fill an open amount in by itself, past the credential's limit.
		const isLimited = client.limits.highestRefundAmount !== undefined;
		const sent = { ...wanted, amount: isLimited ? (part ?? left) : part };

		const answer = await client.once({
			endpoint: 'refundAdd',
			body: { ...reference.body, ...sent },
			id: wanted.mch_refund_id,
			lookUp: { endpoint: 'refundDetail', body: { mch_refund_id: wanted.mch_refund_id } },
			mayBeDone: isAlreadyThere,
			judge(found) {
				const conflict = refundDifference(found, { trade_id: paid.tradeId ?? undefined, ...sent });
				return conflict === undefined ? 'done' : { conflict };
			},
		});
		return answerOutput(isSimplified, answer);
	},
});

type WantedRefund = {
	mch_refund_id: string;
	amount?: Decimal;
	address?: string;
	reason?: string;
};

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
function requireLeft(id: string, ofOrder: Order, earlier: Refund[], part?: Decimal): Decimal {
	const paid = Decimal.parse(ofOrder.actualAmount ?? ofOrder.amount) ?? Decimal.zero;
	const refunded = sumOfLiveRefunds(earlier);
	const left = paid.minus(refunded);
	const amounts = `paid ${paid}, refunded so far ${refunded}, left ${left} ${ofOrder.currency ?? ''}`;
	if (!left.isPositive) {
		throw new InvalidInput(order.label, id, `has nothing left to refund (${amounts.trim()})`);
	}
	if (part !== undefined && part.compare(left) > 0) {
		throw new InvalidInput(
			partOfIt.label,
			part.toString(),
			`must not be more than what is left of the order (${amounts.trim()}); empty, all of that is sent back`,
		);
	}
	return left;
}

import { ENDPOINTS } from '../../../shared/api/endpoints';
import { ApiFailure, isAlreadyThere } from '../../../shared/api/failure';
import { refundDifference } from '../../../shared/api/shapes/difference';
import { notice, optional, optionalOrWord, remark } from '../../../shared/fields/compose';
import { toggle } from '../../../shared/fields/choices';
import { amount } from '../../../shared/fields/numbers';
import { address, ownId, text } from '../../../shared/fields/texts';
import { order } from '../../../shared/fields/locators';
import { canCheckAddress } from '../../../shared/model/address';
import { HIDDEN, InvalidInput } from '../../../shared/model/invalidInput';
import type { RequestBody } from '../../../shared/model/json';
import { Decimal, requirePayable } from '../../../shared/model/money';
import type { Order } from '../../../shared/model/order';
import { isDeadRefund, sumOfLiveRefunds, type Refund } from '../../../shared/model/refund';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';
import { refundsOf, requireKnownAmounts, requireLeft, requirePaid } from './earlierRefunds';

const partOfIt = optionalOrWord(
	'all',
	amount({
		displayName: 'Amount',
		placeholder: 'All that is left',
		description:
			"What to send back, in the order's stablecoin. If empty, or the word all: all that is left.",
	}),
);

const addressIsRight = toggle(
	{
		displayName: 'Address Is Right',
		description: 'Whether a person has compared Address, on a network where mistypes go unnoticed',
	},
	false,
);

const merchantRefundId = optional(
	ownId({
		displayName: 'Merchant Refund ID',
		placeholder: 'shop-1042-refund-1',
		description:
			'ID of the refund in your shop: asking again with the same ID gives the same refund. If empty, one is made up.',
	}),
);

export const createRefund = operation({
	name: 'Create',
	description: 'Send money of a paid order back to the customer, all that is left or a part',
	action: 'Create refund',
	fields: {
		accountNotice: notice(
			'PonponPay must offer refunds to your account. Where it does not, use Create Payment Request: your own wallet then sends the money back.',
		),
		order,
		amount: partOfIt,
		simplify,
	},
	options: {
		address: optional(
			address({
				displayName: 'Address',
				placeholder: 'TQ5n1sXhLb8rKd2fWmJzYv7cGpEaUt3NkR',
				description:
					'Wallet the money goes to, on the network of the order. If empty, the one it came from.',
			}),
		),
		addressIsRight,
		merchantRefundId,
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
		requirePaid(id, paid);
		if (part !== undefined) {
			requirePayable(partOfIt.label, part, paid.network ?? undefined, paid.currency ?? undefined);
		}
		const wallet = options.address?.on(paid.network, paid.address);
		if (wallet !== undefined && !options.addressIsRight) requireCheckable(paid.network);
		const wanted: WantedRefund = {
			mch_refund_id: options.merchantRefundId ?? context.derivedId('refund'),
			amount: part,
			address: wallet,
			reason: options.reason,
		};

		const earlier = await refundsOf(context, id, paid);
		const same = earlier.find(({ merchantRefundId }) => merchantRefundId === wanted.mch_refund_id);
		if (same !== undefined) refuseDead(same, wanted.mch_refund_id);
		// A refund with our own id was made by an earlier try of this item: it must not stand in its own way.
		const left = same === undefined ? leftOf(id, paid, earlier, part) : Decimal.parse(same.amount);
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
				const conflict = refundDifference(found, { ...knownOf(paid), ...sent });
				return conflict === undefined ? 'done' : { conflict };
			},
		});
		refuseForeign(client.host, answer.value, paid, { ...sent, amount: sent.amount ?? left });
		refuseDead(answer.value, wanted.mch_refund_id);
		if (same !== undefined) {
			context.hint(
				`Refund ${wanted.mch_refund_id} was there already (${same.status}): no second one was created.`,
			);
		}
		return answerOutput(isSimplified, answer);
	},
});

function leftOf(id: string, paid: Order, earlier: Refund[], part?: Decimal): Decimal {
	requireKnownAmounts(id, earlier);
	const before = { sum: sumOfLiveRefunds(earlier), words: 'refunded so far' };
	return requireLeft(id, paid, before, { label: partOfIt.label, amount: part });
}

type WantedRefund = {
	mch_refund_id: string;
	amount?: Decimal;
	address?: string;
	reason?: string;
};

/** @throws InvalidInput where nothing but a person can tell whether an address is mistyped */
function requireCheckable(network: string | null): void {
	if (canCheckAddress(network)) return;
	throw new InvalidInput(
		addressIsRight.label,
		HIDDEN,
		`must be switched on: addresses on the network ${network ?? 'of this order'} cannot be checked, and what is sent to a mistyped one is lost`,
	);
}

/** What a refund has in common with its order. */
function knownOf({ tradeId, currency, network }: Order): RequestBody {
	return {
		trade_id: tradeId ?? undefined,
		currency: currency ?? undefined,
		network: network ?? undefined,
	};
}

/**
 * What PonponPay answers is compared with the order too. What was left of it may be told as its total or as the exact
 * amount that was paid.
 *
 * @throws ApiFailure for a refund of another order, or of another amount
 */
function refuseForeign(host: string, made: Refund, paid: Order, sent: WantedRefund): void {
	const { trade_id: tradeId, ...method } = knownOf(paid);
	const [amount, total, exact] = [made.amount, paid.amount, paid.actualAmount].map(Decimal.parse);
	const suffix = total && exact ? exact.minus(total) : Decimal.zero;
	const isRounded = amount !== undefined && sent.amount?.minus(suffix).compare(amount) === 0;
	const detail = refundDifference(made, {
		...sent,
		...method,
		trade_id: made.tradeId === null ? undefined : tradeId,
		amount: made.amount === null || isRounded ? undefined : sent.amount,
	});
	if (detail === undefined) return;
	throw new ApiFailure({ kind: 'mismatch', endpoint: ENDPOINTS.refundAdd, host, detail });
}

/** @throws InvalidInput where the refund that has this ID will never move money */
function refuseDead(refund: Refund, id: string): void {
	if (!isDeadRefund(refund)) return;
	throw new InvalidInput(
		merchantRefundId.label,
		id,
		`is used up: the refund that has it is ${refund.status}, and no money is on its way; give another ID to try again`,
	);
}

import { toMerchant } from '../../model/merchant';
import { toCheckout, toOrder } from '../../model/order';
import { toPaymentMethod, type PaymentMethod } from '../../model/paymentMethod';
import { toRefund } from '../../model/refund';
import { orderStatusCode } from '../../model/status';
import { toStatistics, type ToldStatistics } from '../../model/statistics';
import { toRegisteredWebhook } from '../../model/webhook';
import { isWireObject, type WireObject } from '../../model/wire';
import {
	paidBy,
	settlementDifference,
	toSettlement,
	toVerification,
	type Settlement,
	type Verification,
} from '../../x402/settlement';
import { orderDifference, refundDifference, webhookDifference } from './difference';
import {
	changed,
	LIST_NAMES,
	listIn,
	listOf,
	made,
	one,
	toWire,
	type Answer,
	type Shape,
} from './shape';
import { DISPUTE, ORDER, REFUND, TRANSACTION, WEBHOOK } from './things';

const merchant: Shape<Answer<ReturnType<typeof toMerchant>>> = {
	name: 'a merchant',
	read(data) {
		if (!isWireObject(data)) return undefined;
		const value = toMerchant(data);
		return value.merchantId === null ? undefined : { answer: { value, wire: data } };
	},
};

const paymentMethods: Shape<Answer<PaymentMethod[]>> = {
	name: 'a list of payment methods',
	read(data) {
		const list = data === null ? undefined : listIn(data, ['methods', ...LIST_NAMES]);
		if (list === undefined) return undefined;
		const value = list.filter(isWireObject).flatMap((element) => toPaymentMethod(element) ?? []);
		if (value.length === 0 && list.length > 0) return undefined;
		return { answer: { value, wire: isWireObject(data) ? data : { methods: data } } };
	},
};

const statistics: Shape<Answer<ToldStatistics[]>> = {
	name: 'statistics',
	read(data, asked) {
		if (!isWireObject(data)) return undefined;
		const isGrouped = asked.group_by !== undefined;
		const isTold = isGrouped
			? Array.isArray(data.groups) || data.groups === null
			: toStatistics(data, false).some(
					({ totalCount, totalAmount, paidCount, paidAmount }) =>
						(totalCount ?? totalAmount ?? paidCount ?? paidAmount) !== null,
				);
		return isTold ? { answer: { value: toStatistics(data, isGrouped), wire: data } } : undefined;
	},
};

const verification: Shape<Answer<Verification>> = {
	name: 'a verdict on a payment',
	read(data) {
		const value = isWireObject(data) ? toVerification(data) : undefined;
		return value && { answer: { value, wire: data as WireObject } };
	},
};

/** What was settled must be what was sent. */
const settlement: Shape<Answer<Settlement>> = {
	name: 'a settlement',
	read(data) {
		const value = isWireObject(data) ? toSettlement(data) : undefined;
		return value && { answer: { value, wire: data as WireObject } };
	},
	differs: ({ value }, asked) => settlementDifference(value, paidBy(asked)),
};

/** Done is all there is to say. */
const nothing: Shape<void> = { name: 'nothing', read: () => ({ answer: undefined }) };

/** Whatever comes, for endpoints of which nothing is known. */
export const ANYTHING: Shape<unknown> = { name: 'anything', read: (data) => ({ answer: data }) };

/** For each thing what its endpoints answer. */
export const SHAPES = {
	order: one(ORDER),
	orderList: listOf(ORDER),
	madeOrder: made(
		'an order',
		toOrder,
		({ tradeId }) => tradeId !== null,
		(asked) => ({ ...toWire(asked), status: orderStatusCode('pending') }),
		orderDifference,
	),
	/** The link is the proof: PonponPay publishes no trade ID there. */
	checkout: made(
		'a checkout link',
		toCheckout,
		({ paymentUrl }) => /^https?:\/\/[^\s/]/i.test(paymentUrl ?? ''),
		// Until a method is chosen the order is a mere checkout; the answer does not say so [P].
		(asked) => ({
			...toWire(asked),
			status: orderStatusCode(asked.currency === undefined ? 'checkout' : 'pending'),
		}),
		orderDifference,
	),
	cancelledOrder: changed(ORDER, { status: 'cancelled' }),
	refund: one(REFUND),
	refundList: listOf(REFUND),
	madeRefund: made(
		'a refund',
		toRefund,
		({ refundId }) => refundId !== null,
		toWire,
		refundDifference,
	),
	cancelledRefund: changed(REFUND, { status: 'cancelled' }),
	dispute: one(DISPUTE),
	disputeList: listOf(DISPUTE),
	answeredDispute: changed(DISPUTE, {}),
	acceptedDispute: changed(DISPUTE, { status: 'accepted' }),
	transaction: one(TRANSACTION),
	transactionList: listOf(TRANSACTION),
	statistics,
	merchant,
	paymentMethods,
	webhookList: listOf(WEBHOOK),
	madeWebhook: made(
		'a webhook',
		toRegisteredWebhook,
		({ webhookId }) => webhookId !== null,
		toWire,
		webhookDifference,
	),
	nothing,
	verification,
	settlement,
};

/** The things that are listed, by the shape of their list. */
export const LISTED = {
	orderList: ORDER,
	refundList: REFUND,
	disputeList: DISPUTE,
	transactionList: TRANSACTION,
	webhookList: WEBHOOK,
};

import { toDispute, type Dispute } from '../model/dispute';
import type { RequestBody, RequestValue } from '../model/json';
import { toMerchant } from '../model/merchant';
import { Decimal } from '../model/money';
import { networkName } from '../model/network';
import { toCheckout, toOrder, type Order } from '../model/order';
import { toPaymentMethod, type PaymentMethod } from '../model/paymentMethod';
import { toRefund, type Refund } from '../model/refund';
import { isPaidStatus, orderStatusCode, parseOrderStatus } from '../model/status';
import {
	comparableHash,
	toStatistics,
	toTransaction,
	type Statistics,
	type Transaction,
} from '../model/transaction';
import { toRegisteredWebhook, toWebhook, type Webhook } from '../model/webhook';
import { completed, isWireObject, wireCount, wireText, type WireObject } from '../model/wire';

/** A thing as it was answered: in our shape, and as the API sent it. */
export type Answer<T> = { readonly value: T; readonly wire: WireObject };

/** One page of a list. */
export type Page<T> = {
	readonly elements: ReadonlyArray<Answer<T>>;
	/** How many elements all pages have, where that is told. */
	readonly total: number | undefined;
	/** How many elements a page has, where that is told. */
	readonly size: number | undefined;
};

/** What an endpoint answers, and what proves that an answer is that. */
export type Shape<A> = {
	/** With its article, for sentences: "an order". */
	readonly name: string;
	/**
	 * @param data the envelope's `data`
	 * @param asked the body of the request
	 * @returns `undefined` for what does not prove to be what was asked for
	 */
	read(data: unknown, asked: RequestBody): { readonly answer: A } | undefined;
	/** In which value what was made differs from what was asked for, in words; `undefined` where it does not. */
	differs?(answer: A, asked: RequestBody): string | undefined;
};

/** A kind of thing that has an ID, so that it can be asked for, made, changed and listed. */
export type Thing<T> = {
	readonly name: string;
	/** What several of it are called, also on the wire, where a list may bear that name. */
	readonly plural: string;
	readonly read: (wire: WireObject) => T;
	/** Its IDs: the name in requests, and how it is read. Of several that are asked for, the first counts. */
	readonly ids: ReadonlyArray<readonly [name: string, of: (value: T) => string | null]>;
	/** IDs of other things that refer to this one, and so carry its ID too. */
	readonly foreignIds: readonly string[];
	/** Whether it is one of those that a list was filtered for. What an answer leaves out decides nothing here. */
	readonly fits: (answer: Answer<T>, asked: RequestBody) => boolean;
};

const ORDER: Thing<Order> = {
	name: 'an order',
	plural: 'orders',
	read: toOrder,
	ids: [
		['trade_id', ({ tradeId }) => tradeId],
		['mch_order_id', ({ merchantOrderId }) => merchantOrderId],
	],
	foreignIds: ['refund_id', 'dispute_id', 'webhook_id'],
	fits: ({ value, wire }, asked) =>
		isAskedIn(value.merchantOrderId, asked.mch_order_id) &&
		isMethodFitting(value, asked) &&
		isOrderStatusFitting(value, wire, asked.status),
};

const REFUND: Thing<Refund> = {
	name: 'a refund',
	plural: 'refunds',
	read: toRefund,
	ids: [
		['refund_id', ({ refundId }) => refundId],
		['mch_refund_id', ({ merchantRefundId }) => merchantRefundId],
	],
	foreignIds: [],
	// One that does not name its order may be of this one, and then it has taken its money.
	fits: ({ value }, asked) =>
		(value.tradeId === null || isAskedIn(value.tradeId, asked.trade_id)) &&
		isStatusFitting(value.status, asked.status),
};

const DISPUTE: Thing<Dispute> = {
	name: 'a dispute',
	plural: 'disputes',
	read: (wire) => toDispute(wire, Date.now()),
	ids: [['dispute_id', ({ disputeId }) => disputeId]],
	foreignIds: [],
	fits: ({ value }, asked) =>
		isAskedIn(value.tradeId, asked.trade_id) && isStatusFitting(value.status, asked.status),
};

const TRANSACTION: Thing<Transaction> = {
	name: 'a transaction',
	plural: 'transactions',
	read: toTransaction,
	ids: [
		['transaction_id', ({ transactionId }) => transactionId],
		['hash', ({ transactionHash }) => transactionHash],
	],
	foreignIds: [],
	fits: ({ value }, asked) =>
		isAskedIn(value.tradeId, asked.trade_id) &&
		isAskedIn(value.transactionHash, asked.hash) &&
		isMethodFitting(value, asked),
};

const WEBHOOK: Thing<Webhook> = {
	name: 'a webhook',
	plural: 'webhooks',
	read: toWebhook,
	ids: [['webhook_id', ({ webhookId }) => webhookId]],
	foreignIds: [],
	fits: () => true,
};

/** The thing that was asked for, proven by the ID it was asked for by. */
function one<T>(thing: Thing<T>): Shape<Answer<T>> {
	return {
		name: thing.name,
		read(data, asked) {
			if (!isWireObject(data) || !isOwn(thing, data)) return undefined;
			const askedBy = thing.ids.find(([name]) => asked[name] !== undefined);
			if (askedBy === undefined) return undefined;
			const [name, idOf] = askedBy;
			if (!isAskedIn(idOf(thing.read(data)), asked[name])) return undefined;
			const known = { [name]: wireText(asked[name]) };
			return { answer: { value: thing.read(completed(data, known)), wire: data } };
		},
	};
}

/**
 * The thing after a change. No `data` means that it was done: what is known of it then is what was asked for.
 *
 * @param achieved what the change makes of it, where the answer does not say
 */
function changed<T>(thing: Thing<T>, achieved: WireObject): Shape<Answer<T>> {
	const { read } = one(thing);
	return {
		name: thing.name,
		read(data, asked) {
			const isDone = data === undefined || data === null;
			const proven = isDone ? { answer: { wire: {} } } : read(data, asked);
			if (proven === undefined) return undefined;
			const { wire } = proven.answer;
			const known = { ...toWire(asked), ...achieved };
			return { answer: { value: thing.read(completed(wire, known)), wire } };
		},
	};
}

/**
 * What was made, compared with what was asked for.
 *
 * @param isMade what proves that it was made
 * @param known what the request says and the answer may leave out
 */
function made<T>(
	name: string,
	read: (wire: WireObject) => T,
	isMade: (value: T) => boolean,
	known: (asked: RequestBody) => WireObject,
	difference: (value: T, asked: RequestBody) => string | undefined,
): Shape<Answer<T>> {
	return {
		name,
		read(data, asked) {
			if (!isWireObject(data) || !isMade(read(data))) return undefined;
			return { answer: { value: read(completed(data, known(asked))), wire: data } };
		},
		differs: ({ value }, asked) => difference(value, asked),
	};
}

/** The names under which APIs like this one give a list [I]. */
const LIST_NAMES = ['list', 'items', 'records', 'rows', 'data'];

/** A page of a list, which also may be the whole list. Every element proves by an ID to be what is listed. */
function listOf<T>(thing: Thing<T>): Shape<Page<T>> {
	return {
		name: `a list of ${thing.plural}`,
		read(data) {
			const list = listIn(data, [...LIST_NAMES, thing.plural]);
			if (list === undefined) return undefined;
			const elements = list
				.filter((element) => element !== null)
				.map((element) => readElement(thing, element));
			if (!elements.every((element) => element !== undefined)) return undefined;
			const about = isWireObject(data) ? data : {};
			const size = wireCount(about.page_size) ?? 0;
			return {
				answer: {
					elements,
					total: totalIn(about, list.length),
					size: size > 0 ? size : undefined,
				},
			};
		},
	};
}

function readElement<T>(thing: Thing<T>, element: unknown): Answer<T> | undefined {
	if (!isWireObject(element) || !isOwn(thing, element)) return undefined;
	const value = thing.read(element);
	return idOf(thing, value) === null ? undefined : { value, wire: element };
}

/** By which of its IDs a listed thing is told from all others. */
export function idOf<T>(thing: Thing<T>, value: T): string | null {
	return thing.ids.map(([, of]) => of(value)).find((id) => id !== null) ?? null;
}

/** `null` is an empty list, as Go sends it. Where nothing looks like a list, only a total of zero says that it is empty. */
function listIn(data: unknown, names: readonly string[]): unknown[] | undefined {
	if (data === null || data === undefined) return [];
	if (Array.isArray(data)) return data as unknown[];
	if (!isWireObject(data)) return undefined;
	const list = names.map((name) => data[name]).find(Array.isArray);
	if (list !== undefined) return list as unknown[];
	const isEmpty = names.some((name) => data[name] === null) || totalIn(data, 0) === 0;
	return isEmpty ? [] : undefined;
}

/** A `count` that counts no more than this page may be one of the page alone, and tells nothing of the others. */
function totalIn(about: WireObject, length: number): number | undefined {
	const total = wireCount(about.total) ?? wireCount(about.total_count);
	if (total !== null) return total < length ? undefined : total;
	const count = wireCount(about.count);
	return count !== null && (count > length || count === 0) ? count : undefined;
}

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

const statistics: Shape<Answer<Statistics[]>> = {
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
		() => undefined,
	),
	nothing,
};

/** The things that are listed, by the shape of their list. */
export const LISTED = {
	orderList: ORDER,
	refundList: REFUND,
	disputeList: DISPUTE,
	transactionList: TRANSACTION,
	webhookList: WEBHOOK,
};

/** PonponPay tells orders to one wallet apart by a suffix of 0.0001 to 0.01 [P]. */
const LARGEST_SUFFIX = Decimal.parse('0.01') ?? Decimal.zero;

/**
 * In what an order differs from the one that was asked for, in words. Its amount may be the asked or the exact one.
 *
 * @param asked the body of the create
 */
export function orderDifference(found: Order, asked: RequestBody): string | undefined {
	return firstOf(
		!isAmountOf(found, asked.amount) && instead('amount', found.amount, asked.amount),
		unequal('currency', found.currency, wireText(asked.currency)?.toUpperCase()),
		unequal('network', found.network, networkName(asked.network)),
		unequal('merchant order ID', found.merchantOrderId, asked.mch_order_id),
	);
}

function isAmountOf({ amount, actualAmount }: Order, asked: RequestValue): boolean {
	const [found, wanted] = [Decimal.parse(amount), decimalOf(asked)];
	if (wanted === undefined) return true;
	if (found === undefined) return false;
	if (found.compare(wanted) === 0) return true;
	const suffix = found.compare(wanted) > 0 ? found.minus(wanted) : wanted.minus(found);
	return amount === actualAmount && suffix.compare(LARGEST_SUFFIX) <= 0;
}

/** In what a refund differs from the one that was asked for, in words. */
export function refundDifference(found: Refund, asked: RequestBody): string | undefined {
	const [amount, wanted] = [Decimal.parse(found.amount), decimalOf(asked.amount)];
	return firstOf(
		asked.trade_id !== undefined &&
			found.tradeId !== asked.trade_id &&
			`it refunds the order ${found.tradeId}`,
		wanted !== undefined &&
			amount?.compare(wanted) !== 0 &&
			instead('amount', found.amount, asked.amount),
		typeof asked.address === 'string' &&
			!isSameAddress(found.address, asked.address) &&
			`it goes to ${found.address} instead of ${asked.address}`,
		unequal('merchant refund ID', found.merchantRefundId, asked.mch_refund_id),
	);
}

/** The case of an EVM address is only its checksum. */
function isSameAddress(found: string | null, wanted: string): boolean {
	const isEvm = wanted.startsWith('0x');
	return isEvm ? found?.toLowerCase() === wanted.toLowerCase() : found === wanted;
}

function unequal(name: string, found: string | null, asked: RequestValue | null) {
	return asked !== undefined && asked !== null && found !== asked && instead(name, found, asked);
}

function instead(name: string, found: string | null, asked: RequestValue): string {
	return `its ${name} is ${found} instead of ${asked?.toString()}`;
}

function firstOf(...differences: Array<string | false>): string | undefined {
	const told = differences.filter((difference) => difference !== false);
	return told.length === 0 ? undefined : told.join(', ');
}

function decimalOf(asked: RequestValue): Decimal | undefined {
	return asked instanceof Decimal ? asked : Decimal.parse(asked);
}

/** What a request says, in the values of an answer. */
function toWire(asked: RequestBody): WireObject {
	const told = Object.entries(asked).map(([name, value]) => [
		name,
		value instanceof Decimal ? value.toString() : value,
	]);
	return Object.fromEntries(told) as WireObject;
}

function isOwn<T>({ foreignIds }: Thing<T>, wire: WireObject): boolean {
	return foreignIds.every((name) => wireText(wire[name]) === null);
}

/** Whether an ID is the one that was asked for; where none was asked for, every one is. */
function isAskedIn(id: string | null, asked: RequestValue): boolean {
	if (asked === undefined) return true;
	return id !== null && comparableHash(id) === comparableHash(wireText(asked) ?? '');
}

function isMethodFitting(
	value: { currency: string | null; network: string | null },
	asked: RequestBody,
): boolean {
	const currency = wireText(asked.currency)?.toUpperCase();
	const network = networkName(asked.network);
	return (
		(currency === undefined || value.currency === null || value.currency === currency) &&
		(network === null || value.network === null || value.network === network)
	);
}

function isStatusFitting(status: string | null, asked: RequestValue): boolean {
	return !Array.isArray(asked) || (status !== null && asked.includes(status));
}

/** The words of the wire tell the three kinds of "paid" not apart, where an account sends words [P]. */
function isOrderStatusFitting(value: Order, { status }: WireObject, asked: RequestValue): boolean {
	if (!Array.isArray(asked)) return true;
	const statuses = asked.map(parseOrderStatus);
	const isWord = Number.isNaN(Number(wireText(status) ?? 'none'));
	return (
		statuses.some((wanted) => wanted === value.status) ||
		(isWord && value.isPaid && statuses.some(isPaidStatus))
	);
}

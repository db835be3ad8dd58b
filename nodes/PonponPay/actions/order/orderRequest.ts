import type { OnceRequest, PonponPayClient } from '../../../shared/api/client';
import { ApiFailure, isAlreadyThere } from '../../../shared/api/failure';
import { orderDifference } from '../../../shared/api/shapes/difference';
import type { Answer } from '../../../shared/api/shapes/shape';
import { successorId } from '../../../shared/model/identifiers';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { requirePayable, type Decimal } from '../../../shared/model/money';
import { networkTitle } from '../../../shared/model/network';
import type { Order } from '../../../shared/model/order';
import { endWithoutPayment } from '../../../shared/model/status';
import { wireWord } from '../../../shared/model/wire';
import type { OperationContext } from '../operation';
import { ifExpired, merchantOrderId, orderAmount } from './newOrderFields';

type CreateEndpoint = 'orderAdd' | 'orderCheckout';

/** What is asked of a new order. Absent currency and network: the customer chooses. */
export type NewOrder = {
	amount: Decimal;
	mch_order_id: string;
	currency?: string;
	network?: string;
	notify_url?: string;
	redirect_url?: string;
	locale?: string;
};

/** An order that has been replaced this often points to a fault in the workflow. */
const MOST_SUCCESSORS = 20;

/**
 * Creates the order once, or finds it. A paid one is the result, and a hint tells so; one that can no longer be paid is
 * not, because its link is dead.
 *
 * @param wanted what to do where the order can no longer be paid; a new one gets an ID derived from that of the first
 * @throws InvalidInput for an amount that cannot be paid, and for an ID that is used up; ApiFailure, NotAllowed as
 *   {@link PonponPayClient.once} does
 */
export async function sendNewOrder(
	context: OperationContext,
	endpoint: CreateEndpoint,
	order: NewOrder,
	wanted: 'fail' | 'createNew',
): Promise<Answer<Order>> {
	const { amount, network, currency, mch_order_id: first } = order;
	requirePayable(orderAmount.label, amount, network, currency);
	for (let number = 1; ; number += 1) {
		const id = number === 1 ? first : successorId(first, number);
		let wasThere = false;
		const askedAt = Date.now();
		const answer = await createOrFind(context, endpoint, { ...order, mch_order_id: id }, () => {
			wasThere = true;
		});
		const end = endWithoutPayment(answer.wire.status);
		const word = wireWord(answer.wire.status);
		if (word !== null && answer.value.status === 'unknown') context.hint(unknownState(id, word));
		if (end === undefined) {
			if (number > 1)
				context.hint(`Order ${first} can no longer be paid: order ${id} replaces it.`);
			const { isPaid } = answer.value;
			if (isPaid || wasThere || isOlder(answer.value, askedAt + theirClock(context))) {
				const state = isPaid ? ' and is paid' : '';
				context.hint(`Order ${id} was there already${state}: no new one was created.`);
			}
			return answer;
		}
		if (wanted === 'fail' || number > MOST_SUCCESSORS) throw usedUp(id, end);
	}
}

/** Clocks differ a little; what is older than this was not made just now. */
const CLOCK_TOLERANCE_MS = 60_000;

/** By how many milliseconds PonponPay's clock is ahead. */
function theirClock({ client: { secondsAhead = 0 } }: OperationContext): number {
	return secondsAhead * 1000;
}

/** Whether an answer to a create tells an order that was there before: PonponPay may answer an ID that is taken with its order. */
function isOlder({ createdAt }: Order, askedAt: number): boolean {
	return createdAt !== null && Date.parse(createdAt) < askedAt - CLOCK_TOLERANCE_MS;
}

function unknownState(id: string, word: string): string {
	return `PonponPay gives order ${id} the status "${word}", which this package does not know: look it up in the PonponPay dashboard before you send its link.`;
}

function usedUp(id: string, status: string): InvalidInput {
	const wayOut = `give another ID, or choose "Create a New One" under "${ifExpired.label}"`;
	return new InvalidInput(
		merchantOrderId.label,
		id,
		`is used up: the order that has it is ${status}, and nobody can pay by its link any more; ${wayOut}`,
	);
}

/**
 * One create. When PonponPay refuses it because its currency is not taken on its network, the failure tells what is.
 */
async function createOrFind(
	{ client }: OperationContext,
	endpoint: CreateEndpoint,
	order: NewOrder,
	noteEarlier: () => void,
): Promise<Answer<Order>> {
	const request = { ...createOnce(endpoint, order), noteEarlier };
	return await client.once(request).catch(async (error: unknown) => {
		if (!(error instanceof ApiFailure) || !isAboutMethod(error)) throw error;
		throw error.with({ advice: await methodAdvice(client, order) });
	});
}

/** 10001 is a parameter error [P]; which parameter, only its words tell. */
function isAboutMethod({ details: { kind, code, detail = '' } }: ApiFailure): boolean {
	return kind === 'refused' && (code === 10001 || /currency|network|chain/i.test(detail));
}

/** Asked only after a refusal: most orders fit, and need no second request. */
async function methodAdvice(
	client: PonponPayClient,
	{ currency, network }: NewOrder,
): Promise<string | undefined> {
	if (currency === undefined || network === undefined) return undefined;
	const methods = await client.ask('paymentMethods').then(
		({ value }) => value,
		() => [],
	);
	const carriers = methods.filter(({ currencies }) => currencies.includes(currency));
	if (methods.length === 0 || carriers.some((method) => method.network === network)) {
		return undefined;
	}
	if (carriers.length > 0) {
		const networks = carriers.map((method) => networkTitle(method.network)).join(', ');
		return `Your account takes ${currency} on these networks: ${networks}. Choose one of them, or another currency.`;
	}
	const currencies = [...new Set(methods.flatMap((method) => method.currencies))].join(', ');
	return `Your account takes these currencies: ${currencies}. Choose one of them.`;
}

/** A create that PonponPay carries out once, recognised by our order id. */
function createOnce(endpoint: CreateEndpoint, order: NewOrder): OnceRequest<CreateEndpoint> {
	return {
		endpoint,
		body: order,
		id: order.mch_order_id,
		lookUp: { endpoint: 'orderDetail', body: { mch_order_id: order.mch_order_id } },
		mayBeDone: isAlreadyThere,
		judge(found) {
			const conflict = orderDifference(found, order);
			return conflict === undefined ? 'done' : { conflict };
		},
	};
}

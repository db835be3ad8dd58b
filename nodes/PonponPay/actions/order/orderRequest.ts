import type { OnceRequest, PonponPayClient } from '../../../shared/api/client';
import { ApiFailure, isAlreadyThere } from '../../../shared/api/failure';
import { orderDifference } from '../../../shared/api/shapes/difference';
import type { Answer } from '../../../shared/api/shapes/shape';
import { requirePayable, type Decimal } from '../../../shared/model/money';
import { networkTitle } from '../../../shared/model/network';
import type { Order } from '../../../shared/model/order';
import type { OperationContext } from '../operation';
import { orderAmount } from './newOrderFields';

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

/**
 * Creates the order once. When PonponPay refuses it because its currency is not taken on its network, the failure tells
 * what is.
 *
 * @throws InvalidInput for an amount that cannot be paid; ApiFailure, NotAllowed as {@link PonponPayClient.once} does
 */
export async function sendNewOrder(
	{ client }: OperationContext,
	endpoint: CreateEndpoint,
	order: NewOrder,
): Promise<Answer<Order>> {
	const { amount, network, currency } = order;
	requirePayable(orderAmount.label, amount, network, currency);
	return await client.once(createOnce(endpoint, order)).catch(async (error: unknown) => {
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

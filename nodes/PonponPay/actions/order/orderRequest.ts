import type { IDataObject } from 'n8n-workflow';

import type { OnceRequest, PonponPayClient } from '../../../shared/api/client';
import { ApiFailure, isAlreadyThere } from '../../../shared/api/failure';
import { orderDifference } from '../../../shared/api/shapes/difference';
import type { Decimal } from '../../../shared/model/money';
import { networkTitle } from '../../../shared/model/network';
import { toOrder } from '../../../shared/model/order';
import type { WireObject } from '../../../shared/model/wire';
import type { OperationContext } from '../operation';
import { objectOutput, wireObject } from '../output';

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
 * @returns the answer's `data`
 * @throws ApiFailure, NotAllowed as {@link PonponPayClient.once} does
 */
export async function createOrder(
	{ client }: OperationContext,
	endpoint: CreateEndpoint,
	order: NewOrder,
): Promise<unknown> {
	const { wire } = await client.once(createOnce(endpoint, order)).catch(async (error: unknown) => {
		if (!(error instanceof ApiFailure) || !isAboutMethod(error)) throw error;
		throw error.with({ advice: await methodAdvice(client, order) });
	});
	return wire;
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

/**
 * The order as the user wants it: the one shape, or with "Simplify" off the API's own object.
 *
 * @param known what the request said and the answer may leave out
 */
export function orderOutput(
	context: OperationContext,
	data: unknown,
	known: WireObject = {},
): IDataObject {
	return objectOutput(context, wireObject(data), (wire) => toOrder({ ...known, ...wire }));
}

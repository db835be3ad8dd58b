import type { IDataObject } from 'n8n-workflow';

import type { OnceRequest } from '../../../shared/api/client';
import type { EndpointName } from '../../../shared/api/endpoints';
import { isAlreadyThere } from '../../../shared/api/failure';
import { Decimal } from '../../../shared/model/money';
import { toOrder } from '../../../shared/model/order';
import type { WireObject } from '../../../shared/model/wire';
import type { OperationContext } from '../operation';
import { objectOutput, wireObject } from '../output';

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

/** A create that PonponPay carries out once, recognised by our order id. */
export function createOnce(endpoint: EndpointName, order: NewOrder): OnceRequest {
	return {
		endpoint,
		body: order,
		id: order.mch_order_id,
		lookUp: { endpoint: 'orderDetail', body: { mch_order_id: order.mch_order_id } },
		mayBeDone: isAlreadyThere,
		judge(found) {
			const conflict = difference(order, wireObject(found));
			return conflict === undefined ? 'done' : { conflict };
		},
	};
}

function difference(wanted: NewOrder, wire: WireObject): string | undefined {
	const found = toOrder(wire);
	const foundAmount = Decimal.parse(found.amount ?? undefined);
	const differences = [
		foundAmount?.compare(wanted.amount) !== 0 &&
			`its amount is ${found.amount} instead of ${wanted.amount}`,
		wanted.currency !== undefined &&
			found.currency !== wanted.currency &&
			`its currency is ${found.currency} instead of ${wanted.currency}`,
		wanted.network !== undefined &&
			found.network !== wanted.network &&
			`its network is ${found.network} instead of ${wanted.network}`,
	].filter((text) => text !== false);
	return differences.length === 0 ? undefined : differences.join(', ');
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

import { ifOffered } from '../../shared/api/failure';
import { readList } from '../../shared/api/list';
import type { RequestBody } from '../../shared/model/json';
import type { Order } from '../../shared/model/order';
import type { Refund } from '../../shared/model/refund';
import type { OperationContext } from './operation';

/** What sums and accounts are made from: all orders and refunds that PonponPay lists. */

/** @throws ApiFailure, also where PonponPay lists no orders */
export async function bookedOrders(
	{ client, hint }: OperationContext,
	filters: RequestBody,
): Promise<Order[]> {
	return await readList(client, {
		endpoint: 'orderList',
		filters,
		keep: ({ value }) => value,
		ifIncomplete: hint,
	});
}

/** @returns `undefined` where PonponPay lists no refunds, which a hint tells */
export async function bookedRefunds(
	{ client, hint }: OperationContext,
	filters: RequestBody,
): Promise<Refund[] | undefined> {
	const refunds = await ifOffered(
		readList(client, {
			endpoint: 'refundList',
			filters,
			keep: ({ value }) => value,
			ifIncomplete: hint,
		}),
	);
	if (refunds === undefined) {
		hint(
			'PonponPay lists no refunds on this account: what was sent back stands in your own records alone.',
		);
	}
	return refunds;
}

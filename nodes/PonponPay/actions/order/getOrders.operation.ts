import { optional } from '../../../shared/fields/compose';
import { choices } from '../../../shared/fields/choices';
import { knownId } from '../../../shared/fields/texts';
import { ORDER_STATUSES, orderStatusCode, type OrderStatus } from '../../../shared/model/status';
import { currencyFilter, filters, howMany, networkFilter, period, simplify } from '../fields';
import { operation } from '../operation';
import { listOutput } from '../output';

const STATUS_NAMES: Record<OrderStatus, string> = {
	checkout: 'Checkout Opened',
	pending: 'Pending',
	paid: 'Paid',
	expired: 'Expired',
	cancelled: 'Cancelled',
	manual: 'Credited by Hand',
	confirming: 'Confirming',
	admin_paid: 'Paid by an Administrator',
};

export const getOrders = operation({
	name: 'Get Many',
	description: 'List orders, filtered by status, currency, network, merchant order ID or time',
	action: 'Get many orders',
	fields: {
		howMany,
		filters: filters({
			currency: currencyFilter,
			merchantOrderId: optional(
				knownId({
					displayName: 'Merchant Order ID',
					placeholder: 'shop-1042',
					description: 'Only the order to which your shop gave this ID',
				}),
			),
			network: networkFilter,
			period,
			status: optional(
				choices(
					{ displayName: 'Status', description: 'Only orders in one of these states' },
					ORDER_STATUSES.map((value) => ({ name: STATUS_NAMES[value], value })),
					[],
				),
			),
		}),
		simplify,
	},
	async run({ filters: wantedOrders, ...wanted }, context) {
		const { currency, network, merchantOrderId, status, period: created } = wantedOrders;
		const asked = {
			currency,
			network,
			mch_order_id: merchantOrderId,
			status: status?.map(orderStatusCode),
			...created,
		};
		return await listOutput(context, 'orderList', asked, wanted);
	},
});

import {
	ORDER_STATUSES,
	orderStatusCode,
	parseOrderStatus,
	type OrderStatus,
} from '../../../shared/model/status';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { toOrder } from '../../../shared/model/order';
import {
	currencyFilter,
	filterCurrency,
	filterNetwork,
	filterPeriod,
	filtersOf,
	filterStatuses,
	filterText,
	listFields,
	listOutput,
	networkFilter,
	periodFields,
} from '../listFields';
import type { Operation } from '../operation';

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

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List orders, filtered by status, currency, network, merchant order ID or time',
	action: 'Get many orders',
	fields: listFields([
		currencyFilter,
		{
			displayName: 'Merchant Order ID',
			name: 'merchantOrderId',
			type: 'string',
			default: '',
			placeholder: 'shop-1042',
			description: 'Only the order to which your shop gave this ID',
		},
		networkFilter,
		...periodFields,
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			default: [],
			options: ORDER_STATUSES.map((value) => ({ name: STATUS_NAMES[value], value })),
			description: 'Only orders in one of these states',
		},
	]),
	async run(context) {
		const { currency, merchantOrderId, network, status } = filtersOf(context);
		const statuses = filterStatuses(status)?.map(statusCode);
		const filters = {
			currency: filterCurrency(currency),
			network: filterNetwork(network),
			mch_order_id: filterText(merchantOrderId),
			status: statuses,
			...filterPeriod(context),
		};
		return await listOutput(context, 'orderList', filters, toOrder);
	},
};

function statusCode(word: string): number {
	const status = parseOrderStatus(word);
	if (status === undefined) {
		throw new InvalidInput('Status', word, `must be one of ${ORDER_STATUSES.join(', ')}`);
	}
	return orderStatusCode(status);
}

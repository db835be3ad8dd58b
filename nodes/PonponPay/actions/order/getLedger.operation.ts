import { DateTime } from 'luxon';

import { movementsOf, type Movement } from '../../../shared/model/ledger';
import { isPaidStatus, ORDER_STATUSES, orderStatusCode } from '../../../shared/model/status';
import { currencyFilter, filters, networkFilter, period } from '../fields';
import { operation } from '../operation';
import { bookedOrders, bookedRefunds } from '../orderBooks';

const PAID = ORDER_STATUSES.filter(isPaidStatus).map(orderStatusCode);

export const getLedger = operation({
	name: 'Get Ledger',
	description:
		'List what was paid and sent back in a period, one row each, for a sheet or your accounts',
	action: 'Get ledger of orders',
	fields: {
		filters: filters({ currency: currencyFilter, network: networkFilter, period }),
	},
	async run({ filters: { currency, network, period: created } }, context) {
		const paid = await bookedOrders(context, { currency, network, status: PAID, ...created });
		const sentBack = (await bookedRefunds(context, { status: ['succeeded'], ...created })) ?? [];
		const isWanted = (movement: Movement) =>
			(currency === undefined || movement.currency === currency) &&
			(network === undefined || movement.network === network);
		return movementsOf(paid, sentBack)
			.filter(isWanted)
			.map((movement) => ({ ...movement, time: inZone(movement.time, context.timezone) }));
	},
});

function inZone(time: string | null, zone: string): string | null {
	return time === null ? null : DateTime.fromISO(time, { zone }).toISO();
}

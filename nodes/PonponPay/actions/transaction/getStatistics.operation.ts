import { DateTime } from 'luxon';

import { ifOffered } from '../../../shared/api/failure';
import { choice } from '../../../shared/fields/choices';
import type { RequestBody } from '../../../shared/model/json';
import type { Order } from '../../../shared/model/order';
import { addUp, toldOfCurrency, type Statistics } from '../../../shared/model/statistics';
import { currencyFilter, filters, networkFilter, period } from '../fields';
import { operation, type OperationContext } from '../operation';
import { bookedOrders, bookedRefunds } from '../orderBooks';

type Grouping = 'currency' | 'day' | 'network';

export const getStatistics = operation({
	name: 'Get Statistics',
	description:
		'Count and add up what was ordered, paid, refunded and is still open, each currency by itself',
	action: 'Get transaction statistics',
	fields: {
		groupBy: choice(
			{
				displayName: 'Group By',
				description: 'What to add up separately; each becomes an item of its own',
			},
			[
				{ name: 'Currency', value: 'currency' },
				{
					name: 'Currency and Day',
					value: 'day',
					description: 'Days in the time zone of the workflow, by when an order was created',
				},
				{ name: 'Currency and Network', value: 'network' },
			],
			'currency',
		),
		filters: filters({ currency: currencyFilter, network: networkFilter, period }),
	},
	async run({ groupBy, filters: { currency, network, period: created } }, context) {
		const filter = { currency, network, ...created };
		const listed = await ifOffered(bookedOrders(context, filter));
		if (listed === undefined) return await toldStatistics(context, filter, groupBy);
		// An order is refunded after it was created, so that older refunds are of other orders.
		const refunds = await bookedRefunds(context, { ...created, end_time: undefined });
		tellOfGaps(context, listed, groupBy);
		return addUp(listed, refunds, groupsOf(groupBy, context.timezone));
	},
});

function groupsOf(groupBy: Grouping, zone: string): (order: Order) => string | null {
	switch (groupBy) {
		case 'currency':
			return () => null;
		case 'network':
			return ({ network }) => network;
		case 'day':
			return ({ createdAt }) => dayOf(createdAt, zone);
	}
}

function dayOf(time: string | null, zone: string): string | null {
	return time === null ? null : DateTime.fromISO(time, { zone }).toISODate();
}

/** What is not told is in no sum, and on no day. */
function tellOfGaps({ hint }: OperationContext, orders: readonly Order[], groupBy: Grouping): void {
	const tell = (what: string, { length }: readonly Order[]) => {
		if (length > 0) hint(`${what}: ${length} ${length === 1 ? 'order' : 'orders'}.`);
	};
	tell(
		'Counted but not added up, because PonponPay does not tell the amount',
		orders.filter(({ amount, actualAmount }) => (actualAmount ?? amount) === null),
	);
	if (groupBy !== 'day') return;
	tell(
		'On no day, because PonponPay does not tell when it was created',
		orders.filter(({ createdAt }) => createdAt === null),
	);
}

/** Where PonponPay lists no orders but adds them up itself. */
async function toldStatistics(
	{ client, hint }: OperationContext,
	filter: RequestBody,
	groupBy: Grouping,
): Promise<Statistics[]> {
	const byCurrency = { ...filter, group_by: 'currency' };
	const { value: currencies } = await client.ask('transactionStatistics', byCurrency);
	if (groupBy === 'currency') {
		return currencies.map((told) => toldOfCurrency(told.group, null, told));
	}
	if (groupBy === 'day')
		hint("PonponPay has added up by itself: its days need not be the workflow's.");
	const statistics: Statistics[] = [];
	for (const { group: currency } of currencies) {
		if (currency === null) {
			hint('Orders whose customer has chosen no currency yet are left out.');
			continue;
		}
		const body = { ...filter, currency, group_by: groupBy };
		const { value } = await client.ask('transactionStatistics', body);
		statistics.push(...value.map((told) => toldOfCurrency(currency, told.group, told)));
	}
	return statistics;
}

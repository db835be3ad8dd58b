import { DateTime } from 'luxon';

import { ifOffered } from '../../../shared/api/failure';
import { readList } from '../../../shared/api/list';
import { choice } from '../../../shared/fields/choices';
import type { RequestBody } from '../../../shared/model/json';
import type { Order } from '../../../shared/model/order';
import { addUp, toldOfCurrency, type Statistics } from '../../../shared/model/statistics';
import { currencyFilter, filters, networkFilter, period, type Period } from '../fields';
import { operation, type OperationContext } from '../operation';

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
		const listed = await ifOffered(ordersOf(context, filter));
		if (listed === undefined) return await toldStatistics(context, filter, groupBy);
		const refunds = await ifOffered(refundsSince(context, created));
		if (refunds === undefined) {
			context.hint(
				'PonponPay lists no refunds on this account: what was sent back stands in your own records alone.',
			);
		}
		tellOfGaps(context, listed, groupBy);
		return addUp(listed, refunds, groupsOf(groupBy, context.timezone));
	},
});

async function ordersOf({ client, hint }: OperationContext, filter: RequestBody) {
	return await readList(client, {
		endpoint: 'orderList',
		filters: filter,
		keep: ({ value }) => value,
		ifIncomplete: hint,
	});
}

/** An order is refunded after it was created, so that older refunds are of other orders. */
async function refundsSince({ client, hint }: OperationContext, created: Period) {
	return await readList(client, {
		endpoint: 'refundList',
		filters: { ...created, end_time: undefined },
		keep: ({ value }) => value,
		ifIncomplete: hint,
	});
}

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

import type { INodeParameters } from 'n8n-workflow';

import type { DialectName } from '../../sandbox/dialects/table.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createOrder, locator } from '../action/support.mts';

/** Every shop of this file lives in the same moment, so that two of them can be compared. */
const NOW = Math.floor(Date.now() / 1000);

/** Hooks of other workflows: more than the smallest page holds. */
const OTHER_HOOKS = ['?one', '?two', '?three'];
/** It takes any POST and answers 200. */
const RECEIVER = '/_sandbox/faults/heal';

/** The wallet of a customer on Tron. */
const CUSTOMER = 'TNpx4MRCx7ZQG4KqcQVj1oLCyW67WB67tm';

/** A shop with something of everything. The same IDs, addresses and times each time. */
export interface Scene {
	readonly sandbox: Sandbox;
	/** A good answer for every field that any operation asks for. */
	readonly fields: INodeParameters;
	/** The same, with IDs that nobody has. */
	readonly strangeFields: INodeParameters;
	/** For the operations whose order must not be paid yet. */
	readonly openOrder: INodeParameters;
	/** Does not exist. */
	readonly strangeKey: string;
}

/** An empty shop, before anything has happened. */
export async function openEmptyShop(dialects: readonly DialectName[]): Promise<Sandbox> {
	return await startSandbox({ randomSeed: 'a shop', startsAt: NOW, dialects });
}

/** Everything in it was made plainly; only what is asked from now on is answered in the dialects. */
export async function openShop(dialects: readonly DialectName[]): Promise<Scene> {
	const sandbox = await openEmptyShop([]);
	const { orders, refunds, disputes, hooks } = sandbox;
	const url = sandbox.url + RECEIVER;
	const open = orders.add('open');
	const paid = orders.add('paid');
	const { transactionHash } = orders.pay('paid');
	const refund = refunds.add('paid', 'back', '5');
	const dispute = disputes.open('paid');
	orders.add('expired', { currency: 'USDC', network: 'polygon' });
	orders.expire('expired');
	orders.add('cancelled', { currency: 'USDC', network: 'bsc' });
	orders.cancel('cancelled');
	const [hook] = OTHER_HOOKS.map((path) => hooks.add(url + path));
	sandbox.speak(...dialects);
	const fields: INodeParameters = {
		...createOrder({ amount: '10' }),
		order: locator('tradeId', paid.tradeId),
		refund: locator('id', refund.refundId),
		dispute: locator('id', dispute.disputeId),
		transaction: locator('hash', String(transactionHash)),
		webhookId: hook.webhookId,
		url: `${url}?new`,
		events: ['order.paid'],
		event: 'order.paid',
		message: 'Delivered on Monday',
		confirm: true,
		returnAll: true,
		source: 'order',
		dedupeKey: 'production:evt_1',
		bodySource: 'text',
		body: '{}',
		headers: '{}',
		path: '/merchant/detail',
		address: CUSTOMER,
		alreadyAskedFor: '0',
	};
	return {
		sandbox,
		fields,
		strangeFields: {
			...fields,
			order: locator('tradeId', 'PPNOBODYHASTHIS1'),
			refund: locator('id', 'RFNOBODYHASTHIS1'),
			dispute: locator('id', 'DPNOBODYHASTHIS1'),
			transaction: locator('hash', 'f'.repeat(64)),
			webhookId: locator('id', 'wh_nobodyhasthis'),
			path: '/order/detail',
			currency: locator('id', 'DOGE'),
		},
		openOrder: { order: locator('tradeId', open.tradeId) },
		strangeKey: 'sk_live_nobody_has_this_key',
	};
}

import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { Trigger } from '../harness/trigger.mts';
import { createOrder, credential, manual, openTrigger, signed } from './support.mts';

let sandbox: Sandbox;
let trigger: Trigger;

beforeEach(async () => (sandbox = await startSandbox()));
afterEach(async () => {
	expect(trigger.crashes).toEqual([]);
	await trigger.close();
	await sandbox.close();
});

const open = async (options: INodeParameters) => {
	trigger = await openTrigger({
		parameters: manual({ events: ['*'], options }),
		credentials: credential(sandbox),
	});
};
const deliver = async (body: object) => {
	const { status, body: said, items } = await trigger.deliver(signed(sandbox.apiKey, body));
	return { status, said, item: items?.[0].json };
};
const paidOrder = async () => {
	const tradeId = await createOrder(sandbox);
	sandbox.orders.pay(tradeId);
	return tradeId;
};

describe('"Confirm with PonponPay"', () => {
	beforeEach(async () => await open({ confirm: true }));

	it.each([
		['expired', 3, 'cancelled'],
		['cancelled', 4, 'expired'],
	] as const)(
		'lets in what says %s (%i) of an order that is %s, as late',
		async (told, status, now) => {
			const tradeId = await createOrder(sandbox);
			if (now === 'expired') sandbox.orders.expire(tradeId);
			else sandbox.orders.cancel(tradeId);
			expect(await deliver({ trade_id: tradeId, status })).toMatchObject({
				status: 200,
				item: { event: `order.${told}`, isStale: true, order: { status: now } },
			});
		},
	);

	it('has a payment repeated for as long as the books are behind, and lets it in then', async () => {
		const tradeId = await createOrder(sandbox);
		const delivery = signed(sandbox.apiKey, { trade_id: tradeId, status: 2 });
		const statuses = [(await trigger.deliver(delivery)).status];
		sandbox.orders.confirming(tradeId);
		const { status, body } = await trigger.deliver(delivery);
		statuses.push(status);
		expect(JSON.parse(body)).toMatchObject({ code: 'notYetConfirmed', field: 'status' });
		sandbox.orders.pay(tradeId);
		statuses.push((await trigger.deliver(delivery)).status);
		expect(statuses).toEqual([503, 503, 200]);
		expect(trigger.executions).toHaveLength(1);
	});

	it.each([
		['word', 200, 'confirming'],
		['number', 503, undefined],
	] as const)(
		'takes "confirming" where the books say "pending" by %s: %i',
		async (statusAs, status, shown) => {
			sandbox.settings.statusAs = statusAs;
			const tradeId = await createOrder(sandbox);
			const body = { type: 'order.confirming', data: { trade_id: tradeId } };
			const outcome = await deliver(body);
			expect(outcome.status).toBe(status);
			expect((outcome.item?.order as { status?: string } | undefined)?.status).toBe(shown);
		},
	);

	it.each([
		{ type: 'order.paid', data: { status: 2 } },
		{ type: 'refund.succeeded', data: { trade_id: 'T1', amount: 5 } },
		{ type: 'dispute.opened', data: { trade_id: 'T1' } },
		{ type: 'payout.sent', data: {} },
	])('refuses for good what names nothing that could be looked up: %j', async (body) => {
		const { status, said } = await deliver(body);
		expect([400, 403]).toContain(status);
		expect(JSON.parse(said)).toMatchObject({ field: expect.any(String) });
		expect(trigger.executions).toEqual([]);
	});
});

describe('Where PonponPay has no records of refunds and disputes', () => {
	const REFUND = { type: 'refund.succeeded', data: { refund_id: 'R1', status: 'succeeded' } };
	const DISPUTE = { type: 'dispute.opened', data: { dispute_id: 'D1', status: 'open' } };

	it.each([
		['/refund/detail', REFUND, { confirm: true }],
		['/dispute/detail', DISPUTE, { confirm: true }],
		['/refund/detail', { type: 'refund.failed', data: REFUND.data }, {}],
	])('what cannot be looked up at %s is refused for good', async (endpoint, body, options) => {
		await open(options);
		sandbox.faults.unpublish(endpoint);
		const { status, said } = await deliver(body);
		expect(status).toBe(403);
		expect(JSON.parse(said)).toMatchObject({ code: 'notConfirmable' });
	});

	it('a payment is confirmed all the same', async () => {
		await open({ confirm: true });
		sandbox.faults.unpublish('/refund/detail');
		const body = { trade_id: await paidOrder(), status: 2 };
		expect(await deliver(body)).toMatchObject({ status: 200, item: { event: 'order.paid' } });
	});

	it.each([
		['refund', REFUND],
		['payment', { trade_id: 'T1', status: 2 }],
	])('a %s is repeated while the host knows none of its endpoints', async (_what, body) => {
		await open({ confirm: true });
		for (const endpoint of ['/refund/detail', '/order/detail', '/merchant/detail']) {
			sandbox.faults.unpublish(endpoint);
		}
		expect((await deliver(body)).status).toBe(503);
	});
});

describe('A delivery whose type and status disagree', () => {
	beforeEach(async () => await open({}));

	it('about a refund is settled by the books, and repeated while these do not know its end', async () => {
		const tradeId = await paidOrder();
		const { refundId } = sandbox.refunds.add(tradeId, 'refund-1', '5');
		const body = { type: 'refund.completed', data: { refund_id: refundId, status: 'failed' } };
		expect((await deliver(body)).status).toBe(503);
		sandbox.refunds.process(refundId);
		sandbox.refunds.fail(refundId);
		expect(await deliver(body)).toMatchObject({
			status: 200,
			item: { event: 'refund.failed', refund: { refundId, status: 'failed' } },
		});
	});

	it('about a dispute is settled by the books', async () => {
		const { disputeId } = sandbox.disputes.open(await paidOrder());
		const body = { type: 'dispute.closed', data: { dispute_id: disputeId, status: 'open' } };
		expect(await deliver(body)).toMatchObject({
			status: 200,
			item: { event: 'dispute.opened', dispute: { disputeId, status: 'open' } },
		});
	});

	it('about an order is repeated while the books are behind both', async () => {
		const tradeId = await createOrder(sandbox);
		const body = { type: 'order.paid', data: { trade_id: tradeId, status: 3 } };
		expect((await deliver(body)).status).toBe(503);
		sandbox.orders.pay(tradeId);
		expect(await deliver(body)).toMatchObject({ status: 200, item: { event: 'order.paid' } });
	});
});

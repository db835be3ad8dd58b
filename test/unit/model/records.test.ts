import { DISPUTE_STATUSES, toDispute } from '../../../nodes/shared/model/dispute';
import { REFUND_STATUSES, sumOfLiveRefunds, toRefund } from '../../../nodes/shared/model/refund';
import { toStatistics } from '../../../nodes/shared/model/statistics';
import { toTransaction } from '../../../nodes/shared/model/transaction';
import { toWebhook } from '../../../nodes/shared/model/webhook';

const NOON = Date.UTC(2026, 10, 22, 12);
const ISO = '2026-11-23T08:00:00.000Z';
const nulls = (shape: object) => Object.values(shape).every((value) => value === null);

describe('a transaction', () => {
	it('has our shape', () => {
		expect(
			toTransaction({
				transaction_id: 'T1',
				trade_id: 'P1',
				mch_order_id: 'shop-1',
				type: 'payment',
				hash: 'abc',
				currency: 'usdt',
				network: 'Tron',
				amount: '25.001200000000000001',
				status: 'confirmed',
				created_at: 1795420800,
			}),
		).toEqual({
			transactionId: 'T1',
			type: 'payment',
			status: 'confirmed',
			amount: '25.001200000000000001',
			currency: 'USDT',
			network: 'tron',
			tradeId: 'P1',
			transactionHash: 'abc',
			explorerUrl: 'https://tronscan.org/#/transaction/abc',
			createdAt: ISO,
		});
	});

	it('of which nothing is known has every field all the same', () => {
		expect(nulls(toTransaction({}))).toBe(true);
	});
});

describe('statistics', () => {
	const sums = { total_count: 3, total_amount: 30.5, paid_count: 2, paid_amount: '20.5' };
	const told = {
		totalCount: 3,
		totalAmount: '30.5',
		paidCount: 2,
		paidAmount: '20.5',
		refundedAmount: null,
	};

	it('are one element for all, where not grouped', () => {
		expect(toStatistics({ ...sums, groups: [sums] }, false)).toEqual([{ group: null, ...told }]);
	});

	it.each([['key'], ['day'], ['date'], ['currency'], ['network']])(
		'are one element per group, named by its %s',
		(name) => {
			const groups = [{ ...sums, [name]: 'a' }, { ...sums, [name]: 'b' }, null, 'none'];
			expect(toStatistics({ ...sums, groups }, true)).toEqual([
				{ group: 'a', ...told },
				{ group: 'b', ...told },
			]);
		},
	);

	it('are none where there are no groups', () => {
		expect(toStatistics({ ...sums, groups: [] }, true)).toEqual([]);
		expect(toStatistics(sums, true)).toEqual([]);
	});

	it('count in text too', () => {
		expect(toStatistics({ total_count: '3' }, false)[0].totalCount).toBe(3);
	});

	it('say nothing where PonponPay says nothing', () => {
		expect(toStatistics({ total_count: 'three' }, false)).toEqual([
			{
				group: null,
				totalCount: null,
				totalAmount: null,
				paidCount: null,
				paidAmount: null,
				refundedAmount: null,
			},
		]);
	});
});

describe('a refund', () => {
	it('has our shape', () => {
		expect(
			toRefund({
				refund_id: 'R1',
				mch_refund_id: 'shop-r-1',
				trade_id: 'P1',
				amount: 5,
				currency: 'usdc',
				network: 'Polygon',
				address: '0xabc',
				reason: 'too late',
				status: 'succeeded',
				hash: '0xdef',
				created_at: 1795420800,
				updated_at: 1795420900,
			}),
		).toEqual({
			refundId: 'R1',
			merchantRefundId: 'shop-r-1',
			tradeId: 'P1',
			status: 'succeeded',
			amount: '5',
			currency: 'USDC',
			network: 'polygon',
			address: '0xabc',
			transactionHash: '0xdef',
			createdAt: ISO,
		});
	});

	it('of which nothing is known has every field all the same', () => {
		expect(nulls(toRefund({}))).toBe(true);
	});

	it('counts against what was paid unless it is dead, and exactly', () => {
		const refunds = REFUND_STATUSES.map((status) => toRefund({ status, amount: 0.1 }));
		expect(sumOfLiveRefunds(refunds).toString()).toBe('0.3');
		expect(sumOfLiveRefunds([]).toString()).toBe('0');
	});

	it('of an unknown status counts: it may take money', () => {
		const refunds = [toRefund({ status: 'on_hold', amount: 2 }), toRefund({ amount: 3 })];
		expect(sumOfLiveRefunds(refunds).toString()).toBe('5');
	});

	it('without an amount counts nothing', () => {
		expect(sumOfLiveRefunds([toRefund({ status: 'pending' })]).toString()).toBe('0');
	});
});

describe('a dispute', () => {
	const HOUR = 3600;

	it('has our shape, with the time that is left to respond', () => {
		expect(
			toDispute(
				{
					dispute_id: 'D1',
					trade_id: 'P1',
					mch_order_id: 'shop-1',
					reason: 'not delivered',
					status: 'open',
					amount: 25,
					currency: 'usdt',
					messages: [],
					due_at: NOON / 1000 + 36.25 * HOUR,
					created_at: 1795420800,
				},
				NOON,
			),
		).toEqual({
			disputeId: 'D1',
			status: 'open',
			reason: 'not delivered',
			amount: '25',
			currency: 'USDT',
			tradeId: 'P1',
			merchantOrderId: 'shop-1',
			dueAt: '2026-11-24T00:15:00.000Z',
			hoursLeft: 36.3,
			createdAt: ISO,
		});
	});

	it('has no hours left when its time has passed, and says nothing where there is none', () => {
		expect(toDispute({ due_at: NOON / 1000 - HOUR }, NOON).hoursLeft).toBe(0);
		expect(toDispute({ due_at: NOON / 1000 + 0.5 * HOUR }, NOON).hoursLeft).toBe(0.5);
		expect(nulls(toDispute({}, NOON))).toBe(true);
	});

	it('has one of the states of the contract', () => {
		expect(DISPUTE_STATUSES).toEqual(['open', 'under_review', 'won', 'lost', 'accepted']);
	});
});

describe('a webhook', () => {
	it('has our shape, without its secret', () => {
		expect(
			toWebhook({
				webhook_id: 7,
				url: 'https://n8n.example.com/webhook/1',
				events: ['order.paid', 5, null],
				status: 'active',
				secret: 'whsec_1',
			}),
		).toEqual({
			webhookId: '7',
			url: 'https://n8n.example.com/webhook/1',
			events: ['order.paid'],
			status: 'active',
		});
	});

	it('of which nothing is known has every field all the same', () => {
		expect(toWebhook({ events: 'all' })).toEqual({
			webhookId: null,
			url: null,
			events: [],
			status: null,
		});
	});
});

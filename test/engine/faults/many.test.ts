import { account, createOrder, engine, locator } from '../action/support.mts';
import { describeFault } from '../../sandbox/http/faults.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { FAULT_KINDS } from './faultKinds.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ randomSeed: 'faults' });
});
afterEach(async () => await sandbox.close());

/** How long a lost answer is waited for, in seconds: less than by default, so that the test ends soon. */
const timeout = 1;
const goWrong = (seed: string) => sandbox.faults.rate({ share: 0.2, faults: FAULT_KINDS, seed });

/** That the faults were really there: every kind of them, on a fifth of the requests. */
function expectFaults(): void {
	const faults = sandbox.requests.all().flatMap(({ fault }) => fault ?? []);
	expect(new Set(faults)).toEqual(new Set(FAULT_KINDS.map(describeFault)));
	const share = faults.length / sandbox.requests.count();
	expect(share).toBeGreaterThan(0.15);
	expect(share).toBeLessThan(0.25);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('With a fifth of all answers going wrong', () => {
	it('1,000 items make 1,000 orders: none twice, none lost, each paired with its item', async () => {
		goWrong('orders');
		const items = numbers(1000).map((index) => ({ amount: `${index + 1}.25` }));
		const { json, error, pairedWith } = await engine.runNode({
			parameters: createOrder({ amount: '={{ $json.amount }}', options: { timeout } }),
			items,
			credentials: account(sandbox.url, sandbox.apiKey),
			executionId: '1',
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject(items);
		expect(pairedWith).toEqual(numbers(1000));
		expect(sandbox.orders.all()).toHaveLength(1000);
		const made = new Map(sandbox.orders.all().map(({ tradeId, amount }) => [tradeId, amount]));
		expect(json.map(({ tradeId }) => made.get(String(tradeId)))).toEqual(
			items.map(({ amount }) => amount),
		);
		expectFaults();
	}, 180_000);

	it('300 refunds of 100 orders are made: none twice, none lost, each paired with its item', async () => {
		const orders = await engine.runNode({
			parameters: createOrder({
				options: { merchantOrderId: '={{ $json.id }}' },
			}),
			items: numbers(100).map((index) => ({ id: `shop-${index}` })),
			credentials: account(sandbox.url, sandbox.apiKey),
		});
		for (const { tradeId } of orders.json) sandbox.orders.pay(String(tradeId));
		sandbox.requests.clear();
		goWrong('refunds');
		const items = numbers(300).map((index) => ({
			id: `shop-${index % 100}`,
			amount: ['1.5', '2.25', '3.125'][Math.floor(index / 100)],
		}));
		const { json, error, pairedWith } = await engine.runNode({
			parameters: {
				resource: 'refund',
				operation: 'create',
				order: locator('merchantOrderId', '={{ $json.id }}'),
				amount: '={{ $json.amount }}',
				options: { timeout },
			},
			items,
			credentials: account(sandbox.url, sandbox.apiKey),
			executionId: '2',
		});
		expect(error).toBeUndefined();
		expect(pairedWith).toEqual(numbers(300));
		expect(json).toMatchObject(items.map(({ amount }) => ({ amount })));
		const tradeIds = new Map(orders.json.map((order) => [order.merchantOrderId, order.tradeId]));
		expect(json.map(({ tradeId }) => tradeId)).toEqual(items.map(({ id }) => tradeIds.get(id)));
		const made = sandbox.refunds.all().map(({ refundId }) => refundId);
		expect(made).toHaveLength(300);
		expect(new Set(json.map(({ refundId }) => refundId))).toEqual(new Set(made));
		expectFaults();
	}, 180_000);
});

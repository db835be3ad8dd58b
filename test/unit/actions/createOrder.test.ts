import { createOrder } from '../../../nodes/PonponPay/actions/order/createOrder.operation';
import { createAndWait } from '../../../nodes/PonponPay/actions/order/createAndWait.operation';
import { createCheckoutLink } from '../../../nodes/PonponPay/actions/order/createCheckoutLink.operation';
import { refusal, success } from '../api/support';
import { run } from './support';

const CREATED = success({
	trade_id: 'P1',
	address: 'T1',
	payment_url: 'https://pay.example.com/1',
});
const RESUME = '/webhook-waiting/7/ponponpay?signature=0123456789abcdef';

const fields = (options: Record<string, unknown>, resumeUrl?: string) => ({
	amount: '25',
	currency: 'USDT',
	network: 'tron',
	options,
	resumeUrl,
});
const notifyUrlOf = async (options: Record<string, unknown>, resumeUrl?: string) => {
	const { sent } = await run(createOrder, fields(options, resumeUrl), CREATED);
	return (sent[0].body as { notify_url?: string }).notify_url;
};

describe('the address that PonponPay calls about an order', () => {
	it('is the one given, or the one that wakes this execution, or none', async () => {
		const url = 'https://n8n.example.com/webhook/1';
		expect(await notifyUrlOf({ notifyUrl: ` ${url} ` })).toBe(url);
		const resumeUrl = `https://n8n.example.com${RESUME}`;
		expect(await notifyUrlOf({ notifyExecution: true }, resumeUrl)).toBe(resumeUrl);
		expect(await notifyUrlOf({})).toBeUndefined();
	});

	it('must be one that PonponPay can reach', async () => {
		const notifyUrl = 'http://localhost:5678/webhook/1';
		await expect(run(createOrder, fields({ notifyUrl }))).rejects.toThrow(
			`Notify URL must be an address that PonponPay can reach. It is "${notifyUrl}".`,
		);
	});

	it.each([
		[
			'http://192.168.1.5:5678',
			'must be one that PonponPay can reach; where there is none, let the waiting node learn of the payment by Polling',
		],
		['http://n8n.example.com', 'must be a complete address that starts with https://'],
	])(
		'cannot be this execution at %s, and nothing of what wakes it is told',
		async (origin, rule) => {
			const making = run(createOrder, fields({ notifyExecution: true }, origin + RESUME));
			await expect(making).rejects.toThrow(
				new Error(`The address of this n8n server (WEBHOOK_URL) ${rule}. It is "${origin}".`),
			);
		},
	);
});

const TAKEN = refusal(10001, 'mch_order_id already exists');
const ORDER = {
	amount: 25,
	currency: 'USDT',
	network: 'tron',
	payment_url: 'https://pay.example.com/1',
};
const orderOf = (mch_order_id: string, status: number | string) =>
	success({ ...ORDER, trade_id: `P-${mch_order_id}`, mch_order_id, status });
const withId = (merchantOrderId: string, more: Record<string, unknown> = {}) =>
	fields({ merchantOrderId, ...more }, `https://n8n.example.com${RESUME}`);
const idsSentTo = (sent: Array<{ path: string; body: unknown }>, endpoint: string) =>
	sent
		.filter(({ path }) => path.endsWith(endpoint))
		.map(({ body }) => (body as { mch_order_id: string }).mch_order_id);

describe.each([
	['Create', createOrder],
	['Create and Wait', createAndWait],
	['Create Checkout Link', createCheckoutLink],
])('an ID that an order has already, with %s', (_name, operation) => {
	it.each([
		[3, 'expired'],
		[4, 'cancelled'],
		['failed', 'failed'],
	])('is used up where that order has status %s', async (status, word) => {
		const found = orderOf('shop-1', status);
		const sentence = `Merchant Order ID is used up: the order that has it is ${word}, and nobody can pay by its link any more; give another ID, or choose "Create a New One" under "If the Order Has Expired". It is "shop-1".`;
		await expect(run(operation, withId('shop-1'), TAKEN, found)).rejects.toThrow(sentence);
		// The answer to the create may be that order itself.
		await expect(run(operation, withId('shop-1'), found)).rejects.toThrow(sentence);
	});

	it.each([2, 5, 7])('gives that order with a hint where it is paid: %i', async (status) => {
		const found = orderOf('shop-1', status);
		for (const script of [[TAKEN, found], [found]]) {
			const { output, hints } = await run(operation, withId('shop-1'), ...script);
			expect(output).toMatchObject({ merchantOrderId: 'shop-1', isPaid: true });
			expect(hints).toEqual([
				'Order shop-1 was there already and is paid: no new one was created.',
			]);
		}
	});

	it('says that a state is unknown before its link is sent', async () => {
		const { output, hints } = await run(operation, withId('shop-1'), orderOf('shop-1', 'closed'));
		expect(output).toMatchObject({ status: 'unknown' });
		expect(hints).toEqual([
			expect.stringMatching(/^PonponPay gives order shop-1 the status "closed"/),
		]);
	});

	it('gives that order, and says that it was there, where it can still be paid', async () => {
		const { output, hints } = await run(operation, withId('shop-1'), TAKEN, orderOf('shop-1', 1));
		expect(output).toMatchObject({ merchantOrderId: 'shop-1', status: 'pending' });
		expect(hints).toEqual(['Order shop-1 was there already: no new one was created.']);
	});

	it('is told also where PonponPay answers the create with that order, by its age', async () => {
		const aged = (seconds: number) => {
			const created_at = Math.floor(Date.now() / 1000) - seconds;
			const order = { ...ORDER, trade_id: 'P1', mch_order_id: 'shop-1', status: 1, created_at };
			return success(order);
		};
		const hintsAt = async (seconds: number) =>
			(await run(operation, withId('shop-1'), aged(seconds))).hints;
		expect(await hintsAt(86_400)).toEqual([
			'Order shop-1 was there already: no new one was created.',
		]);
		expect(await hintsAt(1)).toEqual([]);
	});

	it('is followed by the next one where that is wanted, which a retry finds again', async () => {
		const wanted = withId('shop-1', { ifExpired: 'createNew' });
		const expired = [TAKEN, orderOf('shop-1', 3), TAKEN, orderOf('shop-1-2', 4)];
		const made = await run(operation, wanted, ...expired, orderOf('shop-1-3', 1));
		expect(made.output).toMatchObject({ merchantOrderId: 'shop-1-3', status: 'pending' });
		expect(made.hints).toEqual(['Order shop-1 can no longer be paid: order shop-1-3 replaces it.']);
		const endpoint = operation === createCheckoutLink ? '/order/checkout' : '/order/add';
		expect(idsSentTo(made.sent, endpoint)).toEqual(['shop-1', 'shop-1-2', 'shop-1-3']);

		const again = await run(operation, wanted, ...expired, TAKEN, orderOf('shop-1-3', 1));
		expect(again.output).toEqual(made.output);
	});
});

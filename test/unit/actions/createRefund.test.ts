import { createRefund } from '../../../nodes/PonponPay/actions/refund/createRefund.operation';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { failureOf, fault, refusal, success } from '../api/support';
import { byTradeId, run } from './support';

const WALLET = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const PAID = {
	trade_id: 'P1',
	status: 2,
	amount: 25,
	actual_amount: 25.0012,
	currency: 'USDT',
	network: 'polygon',
};
const REFUND = {
	refund_id: 'R1',
	mch_refund_id: 'n8n-refund-1',
	trade_id: 'P1',
	amount: 10,
	address: WALLET,
	status: 'pending',
};
const page = (...list: unknown[]) => success({ list, total: list.length, page: 1, page_size: 100 });
const earlier = (amount: number, status = 'succeeded') => ({
	refund_id: `R-${amount}-${status}`,
	mch_refund_id: 'other',
	amount,
	status,
});

const fields = { order: byTradeId('P1'), amount: '10' };
const orderAnd = (...refunds: unknown[]) => [success(PAID), page(...refunds)];

describe('creating a refund', () => {
	it('looks at order and refunds, then sends amount, order and an id of ours', async () => {
		const { output, sent } = await run(createRefund, fields, ...orderAnd(), success(REFUND));
		expect(output).toMatchObject({ refundId: 'R1', amount: '10', status: 'pending' });
		expect(sent.map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
			'order/detail',
			'refund/list',
			'refund/add',
		]);
		expect(sent[2].body).toEqual({ trade_id: 'P1', mch_refund_id: 'n8n-refund-1', amount: 10 });
	});

	it('of all that is left sends no amount', async () => {
		const { sent } = await run(
			createRefund,
			{ ...fields, amount: '' },
			...orderAnd(),
			success({ ...REFUND, amount: 25.0012 }),
		);
		expect(sent[2].body).not.toHaveProperty('amount');
	});

	it.each([
		['its order', { trade_id: 'P9', amount: 25 }, 'it refunds the order P9'],
		['its amount', { amount: 1 }, 'its amount is 1 instead of 25.0012'],
		['its currency', { amount: 25, currency: 'USDC' }, 'its currency is USDC instead of USDT'],
		['its network', { amount: 25, network: 'bsc' }, 'its network is bsc instead of polygon'],
	])('is no success where PonponPay answers with another one: %s', async (_what, odd, detail) => {
		const byOwnId = { order: { __rl: true, mode: 'merchantOrderId', value: 'mine' }, amount: '' };
		const made = success({ ...REFUND, ...odd });
		const found = success({ ...PAID, mch_order_id: 'mine' });
		const failure = await failureOf(run(createRefund, byOwnId, found, page(), made));
		expect(failure.details).toMatchObject({ kind: 'mismatch', detail });
	});

	it.each([25, 25.0012, undefined])('of all that is left may be told as %s', async (amount) => {
		const made = success({ ...REFUND, amount });
		const { output } = await run(createRefund, { ...fields, amount: '' }, ...orderAnd(), made);
		expect(output.refundId).toBe('R1');
	});

	it('is not asked for where the list of refunds may have another name than the one that is empty', async () => {
		const hidden = success({ list: null, results: [earlier(25)] });
		const always = Array.from({ length: 9 }, () => hidden);
		const failure = await failureOf(
			run(createRefund, { ...fields, amount: '' }, success(PAID), ...always),
		);
		expect(failure.details).toMatchObject({ kind: 'unreadable', expected: 'a list of refunds' });
	});

	it('may take the last of it, to the last digit, and no more', async () => {
		const refunds = orderAnd(earlier(10), earlier(5, 'pending'), earlier(9, 'failed'));
		const last = { ...fields, amount: '10.0012' };
		const { output } = await run(
			createRefund,
			last,
			...refunds,
			success({ ...REFUND, amount: 10.0012 }),
		);
		expect(output.refundId).toBe('R1');

		const tooMuch = run(createRefund, { ...fields, amount: '10.001201' }, ...refunds);
		await expect(tooMuch).rejects.toThrow(InvalidInput);
		await expect(tooMuch).rejects.toThrow(
			'Amount must not be more than what is left of the order (paid 25.0012, refunded so far 15, left 10.0012 USDT); empty, all of that is sent back. It is "10.001201".',
		);
	});

	it('is refused, and nothing sent, where a refund that has no ID may have taken money', async () => {
		const listed = page(earlier(10), { amount: 15, status: 'succeeded' });
		const outcome = run(createRefund, fields, success(PAID), listed);
		expect((await failureOf(outcome)).details).toMatchObject({
			kind: 'unreadable',
			expected: 'a list of refunds',
		});
	});

	it.each([undefined, null, 'many'])(
		'is refused, and nothing sent, where an earlier one does not tell what it took: %p',
		async (amount) => {
			const taken = { refund_id: 'R9', trade_id: 'P1', status: 'succeeded', amount };
			for (const asked of ['10', '']) {
				const outcome = run(createRefund, { ...fields, amount: asked }, ...orderAnd(taken));
				await expect(outcome).rejects.toThrow(
					'Order has a refund whose amount PonponPay does not tell (R9), so that nobody knows what is left; look it up in the PonponPay dashboard. It is "P1".',
				);
			}
			const dead = orderAnd({ ...taken, status: 'failed' });
			const { output } = await run(createRefund, fields, ...dead, success(REFUND));
			expect(output.refundId).toBe('R1');
		},
	);

	it('is refused, and nothing sent, where nobody can ask for the refunds that were before', async () => {
		const shopOrder = { __rl: true, mode: 'merchantOrderId', value: 'shop-1' };
		const nameless = { ...PAID, trade_id: undefined, mch_order_id: 'shop-1' };
		const outcome = run(createRefund, { ...fields, order: shopOrder }, success(nameless));
		await expect(outcome).rejects.toThrow(
			'Order must be given by its trade ID: PonponPay did not tell it, and without it nobody knows what was sent back before. It is "shop-1".',
		);
	});

	it('is refused, and nothing sent, where nothing is left', async () => {
		const all = run(createRefund, { ...fields, amount: '' }, ...orderAnd(earlier(25.0012)));
		await expect(all).rejects.toThrow(/nothing left to refund \(paid 25.0012, .* left 0 USDT\)/);
	});

	it.each([0, 1, 3, 4, 6, 9])(
		'of an order with status %i is refused, and nothing sent',
		async (status) => {
			await expect(run(createRefund, fields, success({ ...PAID, status }))).rejects.toThrow(
				/only a paid order can be refunded/,
			);
		},
	);

	it('to a mistyped wallet is refused, and nothing sent', async () => {
		const mistyped = { ...fields, options: { address: WALLET.replace('5aA', '5aa') } };
		await expect(run(createRefund, mistyped, success(PAID))).rejects.toThrow(
			/^Address \(network polygon\)/,
		);
	});

	it.each(['newchain', null])(
		'to a wallet on a network where mistypes go unnoticed wants a person to have compared it: %s',
		async (network) => {
			const there = (options: object) => ({
				...fields,
				options: { address: '7xQ-wallet', ...options },
			});
			const paid = success({ ...PAID, network });
			await expect(run(createRefund, there({}), paid)).rejects.toThrow(
				`Address Is Right must be switched on: addresses on the network ${network ?? 'of this order'} cannot be checked, and what is sent to a mistyped one is lost.`,
			);
			const { output } = await run(
				createRefund,
				there({ addressIsRight: true }),
				paid,
				page(),
				success({ ...REFUND, address: '7xQ-wallet' }),
			);
			expect(output.refundId).toBe('R1');
			// To the wallet it came from nothing needs to be compared.
			const back = await run(createRefund, fields, paid, page(), success(REFUND));
			expect(back.output.refundId).toBe('R1');
		},
	);

	it.each(['failed', 'cancelled'])(
		'under the ID of a refund that is %s is told to need another, before and after it is sent',
		async (status) => {
			const dead = { ...REFUND, status };
			const sentence = `Merchant Refund ID is used up: the refund that has it is ${status}, and no money is on its way; give another ID to try again. It is "n8n-refund-1".`;
			await expect(run(createRefund, fields, ...orderAnd(dead))).rejects.toThrow(sentence);
			const taken = [refusal(10001, 'mch_refund_id already exists'), success(dead)];
			await expect(run(createRefund, fields, ...orderAnd(), ...taken)).rejects.toThrow(sentence);
			await expect(run(createRefund, fields, ...orderAnd(), success(dead))).rejects.toThrow(
				sentence,
			);
		},
	);

	it('that broke off is looked up by our id and not sent twice', async () => {
		const { output, sent } = await run(
			createRefund,
			fields,
			...orderAnd(),
			fault('interrupted'),
			success(REFUND),
		);
		expect(output.refundId).toBe('R1');
		expect(sent[3]).toMatchObject({ body: { mch_refund_id: 'n8n-refund-1' } });
		expect(sent).toHaveLength(4);
	});

	it('made by an earlier try does not stand in its own way', async () => {
		const full = { ...REFUND, amount: 25.0012 };
		const { output, hints } = await run(
			createRefund,
			{ ...fields, amount: '25.0012' },
			...orderAnd(full),
			refusal(10001, 'mch_refund_id already exists'),
			success(full),
		);
		expect(output).toMatchObject({ refundId: 'R1', amount: '25.0012' });
		expect(hints).toEqual([
			'Refund n8n-refund-1 was there already (pending): no second one was created.',
		]);
	});

	it.each([
		[{ trade_id: 'P2' }, 'it refunds the order P2'],
		[{ amount: 9 }, 'its amount is 9 instead of 10'],
		[{ address: '0x0000000000000000000000000000000000000001' }, 'it goes to 0x0000'],
	])('is refused where its id belongs to another refund: %j', async (other, told) => {
		const outcome = run(
			createRefund,
			{ ...fields, options: { address: WALLET } },
			...orderAnd(),
			refusal(10001, 'mch_refund_id already exists'),
			success({ ...REFUND, ...other }),
		);
		expect((await failureOf(outcome)).details.detail).toContain(told);
	});

	it('knows its wallet again, whichever case PonponPay writes it in', async () => {
		const { output } = await run(
			createRefund,
			{ ...fields, options: { address: WALLET } },
			...orderAnd(),
			fault('interrupted'),
			success({ ...REFUND, address: WALLET.toLowerCase() }),
		);
		expect(output.refundId).toBe('R1');
	});
});

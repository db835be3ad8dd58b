import { getTransaction } from '../../../nodes/PonponPay/actions/transaction/getTransaction.operation';
import { getTransactions } from '../../../nodes/PonponPay/actions/transaction/getTransactions.operation';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { failureOf, refusal, success } from '../api/support';
import { run } from './support';

const DIGITS = '5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';
const SIGNATURE =
	'5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';
const byHash = (value: string) => ({ transaction: { __rl: true, mode: 'hash', value } });
const named = (value: string) => ({ __rl: true, mode: 'id', value });
const filteredBy = (filters: Record<string, unknown>) => ({ returnAll: true, filters });
const found = (hash: string) => success({ transaction_id: 'T1', hash });
const page = (...list: unknown[]) => success({ list, total: list.length, page: 1, page_size: 100 });
const NOT_FOUND = refusal(10011, 'transaction not found');

const WRITTEN = [
	['a hash', DIGITS, DIGITS],
	['capitals', DIGITS.toUpperCase(), DIGITS],
	['0x and capitals', `0x${DIGITS.toUpperCase()}`, `0x${DIGITS}`],
	['a page of Tronscan', `https://tronscan.org/#/transaction/${DIGITS}`, DIGITS],
	['a page of Etherscan', `https://etherscan.io/tx/0x${DIGITS}?a=1`, `0x${DIGITS}`],
	['a signature of Solana', SIGNATURE, SIGNATURE],
	['a page of Solscan', `https://solscan.io/tx/${SIGNATURE}`, SIGNATURE],
];

describe('a transaction is found by its hash', () => {
	it.each(WRITTEN)('given as %s', async (_name, given, hash) => {
		const one = await run(getTransaction, byHash(given), found(hash));
		expect(one.sent.map(({ body }) => body)).toEqual([{ hash }]);
		const many = await run(
			getTransactions,
			filteredBy({ hash: given }),
			page({ transaction_id: 'T1', hash }),
		);
		expect(many.sent.map(({ body }) => body)).toMatchObject([{ hash }]);
		expect(many.output).toHaveLength(1);
	});

	it('with 0x where it was given without, and the other way round', async () => {
		for (const [given, known] of [
			[DIGITS, `0x${DIGITS}`],
			[`0x${DIGITS}`, DIGITS],
		]) {
			const one = await run(getTransaction, byHash(given), NOT_FOUND, found(known));
			expect(one.output).toMatchObject({ transactionId: 'T1', transactionHash: known });
			const listed = page({ transaction_id: 'T1', hash: known });
			const many = await run(getTransactions, filteredBy({ hash: given }), page(), listed);
			expect(many.output).toMatchObject([{ transactionHash: known }]);
		}
	});

	it('in the spelling of the network that is given too', async () => {
		const filters = filteredBy({ hash: DIGITS, network: named('polygon') });
		const listed = page({ transaction_id: 'T1', hash: `0x${DIGITS}`, network: 'polygon' });
		const { sent } = await run(getTransactions, filters, listed);
		expect(sent[0].body).toMatchObject({ hash: `0x${DIGITS}`, network: 'polygon' });
	});

	it('or else is told to be missing, after both spellings', async () => {
		const missing = run(getTransaction, byHash(DIGITS), NOT_FOUND, NOT_FOUND);
		expect((await failureOf(missing)).details.detail).toBe('transaction not found');
		const signature = run(getTransaction, byHash(SIGNATURE), NOT_FOUND);
		expect((await failureOf(signature)).kind).toBe('refused');
	});

	it('and nothing is asked for what is none, nor for the page of another network', async () => {
		for (const given of ['not a hash', 'https://pay.example.com/tx/1', 'x'.repeat(200)]) {
			await expect(run(getTransaction, byHash(given))).rejects.toThrow(InvalidInput);
			await expect(run(getTransactions, filteredBy({ hash: given }))).rejects.toThrow(/^Hash must/);
		}
		const hash = `https://tronscan.org/#/transaction/${DIGITS}`;
		const filters = filteredBy({ hash, network: named('polygon') });
		await expect(run(getTransactions, filters)).rejects.toThrow(/^Hash must be a transaction hash/);
	});
});

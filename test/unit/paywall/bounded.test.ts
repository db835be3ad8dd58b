import { CallerBudget } from '../../../nodes/PonponPayPaywallTrigger/callerBudget';
import { KeptAnswers, LONGEST_KEPT } from '../../../nodes/PonponPayPaywallTrigger/keptAnswers';

let now = 0;
beforeEach(() => (now = 1_000_000));
const clock = () => now;

describe('What a client may ask without paying', () => {
	it('is so much in a minute, and then again', () => {
		const budget = new CallerBudget(clock);
		expect(budget.take('192.0.2.1', 10, 20)).toBe(0);
		expect(budget.take('192.0.2.1', 10, 20)).toBe(0);
		now += 20_000;
		expect(budget.take('192.0.2.1', 1, 20)).toBe(40);
		expect(budget.take('192.0.2.2', 10, 20)).toBe(0);
		now += 40_000;
		expect(budget.take('192.0.2.1', 10, 20)).toBe(0);
	});

	it('is given back for money, and never more than was taken', () => {
		const budget = new CallerBudget(clock);
		budget.take('a', 10, 20);
		budget.give('a', 11);
		budget.give('a', 100);
		expect(budget.take('a', 20, 20)).toBe(0);
		expect(budget.take('a', 1, 20)).toBe(60);
	});

	it.each([
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9', true],
		['2001:db8::1', '2001:db8::ffff:1', true],
		['2001:db8:0:1::1', '2001:db8::1', false],
		['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
	])('%s and %s are one client: %s', (one, other, isSame) => {
		const budget = new CallerBudget(clock);
		budget.take(one, 20, 20);
		expect(budget.take(other, 1, 20) > 0).toBe(isSame);
	});

	it('is remembered of so many at most', () => {
		const budget = new CallerBudget(clock, 3);
		for (let number = 0; number < 100; number += 1) budget.take(`10.0.0.${number}`, 1, 20);
		expect(budget.size).toBe(3);
	});
});

describe('The answers that are kept', () => {
	const answer = (length: number) => ({
		status: 200,
		headers: {},
		body: Buffer.alloc(length),
		isWhole: true,
	});

	it('are forgotten after their time', () => {
		const kept = new KeptAnswers(clock, 10);
		kept.keep('a', answer(1), 1000);
		kept.keep('never', answer(1), 0);
		expect(kept.get('a')).toEqual(answer(1));
		expect(kept.get('never')).toBeUndefined();
		now += 1000;
		expect(kept.get('a')).toBeUndefined();
		expect(kept.size).toBe(0);
	});

	it('are so many, and so long, at most: the oldest goes first', () => {
		const few = new KeptAnswers(clock, 2);
		for (const key of ['a', 'b', 'c']) few.keep(key, answer(1), 1000);
		expect(['a', 'b', 'c'].map((key) => few.get(key) !== undefined)).toEqual([false, true, true]);
		const short = new KeptAnswers(clock, 100, 25);
		for (const key of ['a', 'b', 'c']) short.keep(key, answer(10), 1000);
		expect(['a', 'b', 'c'].map((key) => short.get(key) !== undefined)).toEqual([false, true, true]);
		short.keep('c', answer(5), 1000);
		short.keep('d', answer(10), 1000);
		expect(short.size).toBe(3);
		short.keep('long', answer(LONGEST_KEPT + 1), 1000);
		expect(short.get('long')).toBeUndefined();
	});
});

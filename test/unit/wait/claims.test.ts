import { Claims } from '../../../nodes/PonponPay/wait/claims';

describe('A claim', () => {
	it('is had by one only', () => {
		const claims = new Claims();
		expect([claims.claim('a'), claims.claim('a'), claims.claim('b')]).toEqual([true, false, true]);
	});

	it('can be had again once it is released', () => {
		const claims = new Claims();
		claims.claim('a');
		claims.release('a');
		expect(claims.claim('a')).toBe(true);
	});

	it('is remembered while ten thousand others are made, and no longer', () => {
		const claims = new Claims();
		for (let id = 0; id < 10_000; id += 1) claims.claim(String(id));
		expect(claims.claim('0')).toBe(false);
		claims.claim('one more');
		expect([claims.claim('1'), claims.claim('0')]).toEqual([false, true]);
	});
});

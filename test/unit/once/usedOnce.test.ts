import { UsedOnce, REMEMBER_MS } from '../../../nodes/shared/once/usedOnce';

describe('What may be used once', () => {
	it('remembers for at least ten minutes, then forgets', () => {
		let now = 0;
		const used = new UsedOnce(() => now);
		expect(used.claim('a')).toBe('first');
		now = 600_000;
		expect(used.claim('a')).toBe('used');
		now = REMEMBER_MS;
		expect(used.claim('a')).toBe('first');
	});

	it('refuses what is new rather than forget what is old, until time frees room', () => {
		let now = 0;
		const used = new UsedOnce(() => now, 2);
		used.claim('a');
		now = 1000;
		used.claim('b');
		expect(used.claim('c')).toBe('full');
		expect(used.claim('a')).toBe('used');
		now = REMEMBER_MS;
		expect(used.claim('c')).toBe('first');
		expect(used.claim('b')).toBe('used');
	});
});

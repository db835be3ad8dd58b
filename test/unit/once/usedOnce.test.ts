import { NonceMemory, REMEMBER_MS } from '../../../nodes/shared/once/usedOnce';

describe('The memory of nonces', () => {
	it('remembers for at least ten minutes, then forgets', () => {
		let now = 0;
		const memory = new NonceMemory(() => now);
		expect(memory.claim('a')).toBe('first');
		now = 600_000;
		expect(memory.claim('a')).toBe('replayed');
		now = REMEMBER_MS;
		expect(memory.claim('a')).toBe('first');
	});

	it('refuses what is new rather than forget what is old, until time frees room', () => {
		let now = 0;
		const memory = new NonceMemory(() => now, 2);
		memory.claim('a');
		now = 1000;
		memory.claim('b');
		expect(memory.claim('c')).toBe('full');
		expect(memory.claim('a')).toBe('replayed');
		now = REMEMBER_MS;
		expect(memory.claim('c')).toBe('first');
		expect(memory.claim('b')).toBe('replayed');
	});
});

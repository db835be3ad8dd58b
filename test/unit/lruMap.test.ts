import { LruMap } from '../../nodes/shared/lruMap';

/** Which of the keys are there; in one text, so that looking uses none of them between two looks. */
const held = (map: LruMap<number>, ...keys: string[]) =>
	keys.filter((key) => map.get(key) !== undefined).join(' ');

describe('A map of bounded size', () => {
	it('forgets what was used longest ago', () => {
		const map = new LruMap<number>(2);
		map.set('a', 1);
		map.set('b', 2);
		map.get('a');
		map.set('c', 3);
		expect(held(map, 'a', 'b', 'c')).toBe('a c');
		expect(map.size).toBe(2);
	});

	it('makes an entry once, as long as it remembers it', () => {
		const map = new LruMap<number>(1);
		let made = 0;
		const make = () => (made += 1);
		expect([map.getOrMake('a', make), map.getOrMake('a', make)]).toEqual([1, 1]);
		map.set('b', 9);
		expect(map.getOrMake('a', make)).toBe(2);
	});

	it('never forgets what is under way, and catches up once it has ended', () => {
		const running = new Set([1, 2]);
		const map = new LruMap<number>(1, (value) => running.has(value));
		map.set('a', 1);
		map.set('b', 2);
		map.set('c', 3);
		expect(held(map, 'a', 'b', 'c')).toBe('a b c');
		running.clear();
		map.set('d', 4);
		expect(held(map, 'a', 'b', 'c', 'd')).toBe('d');
	});

	it('keeps what has just come, though all else is under way', () => {
		const map = new LruMap<number>(1, (value) => value === 1);
		map.set('a', 1);
		map.set('b', 2);
		expect(held(map, 'a', 'b')).toBe('a b');
	});

	it('forgets what is deleted', () => {
		const map = new LruMap<number>(1);
		map.set('a', 1);
		map.delete('a');
		expect(map.size).toBe(0);
	});
});

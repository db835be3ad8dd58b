import { isoTime } from '../../../nodes/shared/model/time';

describe('a time of the wire', () => {
	it('is Unix seconds, as number or text, and comes out as ISO 8601 in UTC', () => {
		expect(isoTime(1795420800)).toBe('2026-11-23T08:00:00.000Z');
		expect(isoTime('1795420800')).toBe('2026-11-23T08:00:00.000Z');
		expect(isoTime(1795420800.5)).toBe('2026-11-23T08:00:00.500Z');
		expect(isoTime(99_999_999_999)).toBe('5138-11-16T09:46:39.000Z');
	});

	it('may also be Unix milliseconds, or ISO 8601 with or without a zone', () => {
		const iso = '2026-11-23T08:00:00.000Z';
		expect(isoTime(1795420800000)).toBe(iso);
		expect(isoTime('1795420800000')).toBe(iso);
		expect(isoTime('2026-11-23T08:00:00Z')).toBe(iso);
		expect(isoTime('2026-11-23T16:00:00+08:00')).toBe(iso);
		expect(isoTime('2026-11-23 08:00:00')).toBe(iso);
		expect(isoTime('2026-11-23')).toBe('2026-11-23T00:00:00.000Z');
	});

	it.each([
		[0],
		[-1],
		[8.64e15 + 1],
		['2026-13-45T00:00:00Z'],
		['22 Nov 2026'],
		[NaN],
		[Infinity],
		[''],
		['soon'],
		[null],
		[undefined],
		[true],
		[{}],
	])('is absent where PonponPay sent %p', (wire) => {
		expect(isoTime(wire)).toBeNull();
	});
});

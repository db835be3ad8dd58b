import { isoTime } from '../../../nodes/shared/model/time';

describe('a time of the wire', () => {
	it('is Unix seconds, as number or text, and comes out as ISO 8601 in UTC', () => {
		expect(isoTime(1795420800)).toBe('2026-11-23T08:00:00.000Z');
		expect(isoTime('1795420800')).toBe('2026-11-23T08:00:00.000Z');
		expect(isoTime(1795420800.5)).toBe('2026-11-23T08:00:00.500Z');
		expect(isoTime(8.64e12)).toBe('+275760-09-13T00:00:00.000Z');
	});

	it.each([
		[0],
		[-1],
		[8.64e12 + 1],
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

import { DateTime, Duration } from 'luxon';

import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { parseTimeInput } from '../../../nodes/shared/model/timeInput';

const BERLIN = 'Europe/Berlin';
const parse = (given: unknown, zone = BERLIN) => parseTimeInput('Created After', given, zone);
const unix = (iso: string) => Date.parse(iso) / 1000;

describe('a point in time', () => {
	it.each([
		['the date picker', '2026-11-22T08:30:00', '2026-11-22T07:30:00Z'],
		['a day', '2026-11-22', '2026-11-21T23:00:00Z'],
		['a day in summer', '2026-07-01', '2026-06-30T22:00:00Z'],
		['a day without hyphens', '20261122', '2026-11-21T23:00:00Z'],
		['a text as in a database', '2026-11-22 08:30:00', '2026-11-22T07:30:00Z'],
		['a text with its own zone', '2026-11-22T08:30:00+08:00', '2026-11-22T00:30:00Z'],
		['a text in UTC', ' 2026-11-22T08:30:00.999Z ', '2026-11-22T08:30:00Z'],
		['Unix seconds', 1795336200, '2026-11-22T08:30:00Z'],
		['Unix milliseconds', 1795336200999, '2026-11-22T08:30:00Z'],
		['Unix seconds as a text', '1795336200', '2026-11-22T08:30:00Z'],
		['Unix milliseconds as a text', '1795336200999', '2026-11-22T08:30:00Z'],
		['Unix seconds with decimals as a text', '1795336200.5', '2026-11-22T08:30:00Z'],
		['a DateTime', DateTime.fromISO('2026-11-22T08:30:00Z'), '2026-11-22T08:30:00Z'],
		['the DateTime of another luxon', { toMillis: () => 1795336200999 }, '2026-11-22T08:30:00Z'],
		['a Date', new Date('2026-11-22T08:30:00.999Z'), '2026-11-22T08:30:00Z'],
		['the beginning of time', 0, '1970-01-01T00:00:00Z'],
	])('may be given as %s', (_what, given, instant) => {
		const seconds = parse(given);
		expect(seconds).toBe(Math.floor(unix(instant)));
	});

	it('is in the workflow’s time zone where it names none', () => {
		expect(parse('2026-11-22', 'Asia/Tokyo')).toBe(unix('2026-11-21T15:00:00Z'));
		expect(parse('2026-11-22', 'America/New_York')).toBe(unix('2026-11-22T05:00:00Z'));
	});

	it.each([[undefined], [null], ['']])('may be left out: %p', (given) => {
		expect(parse(given)).toBeUndefined();
	});

	it.each([
		['tomorrow'],
		['22.11.2026'],
		['2026-13-01'],
		['2026-02-30'],
		['-5'],
		[-5],
		// A year, a day and a month as numbers would be minutes to months after 1970.
		[2026],
		[202611],
		[20261122],
		[1.5],
		[999_999_999],
		// Dates and times without their signs, microseconds, and a span.
		[20261122083015],
		['20261122083015'],
		['202611220830'],
		['2026112208'],
		[2026112208],
		['123456789'],
		[1764000000000000],
		[Duration.fromObject({ days: 7 })],
		// Hours would be of today.
		['10'],
		['08:30'],
		['T10'],
		[NaN],
		[Infinity],
		[true],
		[{}],
		[[]],
		[{ toMillis: 5 }],
		[{ toMillis: () => 'soon' }],
		[new Date('never')],
		[DateTime.fromISO('never')],
	])('may not be %p', (given) => {
		expect(() => parse(given)).toThrow(InvalidInput);
		expect(() => parse(given)).toThrow(/^Created After must be a date such as 2026-11-22 or /);
	});
});

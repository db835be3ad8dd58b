/** Last instant a JavaScript date can hold, in Unix milliseconds. */
const LATEST_MS = 8.64e15;
/** As seconds this is the year 5138, as milliseconds 1973: no order is from either. */
const LEAST_MS = 1e11;
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * A time of the wire as ISO 8601 in UTC: Unix seconds [P], and liberally also Unix milliseconds and ISO 8601, which
 * without a zone is taken as UTC.
 *
 * @returns `null` where the API sent none, zero, or something that is no time
 */
export function isoTime(wire: unknown): string | null {
	const ms = typeof wire === 'string' && ISO.test(wire) ? parseIso(wire) : unixMs(wire);
	return ms > 0 && ms <= LATEST_MS ? new Date(ms).toISOString() : null;
}

function parseIso(text: string): number {
	const [date, time = '00:00'] = text.split(/[T ]/i);
	const zone = /(Z|[+-]\d\d:?\d\d)$/i.test(time) ? '' : 'Z';
	return Date.parse(`${date}T${time}${zone}`);
}

function unixMs(wire: unknown): number {
	const number = typeof wire === 'string' && wire.trim() !== '' ? Number(wire) : wire;
	if (typeof number !== 'number') return NaN;
	return number >= LEAST_MS ? number : number * 1000;
}

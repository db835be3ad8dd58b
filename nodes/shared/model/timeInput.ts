import { DateTime } from 'luxon';

import { InvalidInput } from './invalidInput';

/** From 2001 to 2100: what is outside, such as a year, or a date without its signs, was not meant in seconds. */
const SECONDS = { first: 1e9, last: 4_102_444_800 };

/** A date and an hour without their signs, which as seconds would be in 2033 or later. */
const DAY_AND_HOUR = /^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])$/;

/** Luxon would take an hour without a day for one of today. */
const BEGINS_WITH_YEAR = /^[+-]?\d{4}/;

/** The last one that a date can hold, in milliseconds. */
const LAST_MOMENT = 8.64e15;

/**
 * A point in time as people and workflows give it: n8n's date picker, ISO 8601, a `DateTime` of luxon (`$now`), a
 * `Date`, Unix seconds or Unix milliseconds.
 *
 * @param zone time zone for texts that name none: the workflow's, as an IANA name
 * @returns Unix seconds; `undefined` where nothing is given
 * @throws InvalidInput for anything else
 */
export function parseTimeInput(field: string, given: unknown, zone: string): number | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const milliseconds = toMilliseconds(given, zone);
	if (milliseconds === undefined || !(milliseconds >= 0 && milliseconds <= LAST_MOMENT)) {
		throw new InvalidInput(
			field,
			given,
			'must be a date such as 2026-11-22 or 2026-11-22T08:30:00, or Unix seconds',
		);
	}
	return Math.floor(milliseconds / 1000);
}

function toMilliseconds(given: unknown, zone: string): number | undefined {
	if (given instanceof Date) return given.getTime();
	// n8n brings its own luxon, so that its DateTime need not be an instance of ours.
	if (typeof given === 'object' && given !== null && 'toMillis' in given) {
		// A span has milliseconds, too.
		if ('isLuxonDuration' in given) return undefined;
		const { toMillis } = given;
		return typeof toMillis === 'function' ? Number(toMillis.call(given)) : undefined;
	}
	if (typeof given === 'number') return fromUnix(given);
	if (typeof given !== 'string') return undefined;
	const text = given.trim();
	// Eight digits are a day, such as 20261122.
	if (/^\d{9,}(\.\d+)?$/.test(text)) return fromUnix(Number(text));
	if (!BEGINS_WITH_YEAR.test(text)) return undefined;
	const iso = DateTime.fromISO(text, { zone });
	const parsed = iso.isValid ? iso : DateTime.fromSQL(text, { zone });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** Seconds or milliseconds. Zero is the beginning of time, which stands for "ever since". */
function fromUnix(value: number): number | undefined {
	if (value === 0) return 0;
	const isWithin = (seconds: number) => seconds >= SECONDS.first && seconds <= SECONDS.last;
	if (isWithin(value)) return DAY_AND_HOUR.test(String(value)) ? undefined : value * 1000;
	return isWithin(value / 1000) ? value : undefined;
}

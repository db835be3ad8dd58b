import { refuse, type Refusal, type Scheme } from './refusal';

/** Unix seconds, as both timed schemes write them. */
export const TIMESTAMP = /^[1-9]\d{0,11}$/;
/** 16 to 128 letters and digits [P]. */
export const NONCE = /^[0-9A-Za-z]{16,128}$/;

/** How far a delivery's timestamp may be from our clock, in seconds, either way [P]. */
export const TOLERANCE_SECONDS = 300;

/**
 * @param timestamp Unix seconds, of the form {@link TIMESTAMP}
 * @param now Unix milliseconds
 * @returns a refusal when the delivery is too old, or too far in the future
 */
export function refuseStale(
	scheme: Scheme,
	timestamp: string,
	now: number,
	toleranceSeconds: number,
): Refusal | undefined {
	const clockOffset = Number(timestamp) - Math.floor(now / 1000);
	return Math.abs(clockOffset) > toleranceSeconds
		? refuse('stale', { scheme, header: 'X-Timestamp', clockOffset })
		: undefined;
}

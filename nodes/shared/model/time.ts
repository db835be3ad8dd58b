/** Last instant a JavaScript date can hold, in Unix seconds. */
const LATEST = 8.64e12;

/**
 * A time of the wire (Unix seconds [P]) as ISO 8601 in UTC.
 *
 * @returns `null` where the API sent none, zero, or something that is no time
 */
export function isoTime(wireSeconds: unknown): string | null {
	const seconds = typeof wireSeconds === 'string' ? Number(wireSeconds) : wireSeconds;
	if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= LATEST)) return null;
	return new Date(seconds * 1000).toISOString();
}

/** An object as the API sends it: snake_case names, anything as value. */
export type WireObject = Record<string, unknown>;

/** Whether a value of the wire is an object; a list is none. */
export function isWireObject(value: unknown): value is WireObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or number of the wire as text; `null` where it is absent or empty. */
export function wireText(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** The first of several names under which the API sends the same thing. */
export function firstText(wire: WireObject, ...names: string[]): string | null {
	for (const name of names) {
		const text = wireText(wire[name]);
		if (text !== null) return text;
	}
	return null;
}

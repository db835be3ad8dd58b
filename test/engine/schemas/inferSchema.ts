/** The part of JSON Schema that n8n's editor reads. */
export type Schema =
	| { type: 'string' | 'number' | 'boolean' | 'null' }
	| { type: 'array'; items?: Schema }
	| { type: 'object'; properties: Record<string, Schema> };

/**
 * What several answers of one operation have in common.
 *
 * A member that is null in one answer and has a value in another has the type of the value.
 *
 * @throws Error when two answers contradict each other
 */
export function inferSchema(values: readonly unknown[]): Schema {
	const known = values.filter((value) => value !== null && value !== undefined);
	if (known.length === 0) return { type: 'null' };
	const types = new Set(known.map(typeOf));
	if (types.size > 1) throw new Error(`One member has several types: ${[...types].join(', ')}`);
	const [type] = types;
	if (type === 'array') {
		const elements = (known as unknown[][]).flat();
		return elements.length === 0 ? { type } : { type, items: inferSchema(elements) };
	}
	if (type === 'object') return { type, properties: inferProperties(known as object[]) };
	return { type };
}

function inferProperties(objects: object[]): Record<string, Schema> {
	const names = new Set(objects.flatMap((object) => Object.keys(object)));
	return Object.fromEntries(
		[...names].map((name) => [
			name,
			inferSchema(objects.map((object) => (object as Record<string, unknown>)[name])),
		]),
	);
}

function typeOf(value: unknown): 'array' | 'boolean' | 'number' | 'object' | 'string' {
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'string') return 'string';
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	return 'object';
}

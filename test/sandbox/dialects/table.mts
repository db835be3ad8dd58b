import { CALLBACK_DIALECTS } from './callbacks.mts';
import type { Dialect } from './dialect.mts';
import { LIST_DIALECTS } from './lists.mts';
import { REFUSAL_DIALECTS } from './refusals.mts';
import { THING_DIALECTS } from './things.mts';
import { VALUE_DIALECTS } from './values.mts';

/** Every dialect by its name, in the order in which they are applied. */
export const DIALECTS = {
	...THING_DIALECTS,
	...VALUE_DIALECTS,
	...LIST_DIALECTS,
	...REFUSAL_DIALECTS,
	...CALLBACK_DIALECTS,
};

export type DialectName = keyof typeof DIALECTS;

export const DIALECT_NAMES = Object.keys(DIALECTS) as DialectName[];

/** @throws RangeError for a name that is not in the table */
export function findDialects(names: readonly string[]): Dialect[] {
	const unknown = names.find((name) => !Object.hasOwn(DIALECTS, name));
	if (unknown !== undefined) {
		throw new RangeError(`There is no dialect "${unknown}", only ${DIALECT_NAMES.join(', ')}`);
	}
	return DIALECT_NAMES.filter((name) => names.includes(name)).map((name) => DIALECTS[name]);
}

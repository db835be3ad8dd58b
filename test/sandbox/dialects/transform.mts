import { isObject, type WireObject, type WireValue } from '../wire.mts';

/** The value with every object in it, at any depth, passed through `change`; innermost first. */
export function eachObject(
	value: WireValue,
	change: (object: WireObject) => WireObject,
): WireValue {
	if (Array.isArray(value)) return value.map((element: WireValue) => eachObject(element, change));
	if (!isObject(value)) return value;
	return change(mapMembers(value, (_name, member) => eachObject(member, change)));
}

/** The object with its members' values changed; those that are `undefined` stay so. */
export function mapMembers(
	object: WireObject,
	change: (name: string, member: WireValue) => WireValue,
): WireObject {
	return Object.fromEntries(
		Object.entries(object).map(([name, member]) => [
			name,
			member === undefined ? undefined : change(name, member),
		]),
	);
}

/** The object with members under other names, in their places. */
export function rename(object: WireObject, names: Readonly<Record<string, string>>): WireObject {
	return Object.fromEntries(
		Object.entries(object).map(([name, member]) => [names[name] ?? name, member]),
	);
}

export function without(object: WireObject, ...names: string[]): WireObject {
	return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

import type { INodeProperties } from 'n8n-workflow';

import { refuseEmptyExpression, type Field, type Given, type ParameterSource } from './field';

/** A field with one label and one value. */
export type SingleField<T> = Field<T> & {
	readonly label: string;
	/** The value that `read` understands, such as what stands inside a resource locator. */
	given(name: string, source: ParameterSource): Given;
};

/** What the editor shows beside a field. */
export type Look = Pick<INodeProperties, 'displayName' | 'description'> &
	Partial<Pick<INodeProperties, 'placeholder' | 'hint' | 'typeOptions'>>;

type Reader<T> = (label: string, value: unknown, source: ParameterSource) => T;

/** @param absent what stands for a parameter that is not there at all; the default of the editor */
export function single<T>(
	{ displayName, ...look }: Look,
	property: Omit<INodeProperties, 'displayName' | 'name'>,
	reader: Reader<T>,
	absent?: unknown,
): SingleField<T> {
	const given = (name: string, source: ParameterSource) => source.given(name);
	return {
		label: displayName,
		describe: (name) => [{ displayName, name, ...property, ...look }],
		read(name, source) {
			const found = given(name, source);
			refuseEmptyExpression(displayName, found);
			const isAbsent = found.raw === undefined && found.value === undefined;
			return reader(displayName, isAbsent ? absent : found.value, source);
		},
		given,
	};
}

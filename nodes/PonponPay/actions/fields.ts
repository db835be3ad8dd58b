import { collection, optional } from '../../shared/fields/compose';
import {
	inAlphabeticalOrder,
	readFields,
	type Field,
	type Fields,
} from '../../shared/fields/field';
import { choices, toggle } from '../../shared/fields/choices';
import { date, wholeNumber } from '../../shared/fields/numbers';
import type { SingleField } from '../../shared/fields/single';
import { knownId } from '../../shared/fields/texts';
import { currency, network } from '../../shared/fields/locators';
import { InvalidInput } from '../../shared/model/invalidInput';

/** Fields that operations of several resources share. */

export const simplify = toggle(
	{
		displayName: 'Simplify',
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	true,
);

const returnAll = toggle(
	{
		displayName: 'Return All',
		description: 'Whether to return all results or only up to a given limit',
	},
	false,
);

const limit = wholeNumber(
	{ displayName: 'Limit', description: 'Max number of results to return' },
	{ least: 1, initially: 50 },
);

/** How many results are wanted; `undefined` for all of them. */
export const howMany: Field<number | undefined> = {
	describe: () => [
		...returnAll.describe('returnAll'),
		...limit
			.describe('limit')
			.map((property) => ({ ...property, displayOptions: { show: { returnAll: [false] } } })),
	],
	read(_name, source) {
		const wanted = readFields({ returnAll }, source);
		return wanted.returnAll ? undefined : readFields({ limit }, source).limit;
	},
};

export function filters<F extends Fields>(fields: F) {
	return collection({ displayName: 'Filters', placeholder: 'Add filter' }, fields);
}

/** A period of time, each end inclusive and optional, in Unix seconds, under the names of the wire. */
export type Period = { start_time?: number; end_time?: number };

const from = optional(
	date({
		displayName: 'Created After',
		description: 'Only what was created at this time or later, in the time zone of the workflow',
	}),
);

const to = optional(
	date({
		displayName: 'Created Before',
		description: 'Only what was created at this time or earlier, in the time zone of the workflow',
	}),
);

/** "Created After" and "Created Before": named so that they stand side by side in the alphabet. */
export const period: Field<Period> = {
	describe: () => inAlphabeticalOrder([...from.describe('from'), ...to.describe('to')]),
	read(_name, source) {
		const ends = readFields({ from, to }, source);
		if (ends.from !== undefined && ends.to !== undefined && ends.from > ends.to) {
			const given = source.given('from').value;
			throw new InvalidInput(from.label, given, `must not be later than ${to.label}`);
		}
		return { start_time: ends.from, end_time: ends.to };
	},
};

export const currencyFilter = optional(currency({ description: 'Only this stablecoin' }));

export const networkFilter = optional(
	network({ description: 'Only this blockchain', besides: 'filters.currency.value' }),
);

export const tradeIdFilter = optional(
	knownId({
		displayName: 'Trade ID',
		placeholder: 'P20261122083015123456',
		description: 'Only of the order to which PonponPay gave this ID',
	}),
);

/** The states of a refund or dispute, under the words of the wire. */
export function statusFilter<const S extends string>(
	description: string,
	statuses: readonly S[],
): SingleField<S[] | undefined> {
	const titled = statuses.map((value) => ({ name: titleOf(value), value }));
	return optional(choices({ displayName: 'Status', description }, titled, []));
}

function titleOf(value: string): string {
	return value
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

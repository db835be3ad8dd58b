import { InvalidInput } from '../model/invalidInput';
import { Decimal, requireAmount, requireRate, requireSum, thousandHint } from '../model/money';
import { parseTimeInput } from '../model/timeInput';
import { requirePrice } from '../x402/requirement';
import { single, type Look, type SingleField } from './single';

/** Money: above zero, exact. A point that may have been meant to part thousands gets a hint. */
export function amount(look: Look): SingleField<Decimal> {
	return money(look, requireAmount);
}

/** Money that may be none at all, or several amounts: zero has to be said, because an empty field says nothing. */
export function sum(look: Look): SingleField<Decimal> {
	return money(look, requireSum);
}

/** What one unit of something is worth, exact. */
export function rate(look: Look): SingleField<Decimal> {
	return single(look, { type: 'string', required: true, default: '' }, requireRate);
}

function money(look: Look, read: (label: string, value: unknown) => Decimal): SingleField<Decimal> {
	const property = { type: 'string', required: true, default: '' } as const;
	return single(look, property, (label, value, source) => {
		const hint = thousandHint(value);
		if (hint !== undefined) source.hint?.(`${label}: ${hint}`);
		return read(label, value);
	});
}

/** A price in US dollars that is paid in USDC. */
export function usdPrice(look: Look): SingleField<Decimal> {
	const property = { type: 'string', required: true, default: '' } as const;
	return single(look, property, (label, value, source) => {
		const hint = thousandHint(value);
		if (hint !== undefined) source.hint?.(`${label}: ${hint}`);
		return requirePrice(label, value);
	});
}

/** A number as such, or its decimal text: "0x10" is a mistake, not sixteen. */
function requireNumber(value: unknown): number {
	return Decimal.parse(value) === undefined ? NaN : Number(value);
}

type Bounds = { readonly least: number; readonly most?: number };

const betweenText = ({ least, most }: Bounds) =>
	most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;

/** A count, within bounds that both count in. */
export function wholeNumber(
	look: Look,
	bounds: Bounds & { readonly initially: number },
): SingleField<number> {
	const { least, most, initially } = bounds;
	const typeOptions = { minValue: least, ...(most !== undefined && { maxValue: most }) };
	return single(
		look,
		{ type: 'number', typeOptions, default: initially },
		(label, value) => {
			const number = requireNumber(value);
			if (!Number.isSafeInteger(number) || number < least || number > (most ?? Infinity)) {
				throw new InvalidInput(label, value, `must be a whole number ${betweenText(bounds)}`);
			}
			return number;
		},
		initially,
	);
}

const UNIT_MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/**
 * How long something takes, given in the unit that the label names.
 *
 * @returns a field whose value is in milliseconds
 */
export function timeSpan(
	unit: keyof typeof UNIT_MS,
	look: Look,
	bounds: Required<Bounds> & { readonly initially: number },
): SingleField<number> {
	const { least, most, initially } = bounds;
	return single(
		look,
		{ type: 'number', typeOptions: { minValue: least, maxValue: most }, default: initially },
		(label, value) => {
			const number = requireNumber(value);
			if (!(number >= least && number <= most)) {
				throw new InvalidInput(label, value, `must be a number of ${unit} ${betweenText(bounds)}`);
			}
			return number * UNIT_MS[unit];
		},
		initially,
	);
}

/** A point in time, in Unix seconds. Texts that name no time zone are in that of the workflow. */
export function date(look: Look): SingleField<number> {
	return single(look, { type: 'dateTime', required: true, default: '' }, (label, value, source) => {
		const seconds = parseTimeInput(label, value, source.timezone);
		if (seconds === undefined) throw new InvalidInput(label, '', 'must be given');
		return seconds;
	});
}

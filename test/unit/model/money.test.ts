import fc from 'fast-check';

import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import {
	amountText,
	Decimal,
	requireAmount,
	requirePayable,
	thousandHint,
} from '../../../nodes/shared/model/money';

/** Properties draw their examples from this seed: a run that fails fails again. */
const DRAWN = { seed: 20261122, numRuns: 300 };

const decimal = (text: string): Decimal => {
	const parsed = Decimal.parse(text);
	if (!parsed) throw new Error(`${text} is no decimal`);
	return parsed;
};

/** Whole number and scale, written out with all zeros: an independent way to write a decimal. */
const decimalTexts = fc
	.record({
		isNegative: fc.boolean(),
		whole: fc.bigInt({ min: 0n, max: 10n ** 25n }),
		fraction: fc.stringMatching(/^\d{0,18}$/),
	})
	.map(({ isNegative, whole, fraction }) => {
		const digits = fraction === '' ? String(whole) : `${whole}.${fraction}`;
		return isNegative ? `-${digits}` : digits;
	});

/** The same value in units of 10^-18, by plain text work. */
function scaled(text: string): bigint {
	const [whole, fraction = ''] = text.replace('-', '').split('.');
	const units = BigInt(whole + fraction.padEnd(18, '0'));
	return text.startsWith('-') ? -units : units;
}

describe('Decimal', () => {
	it.each([
		['10', '10'],
		['10.50', '10.5'],
		['10.', '10'],
		['.5', '0.5'],
		['+1', '1'],
		['-1.250', '-1.25'],
		[' 7 ', '7'],
		['007.0', '7'],
		['0', '0'],
		['-0', '0'],
		['0.000', '0'],
		['0.000000000000000001', '0.000000000000000001'],
		['123456789012345678.123456789012345678', '123456789012345678.123456789012345678'],
		['1e3', '1000'],
		['1.5E+3', '1500'],
		['1e-7', '0.0000001'],
		['12300e-2', '123'],
		['1.234e2', '123.4'],
		['0e5', '0'],
	])('writes %s as %s', (given, written) => {
		expect(Decimal.parse(given)?.toString()).toBe(written);
	});

	it('takes a number by its shortest decimal, which is what was written', () => {
		expect(Decimal.parse(0.1)?.toString()).toBe('0.1');
		expect(Decimal.parse(1e-7)?.toString()).toBe('0.0000001');
		expect(Decimal.parse(1e21)?.toString()).toBe('1000000000000000000000');
		expect(Decimal.parse(100.0012)?.toString()).toBe('100.0012');
	});

	it.each([
		[''],
		['.'],
		['e5'],
		['1e'],
		['1e1000'],
		['10,50'],
		['1 000'],
		['0x10'],
		['NaN'],
		['Infinity'],
		['1.2.3'],
		['--1'],
		['ten'],
		['1'.repeat(101)],
		[NaN],
		[Infinity],
		[null],
		[undefined],
		[true],
		[['1']],
		[{}],
		[10n],
	])('does not take %p for a number', (given) => {
		expect(Decimal.parse(given)).toBeUndefined();
	});

	it('reads what it wrote, and writes no exponent', () => {
		fc.assert(
			fc.property(decimalTexts, (text) => {
				const written = decimal(text).toString();
				expect(written).toMatch(/^-?\d+(\.\d*[1-9])?$/);
				expect(scaled(written)).toBe(scaled(text));
			}),
			DRAWN,
		);
	});

	it('adds, subtracts and compares exactly', () => {
		fc.assert(
			fc.property(decimalTexts, decimalTexts, (left, right) => {
				const [a, b] = [decimal(left), decimal(right)];
				expect(scaled(a.plus(b).toString())).toBe(scaled(left) + scaled(right));
				expect(scaled(a.minus(b).toString())).toBe(scaled(left) - scaled(right));
				expect(Math.sign(a.compare(b))).toBe(
					scaled(left) === scaled(right) ? 0 : scaled(left) < scaled(right) ? -1 : 1,
				);
				expect(a.isPositive).toBe(scaled(left) > 0n);
			}),
			DRAWN,
		);
	});

	it('multiplies exactly, and rounds up by less than one step', () => {
		fc.assert(
			fc.property(decimalTexts, decimalTexts, fc.nat(18), (left, right, decimals) => {
				const [a, b] = [decimal(left), decimal(right)];
				// Both have 18 decimals at most, so that their product has 36.
				const product = a.times(b).inUnits(36);
				expect(product).toBe(scaled(left) * scaled(right));
				const rounded = scaled(a.roundedUp(decimals).toString());
				const step = 10n ** BigInt(18 - decimals);
				expect(rounded % step).toBe(0n);
				expect(rounded >= scaled(left) && rounded < scaled(left) + step).toBe(true);
			}),
			DRAWN,
		);
	});

	it.each([
		['12.5', '12.50'],
		['12', '12.00'],
		['-0.1', '-0.10'],
		['12.345', '12.345'],
	])('writes %s as money: %s', (given, written) => {
		expect(decimal(given).toMoney()).toBe(written);
	});

	it('does not fall for the sums that floats get wrong', () => {
		expect(decimal('0.1').plus(decimal('0.2')).toString()).toBe('0.3');
		expect(decimal('100').minus(decimal('99.9988')).toString()).toBe('0.0012');
		expect(decimal('1.10').compare(decimal('1.1'))).toBe(0);
		expect(Decimal.zero.toString()).toBe('0');
	});

	it('counts decimals without trailing zeros', () => {
		expect(decimal('1.500').scale).toBe(1);
		expect(decimal('1e3').scale).toBe(0);
	});
});

describe('an amount the user typed', () => {
	it.each([
		['10', '10'],
		[10.5, '10.5'],
		['0.00000001', '0.00000001'],
		['1.123456780', '1.12345678'],
		[' 25.00 ', '25'],
	])('takes %p as %s', (given, amount) => {
		expect(requireAmount('Amount', given).toString()).toBe(amount);
	});

	const NO_NUMBER =
		'must be a number with a point before the decimals and no other signs, such as 10 or 10.50';

	it.each([
		['10,50', `Amount ${NO_NUMBER}. It is "10,50".`],
		['abc', `Amount ${NO_NUMBER}. It is "abc".`],
		['$10', `Amount ${NO_NUMBER}. It is "$10".`],
		['', `Amount ${NO_NUMBER}. It is empty.`],
		[undefined, `Amount ${NO_NUMBER}. It is empty.`],
		[null, `Amount ${NO_NUMBER}. It is empty.`],
		[NaN, `Amount ${NO_NUMBER}. It is "NaN".`],
		[10n, `Amount ${NO_NUMBER}. It is "10".`],
		[
			'9'.repeat(101),
			`Amount must be an amount of money, and none is that long. It is "${'9'.repeat(80)}…".`,
		],
		['0', 'Amount must be more than zero. It is "0".'],
		['-1', 'Amount must be more than zero. It is "-1".'],
		[
			'0.123456789',
			'Amount must have at most 8 decimals; round it, for example with .toFixed(2). It is "0.123456789".',
		],
		[
			1e-9,
			'Amount must have at most 8 decimals; round it, for example with .toFixed(2). It is "1e-9".',
		],
	])('refuses %p, naming field, rule and value', (given, message) => {
		const refused = () => requireAmount('Amount', given);
		expect(refused).toThrow(InvalidInput);
		expect(refused).toThrow(expect.objectContaining({ message, field: 'Amount' }));
	});
});

describe('an amount from the wire', () => {
	it('comes out as exact text, or null where there is none', () => {
		expect(amountText(25.0012)).toBe('25.0012');
		expect(amountText('0.123456789012345678')).toBe('0.123456789012345678');
		expect(amountText(0)).toBe('0');
		expect(amountText(undefined)).toBeNull();
		expect(amountText(null)).toBeNull();
		expect(amountText('')).toBeNull();
		expect(amountText('much')).toBeNull();
	});
});

describe('an amount of a token', () => {
	it('has no more decimals than the token on its network', () => {
		const check = (text: string, network: string, currency: string) =>
			requirePayable('Amount', requireAmount('Amount', text), network, currency);
		expect(() => check('10.123456', 'trc20', 'USDT')).not.toThrow();
		expect(() => check('10.1234567', 'tron', 'USDT')).toThrow(
			'Amount must have at most 6 decimals, as USDT on Tron (TRC-20) has; round it, for example with .toFixed(2). It is "10.1234567".',
		);
		expect(() => check('0.12345678', 'bsc', 'USDT')).not.toThrow();
		expect(() => check('0.1234567', 'ton', 'TON')).not.toThrow();
	});

	it.each([['1e999'], ['9'.repeat(101)], ['1e15']])('is never as long as %s', (text) => {
		expect(() => requireAmount('Amount', text)).toThrow(/none is that long/);
	});

	it('gets a hint where a thousand may have been meant', () => {
		expect(thousandHint('1.234')).toContain('write 1234');
		for (const other of ['0.234', '1.23', '1.2345', '1234.567', '-1.234', '', null]) {
			expect(thousandHint(other)).toBeUndefined();
		}
	});
});

import { amountOf, formatAmount, parseAmount } from './money.mts';
import { money, NumberToken, readJson, writeJson } from './wire.mts';

test.each([
	['10', '10'],
	['10.50', '10.5'],
	['0.000000000000000001', '0.000000000000000001'],
	['1e-7', '0.0000001'],
	['1.5E3', '1500'],
	['9007199254740993.1', '9007199254740993.1'],
])('reads and writes %s as %s, exactly', (text, exact) => {
	expect(formatAmount(amountOf(text))).toBe(exact);
});

test.each(['', '-1', '+1', '.5', '1.', 'ten', '0x10', '1e-19', 'NaN'])(
	'takes %p for no amount',
	(text) => {
		expect(parseAmount(text)).toBeUndefined();
	},
);

test('keeps as many decimals as are asked for', () => {
	expect(formatAmount(amountOf('10.01'), 4)).toBe('10.0100');
	expect(formatAmount(amountOf('10.00001'), 4)).toBe('10.00001');
});

test('carries amounts through JSON without losing a digit', () => {
	const text = writeJson({
		amount: money(amountOf('123456789012345.123456789012345678')),
		none: undefined,
	});
	expect(text).toBe('{"amount":123456789012345.123456789012345678}');
	expect(readJson(text)).toEqual({ amount: new NumberToken('123456789012345.123456789012345678') });
});

test('takes digits inside texts for text', () => {
	expect(readJson('{"a":"1, 2 and \\"3\\"","b":[4]}')).toEqual({
		a: '1, 2 and "3"',
		b: [new NumberToken('4')],
	});
});

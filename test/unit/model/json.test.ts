import fc from 'fast-check';

import { parseJsonExactly, stringifyRequest } from '../../../nodes/shared/model/json';
import { Decimal } from '../../../nodes/shared/model/money';

const DRAWN = { seed: 20261122, numRuns: 500 };

describe('JSON from PonponPay', () => {
	it.each([
		['{"code":0,"message":"success","data":{"amount":10.5,"list":[1,2,null,true]}}'],
		['{"amount":100.0012,"time":1795420800}'],
		['[]'],
		['"text"'],
		['3'],
		['0.000000000000000000'],
		['1.50000000000000000000'],
		['12345678901234567000'],
		['1e300'],
	])('is what JSON.parse makes of it where a double is exact: %s', (text) => {
		expect(parseJsonExactly(text)).toStrictEqual(JSON.parse(text));
	});

	it.each([
		['0.123456789012345678'],
		['-0.123456789012345678'],
		['123456789012345678901'],
		['9007199254740993'],
		['1.0000000000000000001'],
		['10000000000000000.5'],
		['1.23456789012345678e-7'],
		['1e400'],
		['-1E+400'],
		['1e-400'],
		['1e1000'],
		['1e-1000'],
		['1'.repeat(400)],
		[`0.${'1'.repeat(200)}`],
	])('keeps every digit of %s, as text', (number) => {
		expect(parseJsonExactly(`{"amount":${number},"next":[${number}]}`)).toStrictEqual({
			amount: number,
			next: [number],
		});
	});

	it('leaves digits inside texts and names alone', () => {
		const text =
			'{"note":"pay 0.123456789012345678 \\"1.23456789012345678\\" now","0.123456789012345678":"\\\\","n":0.123456789012345678}';
		expect(parseJsonExactly(text)).toStrictEqual({
			note: 'pay 0.123456789012345678 "1.23456789012345678" now',
			'0.123456789012345678': '\\',
			n: '0.123456789012345678',
		});
	});

	it('loses no digit of any decimal', () => {
		fc.assert(
			fc.property(
				fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
				fc.stringMatching(/^\d{0,18}$/),
				(whole, fraction) => {
					const number = fraction === '' ? String(whole) : `${whole}.${fraction}`;
					const { amount } = parseJsonExactly(`{"amount":${number}}`) as { amount: unknown };
					expect(Decimal.parse(amount)?.toString()).toBe(Decimal.parse(number)?.toString());
				},
			),
			DRAWN,
		);
	});

	it('is the same as JSON.parse for every document of doubles, whatever its texts', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				expect(parseJsonExactly(text)).toStrictEqual(JSON.parse(text));
			}),
			DRAWN,
		);
	});

	it.each([
		[''],
		['{'],
		['{"amount":01}'],
		['{"amount":.5}'],
		['{"amount":0.123456789012345678'],
		['{"amount":0.123456789012345678}}'],
		["{'amount':1}"],
		['NaN'],
		['<html>'],
	])('refuses what is not JSON: %s', (text) => {
		expect(() => parseJsonExactly(text)).toThrow(SyntaxError);
	});

	it('pollutes no prototype', () => {
		const parsed = parseJsonExactly('{"__proto__":{"isPaid":true},"n":0.123456789012345678}');
		expect(({} as { isPaid?: unknown }).isPaid).toBeUndefined();
		expect((parsed as { isPaid?: unknown }).isPaid).toBeUndefined();
		expect(Object.getPrototypeOf(parsed)).toBe(Object.getPrototypeOf(JSON.parse('{}')));
	});

	it('reads deep nesting and megabytes of text', () => {
		const depth = 20_000;
		const deep = `${'['.repeat(depth)}0.123456789012345678${']'.repeat(depth)}`;
		let inner = parseJsonExactly(deep);
		for (let level = 0; level < depth; level += 1) [inner] = inner as unknown[];
		expect(inner).toBe('0.123456789012345678');

		const long = 'a\\n'.repeat(1_000_000);
		const { text } = parseJsonExactly(`{"text":"${long}","n":0.123456789012345678}`) as {
			text: string;
		};
		expect(text).toHaveLength(2_000_000);
	});
});

describe('a request body', () => {
	it('writes amounts as numbers with all their digits', () => {
		const amount = Decimal.parse('123456789012345678.12345678');
		expect(stringifyRequest({ amount })).toBe('{"amount":123456789012345678.12345678}');
		expect(stringifyRequest({ amount: Decimal.parse('1e-8') })).toBe('{"amount":0.00000001}');
	});

	it('writes everything else as JSON does, and leaves out what is absent', () => {
		const body = {
			name: 'a "b" \n',
			page: 2,
			isLast: false,
			events: ['order.paid', 'order.expired'],
		};
		expect(JSON.parse(stringifyRequest({ ...body, absent: undefined }))).toStrictEqual(body);
	});

	it('is an empty object where there is nothing to say', () => {
		expect(stringifyRequest({})).toBe('{}');
		expect(stringifyRequest({ absent: undefined })).toBe('{}');
	});
});

import { collection, optional, remark, shownWhen } from '../../../nodes/shared/fields/compose';
import { plainSource, type Field } from '../../../nodes/shared/fields/field';
import { choice, texts, toggle } from '../../../nodes/shared/fields/choices';
import { json } from '../../../nodes/shared/fields/jsonObject';
import { amount, date, timeSpan, wholeNumber } from '../../../nodes/shared/fields/numbers';
import {
	exactText,
	transactionHash,
	knownId,
	secret,
	text,
} from '../../../nodes/shared/fields/texts';
import { currency, network } from '../../../nodes/shared/fields/locators';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';

const look = { displayName: 'Field' };
const fixed = <T>(field: Field<T>, value: unknown) => field.read('it', plainSource({ it: value }));
const expression = <T>(field: Field<T>, value: unknown) =>
	field.read('it', { given: () => ({ raw: '={{ $json.it }}', value }), timezone: 'UTC' });
const refusal = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInput);
		return (error as InvalidInput).message;
	}
	throw new Error('It was taken');
};

describe('an expression that gives nothing', () => {
	const nothing: Array<[unknown]> = [[undefined], [null], [''], [' '], [[]]];

	it.each(nothing)('is no empty field: %j', (value) => {
		expect(refusal(() => expression(optional(amount(look)), value))).toMatch(/^Field must not be/);
	});

	it.each(nothing)('may leave a remark out: %j', (value) => {
		expect(expression(remark(text(look)), value)).toBeUndefined();
	});
});

describe('a list', () => {
	const list = texts(look, 'Add');

	it('is a list, or a text with commas or line breaks', () => {
		expect(fixed(list, ['a', 'b'])).toEqual(['a', 'b']);
		expect(fixed(list, 'a, b\nc,')).toEqual(['a', 'b', 'c']);
		expect(fixed(list, 'a，b、c')).toEqual(['a', 'b', 'c']);
	});

	it.each([[['a', '']], [['a', null]], [['']]])('holds no empty entry: %j', (value) => {
		expect(refusal(() => fixed(list, value))).toMatch(/^Field must not hold an empty entry/);
	});
});

describe('a currency or network', () => {
	const coin = currency({ description: '' });
	const chain = network({ description: '', besides: 'currency' });

	it.each(['USDT,USDC', 'tron; bsc', 'USDT、USDC', 'USDT|USDC', 'tron/bsc'])(
		'is one, and not several: %p',
		(several) => {
			for (const field of [coin, chain]) {
				expect(refusal(() => fixed(field, several))).toMatch(/must be one only\. It is "/);
			}
		},
	);

	it('is one, and not several between blanks', () => {
		expect(refusal(() => fixed(coin, 'USDT USDC'))).toMatch(/must be one only/);
		expect(refusal(() => fixed(chain, 'tron bsc'))).toMatch(/must be one only/);
	});

	it.each(['US\u200bDT', 'tr\non', 'x'.repeat(129)])(
		'has no signs that nobody sees, and is no whole text: %j',
		(odd) => {
			for (const field of [coin, chain]) expect(refusal(() => fixed(field, odd))).toMatch(/must/);
		},
	);

	it('may be one that this package does not know', () => {
		expect([fixed(coin, 'pyusd'), fixed(chain, 'New Chain')]).toEqual(['PYUSD', 'new chain']);
	});
});

describe('a JSON object that an expression gives', () => {
	const body = json({ displayName: 'JSON Body' }, '{}');

	it.each([undefined, NaN, Infinity, () => 1])(
		'leaves no member out, because what is missing would be all of the money: %p',
		(amount) => {
			for (const value of [{ amount }, { refund: { amount } }, { refunds: [{ amount }] }]) {
				expect(refusal(() => expression(body, value))).toBe(
					'JSON Body must have a value in every member: amount has none.',
				);
			}
		},
	);

	it('keeps every other value', () => {
		const value = { amount: 0, reason: '', address: null, isRead: false };
		expect(expression(body, value).text).toBe(JSON.stringify(value));
	});
});

describe('a number', () => {
	const count = wholeNumber(look, { least: 1, most: 100, initially: 5 });

	it('is a number or its decimal text', () => {
		expect([fixed(count, 7), fixed(count, ' 7 '), fixed(count, undefined)]).toEqual([7, 7, 5]);
	});

	it.each([['0x10'], ['0b1'], [true], [1.5], [0], [Infinity], [NaN], [null], [[7]]])(
		'is not %p',
		(value) => {
			expect(refusal(() => fixed(count, value))).toContain('must be a whole number from 1 to 100');
		},
	);
});

it.each([[0], [-1], [Infinity], [2 ** 31], ['soon']])('no time span is %p', (value) => {
	const span = timeSpan('seconds', look, { least: 1, most: 300, initially: 30 });
	expect(refusal(() => fixed(span, value))).toContain('must be a number of seconds from 1 to 300');
});

it.each([[1e20], ['99999999999999999999'], [-1], [NaN]])('no date is %p', (value) => {
	expect(refusal(() => fixed(date(look), value))).toContain('must be a date');
});

it.each([
	'NaN',
	'undefined',
	'null',
	'Infinity',
	'[object Object]',
	'shop-[object Object]',
	'[object Promise]',
	'Invalid Date',
	'Invalid DateTime',
	'undefined,undefined',
	'1.2345678901234568e+21',
	2 ** 53,
])('no ID is %p', (value) => {
	expect(refusal(() => fixed(knownId(look), value))).toMatch(/^Field must /);
});

describe('a switch', () => {
	const onOff = toggle(look, true);

	it('is on or off, also in words', () => {
		expect([true, 'true', ' FALSE ', false].map((value) => fixed(onOff, value))).toEqual([
			true,
			true,
			false,
			false,
		]);
	});

	it.each([['yes'], [1], [0], [null], [{}]])('is not %j', (value) => {
		expect(refusal(() => fixed(onOff, value))).toContain('must be true or false');
	});
});

describe('a choice', () => {
	const way = choice(look, [{ name: 'Ed25519', value: 'ed25519' }], 'ed25519');

	it.each([['Ed25519'], ['none'], [''], [null]])('is never another one: %j', (value) => {
		expect(refusal(() => fixed(way, value))).toContain('must be one of: ed25519');
	});
});

describe('a collection', () => {
	const filters = collection(
		{ displayName: 'Filters', placeholder: 'Add' },
		{ id: optional(knownId(look)) },
	);

	it.each([[{ ID: 'P1' }], [{ id: 'P1', other: 1 }]])('has no unknown member: %j', (value) => {
		expect(refusal(() => expression(filters, value))).toContain('must hold nothing but: id');
	});

	it.each([[undefined], [null], ['id'], [[]], [new Date(0)], [new Map()]])('is not %p', (value) => {
		expect(refusal(() => expression(filters, value))).toMatch(/^Filters must be an object/);
	});
});

it('a field belongs to a choice that is spelt with blanks around it', () => {
	const count = shownWhen({ way: ['polling'] }, wholeNumber(look, { least: 1, initially: 1 }));
	expect(count.read('it', plainSource({ way: ' polling ', it: 5 }))).toBe(5);
});

describe('what may be secret', () => {
	const SECRET = 'hunter2';

	it.each([
		['a key', () => fixed(secret(look), `${SECRET}\u200b`)],
		['headers', () => fixed(json(look, ''), `x-signature: ${SECRET}`)],
		['a body', () => fixed(exactText(look), { key: SECRET })],
	])('is not repeated: %s', (_what, read) => {
		expect(refusal(read)).not.toContain(SECRET);
	});
});

describe('a hash', () => {
	const digits = 'AB'.repeat(32);

	it('may be given by its page at an explorer, in any case', () => {
		expect(fixed(transactionHash(look), digits).on(undefined)).toBe(digits.toLowerCase());
		expect(
			fixed(transactionHash(look), `https://tronscan.org/#/transaction/${digits}`).on(undefined),
		).toBe(digits.toLowerCase());
		expect(fixed(transactionHash(look), `https://etherscan.io/tx/0x${digits}`).on(undefined)).toBe(
			`0x${digits.toLowerCase()}`,
		);
	});

	it('is no other page', () => {
		expect(refusal(() => fixed(transactionHash(look), 'https://example.com/tx/1'))).toContain(
			'must be a transaction hash',
		);
	});
});

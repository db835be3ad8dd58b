/**
 * Amounts of money as whole numbers of 10^-18 units of their currency. Never floats: sums must come out to the last digit.
 */
export type Amount = bigint;

const DECIMALS = 18;
const ONE = 10n ** BigInt(DECIMALS);
const DECIMAL_TEXT = /^(\d{1,30})(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/;

/** The amount a decimal text such as `10.5` or `1e-7` stands for; `undefined` when it is none or finer than 18 decimals. */
export function parseAmount(text: string): Amount | undefined {
	const match = DECIMAL_TEXT.exec(text);
	if (!match) return undefined;
	const [, whole, fraction = '', exponent = '0'] = match;
	const shift = DECIMALS - fraction.length + Number(exponent);
	const digits = BigInt(whole + fraction);
	if (shift >= 0) return digits * 10n ** BigInt(shift);
	const divisor = 10n ** BigInt(-shift);
	return digits % divisor === 0n ? digits / divisor : undefined;
}

/** An amount written in the source, such as `amountOf('0.0001')`. */
export function amountOf(text: string): Amount {
	const amount = parseAmount(text);
	if (amount === undefined) throw new TypeError(`"${text}" is no amount`);
	return amount;
}

/** The exact decimal, with at least so many decimals. Also a JSON number. */
export function formatAmount(amount: Amount, fewestDecimals = 0): string {
	const sign = amount < 0n ? '-' : '';
	const magnitude = amount < 0n ? -amount : amount;
	const fraction = (magnitude % ONE)
		.toString()
		.padStart(DECIMALS, '0')
		.replace(/0+$/, '')
		.padEnd(fewestDecimals, '0');
	return `${sign}${magnitude / ONE}${fraction === '' ? '' : `.${fraction}`}`;
}

export function sum(amounts: Iterable<Amount>): Amount {
	let total = 0n;
	for (const amount of amounts) total += amount;
	return total;
}

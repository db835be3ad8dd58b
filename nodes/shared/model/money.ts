import { InvalidInput } from './invalidInput';
import { networkTitle, tokenDecimals } from './network';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Longer texts than this are no amount of money, and BigInt would work on them for a long time. */
const LONGEST_TEXT = 100;

/**
 * An exact decimal number: money that is never a float.
 *
 * The value is `units / 10^scale`. Equal amounts have one form only: trailing zeros are dropped, so that
 * `toString` gives the shortest exact decimal.
 */
export class Decimal {
	private constructor(
		private readonly units: bigint,
		/** Number of decimals after the point, without trailing zeros. */
		readonly scale: number,
	) {}

	static readonly zero = new Decimal(0n, 0);

	/**
	 * Reads a number or a numeric text (`10`, `"10.50"`, `"1e-7"`) exactly.
	 *
	 * A JavaScript number is taken by its shortest decimal, which is what the person or the wire wrote.
	 *
	 * @returns `undefined` for anything that is not a finite decimal
	 */
	static parse(input: unknown): Decimal | undefined {
		if (typeof input !== 'number' && typeof input !== 'string') return undefined;
		const text = String(input).trim();
		if (text.length > LONGEST_TEXT) return undefined;
		const match = DECIMAL.exec(text);
		if (!match) return undefined;
		const [, sign, whole, fraction = '', exponent = '0'] = match;
		if (whole === '' && fraction === '') return undefined;
		const magnitude = BigInt(whole + fraction);
		return Decimal.of(sign === '-' ? -magnitude : magnitude, fraction.length - Number(exponent));
	}

	private static of(units: bigint, scale: number): Decimal {
		let [shortUnits, shortScale] = [units, scale];
		if (shortScale < 0) [shortUnits, shortScale] = [shortUnits * 10n ** BigInt(-shortScale), 0];
		while (shortScale > 0 && shortUnits % 10n === 0n) {
			shortUnits /= 10n;
			shortScale -= 1;
		}
		return new Decimal(shortUnits, shortScale);
	}

	/** Below zero, zero or above zero as this amount is less than, equal to or more than the other. */
	compare(other: Decimal): number {
		const [left, right] = this.aligned(other);
		return left < right ? -1 : left > right ? 1 : 0;
	}

	plus(other: Decimal): Decimal {
		const [left, right, scale] = this.aligned(other);
		return Decimal.of(left + right, scale);
	}

	minus(other: Decimal): Decimal {
		const [left, right, scale] = this.aligned(other);
		return Decimal.of(left - right, scale);
	}

	times(other: Decimal): Decimal {
		return Decimal.of(this.units * other.units, this.scale + other.scale);
	}

	/** The smallest amount with at most so many decimals that is not less than this one. */
	roundedUp(decimals: number): Decimal {
		if (this.scale <= decimals) return this;
		const step = 10n ** BigInt(this.scale - decimals);
		const whole = this.units / step;
		// Division cuts towards zero, which for an amount below zero is up.
		const isCut = this.units > 0n && whole * step !== this.units;
		return Decimal.of(isCut ? whole + 1n : whole, decimals);
	}

	/** Number of digits before the point. */
	get digits(): number {
		const text = this.toString().replace('-', '');
		return text.includes('.') ? text.indexOf('.') : text.length;
	}

	get isPositive(): boolean {
		return this.units > 0n;
	}

	/** This amount in a token's smallest units; `undefined` where it has more decimals than the token. */
	inUnits(decimals: number): bigint | undefined {
		if (this.scale > decimals) return undefined;
		return this.units * 10n ** BigInt(decimals - this.scale);
	}

	/** The shortest exact decimal, never in exponent form: also a valid JSON number. */
	toString(): string {
		const sign = this.units < 0n ? '-' : '';
		const digits = (this.units < 0n ? -this.units : this.units)
			.toString()
			.padStart(this.scale + 1, '0');
		const point = digits.length - this.scale;
		return sign + digits.slice(0, point) + (this.scale > 0 ? `.${digits.slice(point)}` : '');
	}

	/** The same with two decimals at least, as people write money: `12.50`, `12.5001`. */
	toMoney(): string {
		const text = this.toString();
		if (this.scale >= 2) return text;
		return this.scale === 0 ? `${text}.00` : `${text}0`;
	}

	private aligned(other: Decimal): [bigint, bigint, number] {
		const scale = Math.max(this.scale, other.scale);
		return [
			this.units * 10n ** BigInt(scale - this.scale),
			other.units * 10n ** BigInt(scale - other.scale),
			scale,
		];
	}
}

/** Most decimals an amount we send may have. Tokens have 6 to 18; the API's own suffix has 4. */
export const MOST_DECIMALS = 8;

/** More digits before the point than any amount of money has. */
const MOST_DIGITS = 15;

/**
 * The amount a user typed, ready to be sent.
 *
 * @param field the field's label, for the message
 * @throws InvalidInput unless it is above zero with at most {@link MOST_DECIMALS} decimals
 */
export function requireAmount(field: string, given: unknown): Decimal {
	const amount = requireMoney(field, given);
	if (!amount.isPositive) throw new InvalidInput(field, given, 'must be more than zero');
	if (amount.scale > MOST_DECIMALS) {
		throw new InvalidInput(field, given, `must have at most ${MOST_DECIMALS} decimals; ${ROUND}`);
	}
	return amount;
}

/**
 * A sum that a user typed, which may be nothing at all. Amounts with ` + ` between them are added, so that a workflow that
 * has several need not calculate with floating-point numbers.
 *
 * @param field the field's label, for the message
 * @throws InvalidInput unless every part is a decimal number from zero
 */
export function requireSum(field: string, given: unknown): Decimal {
	const parts = typeof given === 'string' ? given.split(' + ') : [given];
	const amounts = parts.map((part) => requireMoney(field, part));
	if (amounts.some((amount) => amount.compare(Decimal.zero) < 0)) {
		throw new InvalidInput(field, given, 'must be zero or more');
	}
	return amounts.reduce((sum, amount) => sum.plus(amount));
}

/**
 * What one unit of something is worth, as a user typed it. A quotient has as many decimals as it has.
 *
 * @param field the field's label, for the message
 * @throws InvalidInput unless it is above zero
 */
export function requireRate(field: string, given: unknown): Decimal {
	const rate = requireMoney(field, given);
	if (!rate.isPositive) throw new InvalidInput(field, given, 'must be more than zero');
	return rate;
}

function requireMoney(field: string, given: unknown): Decimal {
	const amount = Decimal.parse(given);
	const isTooLong = typeof given === 'string' && given.trim().length > LONGEST_TEXT;
	if (isTooLong || (amount && amount.digits > MOST_DIGITS)) {
		throw new InvalidInput(field, given, 'must be an amount of money, and none is that long');
	}
	if (!amount) {
		throw new InvalidInput(
			field,
			given,
			'must be a number with a point before the decimals and no other signs, such as 10 or 10.50',
		);
	}
	return amount;
}

const ROUND = 'round it, for example with .toFixed(2)';

/**
 * An amount with more decimals than its token has on the network cannot be paid.
 *
 * @throws InvalidInput for too many decimals; a token this package does not know has no limit of its own
 */
export function requirePayable(
	field: string,
	amount: Decimal,
	network: string | undefined,
	currency: string | undefined,
): void {
	const most = tokenDecimals(network ?? null, currency ?? null);
	if (most === undefined || amount.scale <= most) return;
	const token = `${currency} on ${networkTitle(network ?? '')}`;
	throw new InvalidInput(
		field,
		amount.toString(),
		`must have at most ${most} decimals, as ${token} has; ${ROUND}`,
	);
}

/** A hint where a point may have been meant to part thousands (`1.234`); the amount itself is valid. */
export function thousandHint(given: unknown): string | undefined {
	const text = typeof given === 'number' ? String(given) : given;
	if (typeof text !== 'string' || !/^[1-9]\d{0,2}\.\d{3}$/.test(text.trim())) return undefined;
	const [whole, fraction] = text.trim().split('.');
	return `${text.trim()} was read as ${whole} and a fraction; if a thousand was meant, write ${whole}${fraction}.`;
}

/**
 * An amount from the wire as an exact decimal text, `null` where the API sent none or something that is no number.
 */
export function amountText(wire: unknown): string | null {
	return Decimal.parse(wire)?.toString() ?? null;
}

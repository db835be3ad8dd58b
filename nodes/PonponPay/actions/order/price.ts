import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../../../shared/api/shapes/shape';
import { optional } from '../../../shared/fields/compose';
import type { Values } from '../../../shared/fields/field';
import { rate } from '../../../shared/fields/numbers';
import { currencyCode } from '../../../shared/fields/texts';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { requireAmount, type Decimal } from '../../../shared/model/money';
import type { Order } from '../../../shared/model/order';
import { answerOutput } from '../output';
import { orderAmount } from './newOrderFields';

/** PonponPay counts in USD: a price in another currency is converted before it is asked for. */
const USD = 'USD';

const priceCurrency = optional(
	currencyCode({
		displayName: 'Price Currency',
		placeholder: 'EUR',
		description:
			'Currency that Amount is in, if not USD. PonponPay converts nothing; Exchange Rate does.',
	}),
);

const exchangeRate = optional(
	rate({
		displayName: 'Exchange Rate',
		placeholder: '1.0842',
		description:
			'USD for one unit of Price Currency. The order is then made in USD, rounded up to cents.',
	}),
);

/** What an order costs where the shop's prices are not in USD. */
export const priceOptions = { exchangeRate, priceCurrency };

/** An amount in USD, and what it was converted from; nothing where the price is in USD. */
export type Price = {
	readonly amount: Decimal;
	readonly told: { price: string; priceCurrency: string; priceRate: string } | undefined;
};

/**
 * The amount to ask for, in USD, and never less than the price is worth.
 *
 * @throws InvalidInput for a currency without its rate, and a rate without another currency
 */
export function priceInUsd(price: Decimal, given: Values<typeof priceOptions>): Price {
	const { exchangeRate: usdForOne, priceCurrency: currency = USD } = given;
	if (currency === USD) {
		if (usdForOne === undefined) return { amount: price, told: undefined };
		throw new InvalidInput(
			exchangeRate.label,
			usdForOne.toString(),
			`must be empty unless ${priceCurrency.label} names another currency than USD`,
		);
	}
	if (usdForOne === undefined) {
		throw new InvalidInput(
			exchangeRate.label,
			'',
			`must be given with ${priceCurrency.label} ${currency}: how many USD one ${currency} is worth`,
		);
	}
	const amount = price.times(usdForOne).roundedUp(2);
	return {
		amount: requireAmount(`${orderAmount.label} in USD`, amount.toString()),
		told: { price: price.toString(), priceCurrency: currency, priceRate: usdForOne.toString() },
	};
}

/** The new order, and with "Simplify" what its price was converted from. */
export function pricedOutput(
	isSimplified: boolean,
	answer: Answer<Order>,
	{ told }: Price,
): IDataObject {
	const output = answerOutput(isSimplified, answer);
	return isSimplified && told !== undefined ? { ...output, ...told } : output;
}

import { networkName } from './network';
import { firstText, isWireObject, wireText, type WireObject } from './wire';

/** A network on which the account takes payments, with its currencies. */
export type PaymentMethod = {
	/** Lower case, as requests name it. */
	network: string;
	/** Upper case. */
	currencies: string[];
};

/**
 * A payment method of the wire [P]: a network with its currencies, each a text or an object with its name.
 *
 * @returns `undefined` for what is none
 */
export function toPaymentMethod(wire: WireObject): PaymentMethod | undefined {
	const network = networkName(wire.network);
	if (network === null || !Array.isArray(wire.currencies)) return undefined;
	const currencies = wire.currencies
		.map((currency) =>
			isWireObject(currency)
				? firstText(currency, 'currency', 'symbol', 'code')
				: wireText(currency),
		)
		.flatMap((currency) => (currency === null ? [] : [currency.toUpperCase()]));
	return { network, currencies };
}

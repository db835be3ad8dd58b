import { networkName } from '../../../shared/model/network';
import { isWireObject, wireText } from '../../../shared/model/wire';

export type PaymentMethod = {
	/** Lower case, as requests name it. */
	network: string;
	/** Upper case. */
	currencies: string[];
};

/** `data` of `/payment-methods` [P]: `methods: [{ network, currencies }]`. What is none of it is left out. */
export function paymentMethods(data: unknown): PaymentMethod[] {
	const methods = isWireObject(data) && Array.isArray(data.methods) ? data.methods : [];
	return methods.filter(isWireObject).flatMap((method) => {
		const network = networkName(method.network);
		if (network === null || !Array.isArray(method.currencies)) return [];
		const currencies = method.currencies
			.map((currency) => wireText(currency)?.toUpperCase())
			.filter((currency) => currency !== undefined);
		return [{ network, currencies }];
	});
}

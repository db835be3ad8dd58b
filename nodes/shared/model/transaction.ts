import { amountText } from './money';
import { explorerUrl, networkName } from './network';
import { creationTime, firstText, wireHash, wireWord, type WireObject } from './wire';

/** A movement of money on the chain: a customer's payment or a refund. Amounts are exact decimal texts. */
export type Transaction = {
	transactionId: string | null;
	/** `payment` or `refund`. */
	type: string | null;
	/** `confirming`, `confirmed` or `failed`. */
	status: string | null;
	amount: string | null;
	currency: string | null;
	network: string | null;
	/** The order it belongs to. */
	tradeId: string | null;
	transactionHash: string | null;
	/** The block explorer's page of it. */
	explorerUrl: string | null;
	/** ISO 8601. */
	createdAt: string | null;
};

/** A transaction of the wire [I] in our shape. */
export function toTransaction(wire: WireObject): Transaction {
	const network = networkName(wire.network);
	const hash = wireHash(wire);
	return {
		transactionId: firstText(wire, 'transaction_id'),
		type: firstText(wire, 'type'),
		status: wireWord(wire.status),
		amount: amountText(wire.amount),
		currency: firstText(wire, 'currency')?.toUpperCase() ?? null,
		network,
		tradeId: firstText(wire, 'trade_id'),
		transactionHash: hash,
		explorerUrl: explorerUrl(network, hash),
		createdAt: creationTime(wire),
	};
}

/** A hash as it is compared: with or without `0x`; case means nothing where it is hexadecimal. */
export function comparableHash(hash: string): string {
	const hex = /^(?:0x)?([0-9a-f]{64})$/i.exec(hash)?.[1];
	return hex?.toLowerCase() ?? hash;
}

/**
 * The same hash with `0x` instead of without, or the other way round: which of the two PonponPay knows is certain only
 * where the network is.
 *
 * @returns `undefined` where there is only one spelling
 */
export function otherSpelling(hash: string | undefined): string | undefined {
	const hex = /^(0x)?([0-9a-f]{64})$/i.exec(hash ?? '');
	if (hex === null) return undefined;
	const [, prefix, digits] = hex;
	return prefix === undefined ? `0x${digits}` : digits;
}

import { createHash } from 'node:crypto';
import { getAddress, type Hex } from 'viem';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';

import type { PaymentRequired } from '../../nodes/shared/x402/paymentRequired';
import type { PaymentRequirement } from '../../nodes/shared/x402/requirement';

/** EIP-3009, as USDC has it. */
export const TRANSFER_TYPES = {
	TransferWithAuthorization: [
		{ name: 'from', type: 'address' },
		{ name: 'to', type: 'address' },
		{ name: 'value', type: 'uint256' },
		{ name: 'validAfter', type: 'uint256' },
		{ name: 'validBefore', type: 'uint256' },
		{ name: 'nonce', type: 'bytes32' },
	],
} as const;

export interface Authorization {
	from: string;
	to: string;
	value: string;
	validAfter: string;
	validBefore: string;
	nonce: string;
}

/** What a client of x402 sends as `PAYMENT-SIGNATURE`, before it is encoded. */
export interface Payload {
	x402Version: number;
	resource?: { url: string; description?: string; mimeType?: string };
	accepted: PaymentRequirement;
	payload: { signature: string; authorization: Authorization };
	extensions?: object;
}

/** A wallet with a key that is made for the test, the same for the same name. */
export function makeBuyer(name: string): PrivateKeyAccount {
	return privateKeyToAccount(`0x${hash(`buyer ${name}`)}`);
}

/** A nonce as good as random, the same for the same name. */
export function nonceOf(name: string): Hex {
	return `0x${hash(`nonce ${name}`)}`;
}

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

let drawn = 0;

/** Signs what was asked for, as the clients of x402 do; `changes` are signed too. */
export async function signPayment(
	buyer: PrivateKeyAccount,
	asked: Pick<PaymentRequired, 'resource' | 'accepts'>,
	changes: Partial<Authorization> = {},
	requirement = asked.accepts[0],
): Promise<Payload> {
	const now = Math.floor(Date.now() / 1000);
	drawn += 1;
	const authorization: Authorization = {
		from: buyer.address,
		to: getAddress(requirement.payTo),
		value: requirement.amount,
		validAfter: String(now - 600),
		validBefore: String(now + requirement.maxTimeoutSeconds),
		nonce: nonceOf(`${buyer.address} ${drawn} ${now}`),
		...changes,
	};
	const signature = await signAuthorization(buyer, requirement, authorization);
	return {
		x402Version: 2,
		resource: asked.resource,
		accepted: requirement,
		payload: { signature, authorization },
	};
}

export async function signAuthorization(
	buyer: PrivateKeyAccount,
	{ network, asset, extra }: PaymentRequirement,
	authorization: Authorization,
): Promise<Hex> {
	return await buyer.signTypedData({
		domain: {
			name: extra.name,
			version: extra.version,
			chainId: Number(network.split(':')[1]),
			verifyingContract: getAddress(asset),
		},
		types: TRANSFER_TYPES,
		primaryType: 'TransferWithAuthorization',
		message: {
			from: authorization.from as Hex,
			to: authorization.to as Hex,
			value: BigInt(authorization.value),
			validAfter: BigInt(authorization.validAfter),
			validBefore: BigInt(authorization.validBefore),
			nonce: authorization.nonce as Hex,
		},
	});
}

/** Base64 of the JSON, as the header carries it. */
export function encoded(payload: unknown): string {
	return Buffer.from(JSON.stringify(payload)).toString('base64');
}

/** What a header or body of a 402 says. */
export function decoded<T>(header: string | string[] | undefined): T {
	return JSON.parse(Buffer.from(String(header), 'base64').toString('utf8')) as T;
}

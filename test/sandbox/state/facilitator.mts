import { getAddress, isAddress, isHex, verifyTypedData, type Hex } from 'viem';

import { CODE, Refusal } from '../refusal.mts';
import type { Clock } from '../clock.mts';
import type { Random } from '../random.mts';
import type { Account } from './accounts.mts';

/** The USDC of each network that is settled on, by its CAIP-2 name. */
export const SETTLED_ASSETS: Readonly<Record<string, string>> = {
	'eip155:8453': '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
	'eip155:1': '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
	'eip155:137': '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359',
	'eip155:42161': '0xaf88d065e77c8cC2239327C5EDb3A432268e5831',
	'eip155:10': '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85',
};

const TYPES = {
	TransferWithAuthorization: [
		{ name: 'from', type: 'address' },
		{ name: 'to', type: 'address' },
		{ name: 'value', type: 'uint256' },
		{ name: 'validAfter', type: 'uint256' },
		{ name: 'validBefore', type: 'uint256' },
		{ name: 'nonce', type: 'bytes32' },
	],
} as const;

/** What stands in a merchant's dashboard as sold by the call. */
export interface Resource {
	readonly url: string;
	readonly method: string;
	/** The merchant's wallet that its payments go to. */
	readonly payTo: string;
	isEnabled: boolean;
}

/** A transfer that was made. */
export interface X402Payment {
	readonly paymentId: string;
	readonly transaction: string;
	readonly network: string;
	readonly payer: string;
	readonly payTo: string;
	/** In millionths. */
	readonly amount: string;
	readonly resource: string;
	/** How often it was asked for, the first time included. */
	settles: number;
}

/** What is asked about a payment, as JSON has it: nothing of it is certain. */
export interface X402Request {
	readonly version: unknown;
	readonly payload: unknown;
	readonly requirements: unknown;
	readonly method: unknown;
	readonly resource: unknown;
}

type Json = Record<string, unknown>;

interface Transfer {
	readonly key: string;
	readonly signature: Hex;
	readonly network: string;
	readonly payer: string;
	readonly to: string;
	readonly value: string;
}

type Verdict = { readonly transfer: Transfer } | { readonly reason: string };

/** Verifies and settles payments of x402 as PonponPay does: real signatures, but a chain of its own. */
export class Facilitator {
	private readonly resources: Array<Resource & { readonly account: Account }> = [];
	/** By network, payer and nonce, which the contract of USDC takes once. */
	private readonly payments = new Map<string, { payment: X402Payment; signature: string }>();
	private readonly balances = new Map<string, bigint>();
	private readonly verified = new Set<string>();
	/** How often something was to be settled that nobody had verified. */
	unverifiedSettles = 0;

	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
	) {}

	/** As a merchant does in the dashboard; one that is there already is changed. */
	addResource(account: Account, { url, method, payTo, isEnabled }: Resource): void {
		const there = this.resources.findIndex(
			(one) => one.account === account && one.url === url && one.method === method,
		);
		if (there >= 0) this.resources.splice(there, 1);
		this.resources.push({ account, url, method, payTo: getAddress(payTo), isEnabled });
	}

	/** What a wallet has, in millionths; one that is never given anything has enough. */
	setBalance(wallet: string, units: bigint): void {
		this.balances.set(wallet.toLowerCase(), units);
	}

	/** Oldest first. */
	all(): X402Payment[] {
		return [...this.payments.values()].map(({ payment }) => payment);
	}

	async verify(account: Account, request: X402Request) {
		const verdict = await this.judge(account, request);
		if ('reason' in verdict) return { isValid: false, invalidReason: verdict.reason };
		const { key, signature, payer } = verdict.transfer;
		this.verified.add(key + signature);
		return { isValid: true, payer };
	}

	async settle(account: Account, request: X402Request) {
		const verdict = await this.judge(account, request);
		if ('reason' in verdict) {
			return { success: false, errorReason: verdict.reason, transaction: '', network: '' };
		}
		const { transfer } = verdict;
		const { key, signature, network, payer, to, value } = transfer;
		if (!this.verified.has(key + signature)) this.unverifiedSettles += 1;
		const known = this.payments.get(key);
		const payment = known?.payment ?? {
			paymentId: `x402_${this.random.hex(24)}`,
			transaction: `0x${this.random.hex(64)}`,
			network,
			payer,
			payTo: to,
			amount: value,
			resource: String(request.resource),
			settles: 0,
		};
		if (known === undefined) {
			this.payments.set(key, { payment, signature });
			const balance = this.balances.get(payer.toLowerCase());
			if (balance !== undefined) this.setBalance(payer, balance - BigInt(value));
		}
		payment.settles += 1;
		const { paymentId, transaction, amount } = payment;
		const replayed = known !== undefined;
		return {
			success: true,
			transaction,
			network,
			payer,
			amount,
			paymentId,
			replayed,
			extensions: { polypay: { paymentId, replayed } },
		};
	}

	private async judge(account: Account, request: X402Request): Promise<Verdict> {
		if (account.environment === 'sandbox') {
			throw new Refusal(CODE.parameter, 'x402 is not available with a sandbox key');
		}
		const { payload, requirements, resource, method } = request;
		if (request.version !== 2 || !isJson(payload) || payload.x402Version !== 2) {
			return { reason: 'invalid_x402_version' };
		}
		if (!isJson(requirements)) return { reason: 'invalid_payment_requirements' };
		const sold = this.resources.find(
			(one) => one.account === account && one.url === resource && one.method === method,
		);
		if (sold?.isEnabled !== true) return { reason: 'resource_not_enabled' };
		const asset = SETTLED_ASSETS[String(requirements.network)];
		if (asset === undefined) return { reason: 'invalid_network' };
		if (requirements.scheme !== 'exact') return { reason: 'unsupported_scheme' };
		if (requirements.asset !== asset || !isSame(requirements.payTo, sold.payTo)) {
			return { reason: 'invalid_payment_requirements' };
		}
		return await this.judgeTransfer(payload, requirements);
	}

	private async judgeTransfer(payload: Json, requirements: Json): Promise<Verdict> {
		const { signature, authorization } = isJson(payload.payload) ? payload.payload : {};
		if (!isJson(authorization) || typeof signature !== 'string' || !isHex(signature)) {
			return { reason: 'invalid_payload' };
		}
		const { from, to, value, validAfter, validBefore, nonce } = authorization;
		const numbers = [value, validAfter, validBefore].every((one) => /^\d{1,78}$/.test(String(one)));
		if (!numbers || !isAddress(String(from)) || !isAddress(String(to)) || !isHex(nonce)) {
			return { reason: 'invalid_payload' };
		}
		const network = String(requirements.network);
		if (!isSame(to, String(requirements.payTo))) {
			return { reason: 'invalid_exact_evm_payload_recipient_mismatch' };
		}
		if (value !== requirements.amount) {
			return { reason: 'invalid_exact_evm_payload_authorization_value' };
		}
		const address = getAddress(String(from));
		const isTrue = await verifyTypedData({
			address,
			domain: {
				name: 'USD Coin',
				version: '2',
				chainId: Number(network.split(':')[1]),
				verifyingContract: getAddress(SETTLED_ASSETS[network] ?? ''),
			},
			types: TYPES,
			primaryType: 'TransferWithAuthorization',
			message: {
				from: address,
				to: getAddress(String(to)),
				value: BigInt(String(value)),
				validAfter: BigInt(String(validAfter)),
				validBefore: BigInt(String(validBefore)),
				nonce,
			},
			signature,
		}).catch(() => false);
		if (!isTrue) return { reason: 'invalid_exact_evm_payload_signature' };
		const key = `${network} ${address} ${nonce}`.toLowerCase();
		const transfer = {
			key,
			signature,
			network,
			payer: address,
			to: String(to),
			value: String(value),
		};
		const settled = this.payments.get(key);
		// The very same transfer is told again what became of it, however late.
		if (settled?.signature === signature) return { transfer };
		if (settled !== undefined) return { reason: 'authorization_nonce_used' };
		const now = this.clock.now();
		if (Number(validAfter) > now) {
			return { reason: 'invalid_exact_evm_payload_authorization_valid_after' };
		}
		if (Number(validBefore) <= now) {
			return { reason: 'invalid_exact_evm_payload_authorization_valid_before' };
		}
		const balance = this.balances.get(address.toLowerCase());
		if (balance !== undefined && balance < BigInt(String(value))) {
			return { reason: 'insufficient_funds' };
		}
		return { transfer };
	}
}

function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(value: unknown, address: string): boolean {
	return typeof value === 'string' && value.toLowerCase() === address.toLowerCase();
}

import { createHash } from 'node:crypto';

export type Environment = 'production' | 'sandbox';

/** A merchant of the sandbox. */
export interface MerchantOptions {
	id: string;
	name: string;
	/** The key whose orders are real, were this not a sandbox. */
	apiKey: string;
	/** The key of the vendor's own sandbox; begins with `sk_sandbox_`. */
	sandboxApiKey: string;
	/** Signs the merchant's callbacks with scheme A. */
	webhookSecret?: string;
	/** Orders a calendar month; absent: no limit. */
	monthlyOrderQuota?: number;
}

/** One merchant in one environment: the owner of orders, refunds, disputes and hooks. */
export interface Account {
	readonly merchant: Merchant;
	readonly environment: Environment;
	/** Changes when the key is rotated. */
	apiKey: string;
}

export interface Merchant {
	readonly id: string;
	name: string;
	/** 1: active; 2: suspended, every call is refused. */
	status: number;
	webhookSecret: string | undefined;
	monthlyOrderQuota: number;
}

export const SANDBOX_KEY_PREFIX = 'sk_sandbox_';
const LIVE_KEY_PREFIX = 'sk_live_';

/**
 * The keys a merchant gets who brings none: the same at every start, so that a saved credential keeps working.
 */
export function defaultMerchant(id: string): MerchantOptions {
	const secretPart = (purpose: string) =>
		createHash('sha256').update(`ponponpay sandbox ${purpose} of ${id}`).digest('hex').slice(0, 32);
	return {
		id,
		name: 'Corner Shop',
		apiKey: LIVE_KEY_PREFIX + secretPart('live key'),
		sandboxApiKey: SANDBOX_KEY_PREFIX + secretPart('sandbox key'),
	};
}

/** All merchants, found by their keys. */
export class Accounts {
	private readonly accounts: Account[] = [];

	add(options: MerchantOptions): { production: Account; sandbox: Account } {
		if (!options.sandboxApiKey.startsWith(SANDBOX_KEY_PREFIX)) {
			throw new RangeError(`A sandbox key begins with ${SANDBOX_KEY_PREFIX}`);
		}
		const merchant: Merchant = {
			id: options.id,
			name: options.name,
			status: 1,
			webhookSecret: options.webhookSecret,
			monthlyOrderQuota: options.monthlyOrderQuota ?? Infinity,
		};
		const production: Account = { merchant, environment: 'production', apiKey: options.apiKey };
		const sandbox: Account = { merchant, environment: 'sandbox', apiKey: options.sandboxApiKey };
		this.accounts.push(production, sandbox);
		return { production, sandbox };
	}

	byKey(apiKey: string): Account | undefined {
		return this.accounts.find((account) => account.apiKey === apiKey);
	}

	all(): readonly Account[] {
		return this.accounts;
	}
}

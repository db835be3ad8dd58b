import { findChain } from '../chain.mts';
import { amountOf, type Amount } from '../money.mts';
import type { Random } from '../random.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { Account } from './accounts.mts';

const STEP = amountOf('0.0001');
const STEPS = 100n;

/** Where an order's money goes, and how much of it, to the last digit. */
export interface Slot {
	readonly address: string;
	readonly actualAmount: Amount;
}

interface Wallet {
	readonly address: string;
	/** The exact amounts that open orders wait for. */
	readonly awaited: Set<Amount>;
}

/**
 * The receiving wallets. Orders to one wallet are told apart by their exact amount alone, so no two open ones may share it:
 * each gets a suffix of 0.0001 to 0.01 that is free, and when a wallet has none left, the next wallet is used.
 */
export class Wallets {
	private readonly wallets = new Map<string, Wallet[]>();

	constructor(
		private readonly random: Random,
		private readonly mostPerNetwork: () => number,
	) {}

	/** @throws Refusal when every wallet waits for a hundred amounts like this one already */
	take(account: Account, network: string, amount: Amount): Slot {
		const wallets = this.of(account, network);
		for (const wallet of wallets) {
			for (let step = 1n; step <= STEPS; step++) {
				const actualAmount = amount + step * STEP;
				if (!wallet.awaited.has(actualAmount)) {
					wallet.awaited.add(actualAmount);
					return { address: wallet.address, actualAmount };
				}
			}
		}
		if (wallets.length >= this.mostPerNetwork()) {
			throw new Refusal(CODE.noWallet, 'no wallet available for this amount, try again later');
		}
		wallets.push(this.open(network));
		return this.take(account, network, amount);
	}

	free(account: Account, network: string, slot: Slot): void {
		const wallet = this.of(account, network).find(({ address }) => address === slot.address);
		wallet?.awaited.delete(slot.actualAmount);
	}

	private of(account: Account, network: string): Wallet[] {
		const key = `${account.merchant.id} ${account.environment} ${network}`;
		const known = this.wallets.get(key);
		if (known) return known;
		const wallets: Wallet[] = [];
		this.wallets.set(key, wallets);
		return wallets;
	}

	private open(network: string): Wallet {
		const chain = findChain(network);
		if (!chain) throw new RangeError(`There is no network ${network}`);
		return { address: chain.address(this.random), awaited: new Set() };
	}
}

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

interface Network {
	readonly wallets: Wallet[];
	/** By amount, the first wallet that may have a slot left; spares the search through thousands of open orders. */
	readonly roomFrom: Map<Amount, number>;
}

/**
 * The receiving wallets. Orders to one wallet are told apart by their exact amount alone, so no two open ones may share it:
 * each gets a suffix of 0.0001 to 0.01 that is free, and when a wallet has none left, the next wallet is used.
 */
export class Wallets {
	private readonly networks = new Map<string, Network>();

	constructor(
		private readonly random: Random,
		private readonly mostPerNetwork: () => number,
	) {}

	/** @throws Refusal when every wallet waits for a hundred amounts like this one already */
	take(account: Account, network: string, amount: Amount): Slot {
		const { wallets, roomFrom } = this.of(account, network);
		for (let index = roomFrom.get(amount) ?? 0; index < this.mostPerNetwork(); index++) {
			const wallet = (wallets[index] ??= this.open(network));
			const actualAmount = freeAmount(wallet, amount);
			if (actualAmount !== undefined) {
				roomFrom.set(amount, index);
				wallet.awaited.add(actualAmount);
				return { address: wallet.address, actualAmount };
			}
		}
		throw new Refusal(CODE.noWallet, 'no wallet available for this amount, try again later');
	}

	free(account: Account, network: string, slot: Slot): void {
		const { wallets, roomFrom } = this.of(account, network);
		wallets.find(({ address }) => address === slot.address)?.awaited.delete(slot.actualAmount);
		roomFrom.clear();
	}

	private of(account: Account, network: string): Network {
		const key = `${account.merchant.id} ${account.environment} ${network}`;
		let known = this.networks.get(key);
		if (!known) {
			known = { wallets: [], roomFrom: new Map() };
			this.networks.set(key, known);
		}
		return known;
	}

	private open(network: string): Wallet {
		const chain = findChain(network);
		if (!chain) throw new RangeError(`There is no network ${network}`);
		return { address: chain.address(this.random), awaited: new Set() };
	}
}

function freeAmount({ awaited }: Wallet, amount: Amount): Amount | undefined {
	for (let step = 1n; step <= STEPS; step++) {
		const candidate = amount + step * STEP;
		if (!awaited.has(candidate)) return candidate;
	}
	return undefined;
}

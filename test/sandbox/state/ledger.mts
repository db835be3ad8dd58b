import type { Account } from './accounts.mts';

/** Things that belong to accounts, oldest first: all of them, and each account's own. */
export class Ledger<T> {
	private readonly everything: T[] = [];
	private readonly byAccount = new Map<Account, T[]>();

	add(account: Account, element: T): void {
		this.everything.push(element);
		const own = this.byAccount.get(account);
		if (own) own.push(element);
		else this.byAccount.set(account, [element]);
	}

	all(): readonly T[] {
		return this.everything;
	}

	of(account: Account): readonly T[] {
		return this.byAccount.get(account) ?? [];
	}
}

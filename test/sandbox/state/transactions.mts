import { findChain } from '../chain.mts';
import { amountOf, type Amount } from '../money.mts';
import type { Random } from '../random.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { Account } from './accounts.mts';
import { Ledger } from './ledger.mts';
import type { Method, Order } from './orders.mts';
import type { Refund } from './refunds.mts';
import { STATUS } from './status.mts';

/** Money that moved on a chain: a payment, or the refund of one. What it shows follows from the order or refund. */
export interface Transaction {
	readonly id: string;
	readonly order: Order;
	readonly method: Method;
	/** Absent for a payment. */
	readonly refund: Refund | undefined;
	readonly hash: string;
	readonly createdAt: number;
}

export type TransactionStatus = 'confirming' | 'confirmed' | 'failed';

/** The record of everything that moved on a chain. */
export class Transactions {
	private readonly ledger = new Ledger<Transaction>();

	constructor(private readonly random: Random) {}

	/** Oldest first. */
	all(): readonly Transaction[] {
		return this.ledger.all();
	}

	of(account: Account): readonly Transaction[] {
		return this.ledger.of(account);
	}

	record(transaction: Omit<Transaction, 'id'>): void {
		const id = `TX${this.random.hex(20).toUpperCase()}`;
		this.ledger.add(transaction.order.account, { id, ...transaction });
	}

	/**
	 * By id or hash; the id wins.
	 *
	 * @throws Refusal when this account has no such transaction
	 */
	find(account: Account, id: string | undefined, hash: string | undefined): Transaction {
		if (id === undefined && hash === undefined) {
			throw new Refusal(CODE.parameter, 'transaction_id or hash is required');
		}
		const found = this.of(account).find((transaction) =>
			id !== undefined ? transaction.id === id : transaction.hash === hash,
		);
		if (!found) throw new Refusal(CODE.transactionNotFound, 'transaction not found');
		return found;
	}
}

export function transactionStatus({ order, refund }: Transaction): TransactionStatus {
	if (!refund) return order.status === STATUS.confirming ? 'confirming' : 'confirmed';
	if (refund.status === 'failed') return 'failed';
	return refund.status === 'succeeded' ? 'confirmed' : 'confirming';
}

export function transactionAmount({ method, refund }: Transaction): Amount {
	return refund ? refund.amount : method.actualAmount;
}

/** Blocks on top of it; only for show. */
export function confirmations(transaction: Transaction): number {
	const final = findChain(transaction.method.network)?.confirmations ?? 0;
	return transactionStatus(transaction) === 'confirmed' ? final : 1;
}

/** What sending costs the merchant. Payments cost the customer. */
const SENDING_FEES: Readonly<Record<string, Amount>> = {
	tron: amountOf('1'),
	ethereum: amountOf('2.5'),
	bsc: amountOf('0.2'),
	polygon: amountOf('0.05'),
	solana: amountOf('0.01'),
};

export function transactionFee({ method, refund }: Transaction): Amount {
	return refund ? (SENDING_FEES[method.network] ?? 0n) : 0n;
}

import type { Clock } from '../clock.mts';
import type { Amount } from '../money.mts';
import type { Random } from '../random.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { SandboxSettings } from '../settings.mts';
import type { Account } from './accounts.mts';
import { Ledger } from './ledger.mts';
import { amountReceived, type Order } from './orders.mts';

export type DisputeStatus = 'open' | 'under_review' | 'won' | 'lost' | 'accepted';

export interface Message {
	readonly author: 'customer' | 'merchant';
	readonly text: string;
	readonly evidenceUrls: readonly string[];
	readonly createdAt: number;
}

export interface Dispute {
	readonly id: string;
	readonly order: Order;
	readonly amount: Amount;
	readonly reason: string;
	readonly messages: Message[];
	/** When the merchant's silence loses it. */
	readonly dueAt: number;
	readonly createdAt: number;
	updatedAt: number;
	status: DisputeStatus;
}

/** Every dispute: opened by a customer, answered by the merchant, decided by the vendor or by time. */
export class Disputes {
	private readonly ledger = new Ledger<Dispute>();

	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
		private readonly settings: SandboxSettings,
		private readonly onChange: (dispute: Dispute, change: 'opened' | 'closed') => void,
	) {}

	/** Oldest first. */
	all(): readonly Dispute[] {
		return this.ledger.all();
	}

	/** Oldest first. */
	of(account: Account): readonly Dispute[] {
		return this.ledger.of(account);
	}

	/** A customer complains. One at a time, and only about money that arrived. */
	open(order: Order, reason: string): Dispute {
		if (amountReceived(order) === 0n) throw new Refusal(CODE.disputeState, 'order is not paid');
		const own = this.of(order.account).filter((dispute) => dispute.order === order);
		if (own.some(isLive)) {
			throw new Refusal(CODE.disputeState, 'order has an open dispute already');
		}
		const now = this.clock.now();
		const dispute: Dispute = {
			id: `DP${this.random.hex(20).toUpperCase()}`,
			order,
			amount: amountReceived(order),
			reason,
			messages: [{ author: 'customer', text: reason, evidenceUrls: [], createdAt: now }],
			dueAt: now + this.settings.disputeAnswerSeconds,
			createdAt: now,
			updatedAt: now,
			status: 'open',
		};
		this.ledger.add(order.account, dispute);
		this.clock.at(dispute.dueAt, () => {
			if (dispute.status === 'open') this.runOut(dispute);
		});
		this.onChange(dispute, 'opened');
		return dispute;
	}

	/** @throws Refusal when this account has no such dispute */
	find(account: Account, id: string): Dispute {
		const found = this.all().find((dispute) => dispute.id === id);
		if (found?.order.account !== account) {
			throw new Refusal(CODE.disputeNotFound, 'dispute not found');
		}
		return found;
	}

	/** Whoever owns it: for the page and for tests. */
	lookUp(id: string): Dispute {
		const found = this.all().find((dispute) => dispute.id === id);
		if (!found) throw new Refusal(CODE.disputeNotFound, `There is no dispute ${id}`);
		return found;
	}

	/** The merchant answers; from then on the vendor decides. */
	respond(dispute: Dispute, text: string, evidenceUrls: readonly string[]): void {
		this.refuseUnlessLive(dispute);
		const now = this.clock.now();
		dispute.messages.push({ author: 'merchant', text, evidenceUrls, createdAt: now });
		dispute.status = 'under_review';
		dispute.updatedAt = now;
	}

	/** The merchant gives it up, or the vendor decides. */
	close(dispute: Dispute, status: 'won' | 'lost' | 'accepted'): void {
		this.refuseUnlessLive(dispute);
		dispute.status = status;
		dispute.updatedAt = this.clock.now();
		this.onChange(dispute, 'closed');
	}

	/** Only an unanswered dispute runs out of time. */
	runOut(dispute: Dispute): void {
		if (dispute.status === 'under_review') {
			throw new Refusal(CODE.disputeState, 'dispute has been answered');
		}
		this.close(dispute, 'lost');
	}

	private refuseUnlessLive(dispute: Dispute): void {
		if (isLive(dispute)) return;
		throw new Refusal(
			CODE.disputeState,
			`dispute status does not allow this: it is ${dispute.status}`,
		);
	}
}

export function isLive({ status }: Dispute): boolean {
	return status === 'open' || status === 'under_review';
}

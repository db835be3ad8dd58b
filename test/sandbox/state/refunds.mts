import { findChain } from '../chain.mts';
import type { Clock } from '../clock.mts';
import { formatAmount, sum, type Amount } from '../money.mts';
import type { Random } from '../random.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { SandboxSettings } from '../settings.mts';
import type { Account } from './accounts.mts';
import { Ledger } from './ledger.mts';
import { amountReceived, type Method, type Order } from './orders.mts';
import type { Transactions } from './transactions.mts';

export type RefundStatus = 'pending' | 'processing' | 'succeeded' | 'failed' | 'cancelled';

export interface Refund {
	readonly id: string;
	readonly mchRefundId: string;
	readonly order: Order;
	readonly method: Method;
	readonly amount: Amount;
	readonly address: string;
	readonly reason: string;
	readonly createdAt: number;
	updatedAt: number;
	status: RefundStatus;
	/** Empty until it is sent. */
	hash: string;
}

/** What a merchant asks for. */
export interface RefundRequest {
	/** Absent: all that is left. */
	readonly amount: Amount | undefined;
	readonly mchRefundId: string | undefined;
	/** Absent: where the payment came from. */
	readonly address: string | undefined;
	readonly reason: string;
}

const FOLLOWERS: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
	pending: ['processing', 'cancelled'],
	processing: ['succeeded', 'failed'],
	succeeded: [],
	failed: [],
	cancelled: [],
};

/** Every refund, and the only place where one is made or changes. */
export class Refunds {
	private readonly ledger = new Ledger<Refund>();
	private readonly byOrder = new Map<Order, Refund[]>();

	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
		private readonly settings: SandboxSettings,
		private readonly transactions: Transactions,
		private readonly onChange: (refund: Refund) => void,
	) {}

	/** Oldest first. */
	all(): readonly Refund[] {
		return this.ledger.all();
	}

	/** Oldest first. */
	of(account: Account): readonly Refund[] {
		return this.ledger.of(account);
	}

	ofOrder(order: Order): readonly Refund[] {
		return this.byOrder.get(order) ?? [];
	}

	/** What was received, less what is given back or on its way. */
	left(order: Order): Amount {
		const live = this.ofOrder(order).filter(
			({ status }) => status !== 'failed' && status !== 'cancelled',
		);
		return amountReceived(order) - sum(live.map(({ amount }) => amount));
	}

	/** @throws Refusal for an unpaid order, a taken id, more than is left, or an address that is none on that network */
	add(order: Order, request: RefundRequest): Refund {
		const mchRefundId = request.mchRefundId ?? `R${this.random.hex(20).toUpperCase()}`;
		const own = this.of(order.account);
		const taken = own.find((refund) => refund.mchRefundId === mchRefundId);
		if (taken && this.settings.createOfTaken === 'return') return taken;
		if (taken) throw new Refusal(CODE.parameter, 'mch_refund_id already exists');
		const { method } = order;
		const left = this.left(order);
		if (!method || amountReceived(order) === 0n) {
			throw new Refusal(CODE.refundState, 'order is not paid');
		}
		const amount = request.amount ?? left;
		if (amount > left || amount <= 0n) {
			throw new Refusal(
				CODE.refundState,
				`refund amount exceeds the refundable amount of ${formatAmount(left)}`,
			);
		}
		const now = this.clock.now();
		const refund: Refund = {
			id: `RF${this.random.hex(20).toUpperCase()}`,
			mchRefundId,
			order,
			method,
			amount,
			address: this.addressFor(order, method, request.address),
			reason: request.reason,
			createdAt: now,
			updatedAt: now,
			status: 'pending',
			hash: '',
		};
		this.ledger.add(order.account, refund);
		this.byOrder.set(order, [...this.ofOrder(order), refund]);
		this.planProgress(refund);
		return refund;
	}

	/**
	 * By the vendor's id or the merchant's; the vendor's wins.
	 *
	 * @throws Refusal when this account has no such refund
	 */
	find(account: Account, id: string | undefined, mchRefundId: string | undefined): Refund {
		if (id === undefined && mchRefundId === undefined) {
			throw new Refusal(CODE.parameter, 'refund_id or mch_refund_id is required');
		}
		const found = this.of(account).find((refund) =>
			id !== undefined ? refund.id === id : refund.mchRefundId === mchRefundId,
		);
		if (!found) throw new Refusal(CODE.refundNotFound, 'refund not found');
		return found;
	}

	/** By either id, whoever owns it: for the page and for tests. */
	lookUp(id: string): Refund {
		const found = this.all().find((refund) => refund.id === id || refund.mchRefundId === id);
		if (!found) throw new Refusal(CODE.refundNotFound, `There is no refund ${id}`);
		return found;
	}

	/** The money is on its way. */
	process(refund: Refund): void {
		this.refuseUnlessMayBecome(refund, 'processing');
		const { order, method } = refund;
		refund.hash = findChain(method.network)?.transactionHash(this.random) ?? '';
		const createdAt = this.clock.now();
		this.transactions.record({ order, method, refund, hash: refund.hash, createdAt });
		this.become(refund, 'processing');
	}

	succeed(refund: Refund): void {
		if (refund.status === 'pending') this.process(refund);
		this.become(refund, 'succeeded');
	}

	/** The transaction failed on the chain: the money is still the merchant's. */
	fail(refund: Refund): void {
		if (refund.status === 'pending') this.process(refund);
		this.become(refund, 'failed');
	}

	/** @throws Refusal once the money is on its way */
	cancel(refund: Refund): void {
		this.become(refund, 'cancelled');
	}

	private become(refund: Refund, status: RefundStatus): void {
		this.refuseUnlessMayBecome(refund, status);
		refund.status = status;
		refund.updatedAt = this.clock.now();
		this.onChange(refund);
	}

	private refuseUnlessMayBecome(refund: Refund, status: RefundStatus): void {
		if (FOLLOWERS[refund.status].includes(status)) return;
		throw new Refusal(
			CODE.refundState,
			`refund status does not allow this: it is ${refund.status}`,
		);
	}

	/** Unless somebody was faster, each step comes by itself. */
	private planProgress(refund: Refund): void {
		const { refundStepSeconds } = this.settings;
		if (refundStepSeconds === null) return;
		this.clock.at(refund.createdAt + refundStepSeconds, () => {
			if (refund.status === 'pending') this.process(refund);
		});
		this.clock.at(refund.createdAt + 2 * refundStepSeconds, () => {
			if (refund.status === 'processing') this.succeed(refund);
		});
	}

	private addressFor(order: Order, { network }: Method, asked: string | undefined): string {
		const address = asked ?? order.payment?.payer ?? '';
		if (address === '') {
			throw new Refusal(CODE.parameter, 'address is required: the payer of this order is unknown');
		}
		if (!findChain(network)?.isAddress(address)) {
			throw new Refusal(CODE.parameter, `address is not a valid ${network} address`);
		}
		return address;
	}
}

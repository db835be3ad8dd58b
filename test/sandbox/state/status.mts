/** The order statuses of the contract by their numbers. */
export const STATUS = {
	checkout: 0,
	pending: 1,
	paid: 2,
	expired: 3,
	cancelled: 4,
	manual: 5,
	confirming: 6,
	adminPaid: 7,
} as const;

export type StatusName = keyof typeof STATUS;
export type Status = (typeof STATUS)[StatusName];

const NAMES = Object.keys(STATUS) as StatusName[];

export function statusName(status: Status): StatusName {
	const name = NAMES.find((candidate) => STATUS[candidate] === status);
	if (!name) throw new RangeError(`${status} is no order status`);
	return name;
}

export function isStatus(value: number): value is Status {
	return NAMES.some((name) => STATUS[name] === value);
}

/** Only these four words are published; the other statuses are told by the one they count as. */
export function statusWord(status: Status): 'pending' | 'paid' | 'expired' | 'cancelled' {
	if (status === STATUS.expired) return 'expired';
	if (status === STATUS.cancelled) return 'cancelled';
	return isPaid(status) ? 'paid' : 'pending';
}

export function isPaid(status: Status): boolean {
	return status === STATUS.paid || status === STATUS.manual || status === STATUS.adminPaid;
}

/** Whether money may still arrive for it, so that it keeps its exact amount to itself. */
export function isOpen(status: Status): boolean {
	return status === STATUS.pending || status === STATUS.confirming;
}

export type OrderEvent =
	'order.pending' | 'order.confirming' | 'order.paid' | 'order.expired' | 'order.cancelled';

/** The event a status stands for in a callback. */
export function eventOf(status: Status): OrderEvent {
	if (status === STATUS.confirming) return 'order.confirming';
	return `order.${statusWord(status)}`;
}

/**
 * Which status may follow which. What was paid stays paid; money that comes too late is credited by hand.
 */
const FOLLOWERS: Readonly<Record<StatusName, readonly StatusName[]>> = {
	checkout: ['pending', 'expired', 'cancelled'],
	pending: ['confirming', 'paid', 'expired', 'cancelled', 'manual', 'adminPaid'],
	confirming: ['paid', 'manual', 'adminPaid'],
	expired: ['manual', 'adminPaid'],
	cancelled: ['manual', 'adminPaid'],
	paid: [],
	manual: [],
	adminPaid: [],
};

export function mayBecome(from: Status, to: Status): boolean {
	return FOLLOWERS[statusName(from)].includes(statusName(to));
}

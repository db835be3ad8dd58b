import { amountOf, type Amount } from './money.mts';
import { Random } from './random.mts';
import type { Account } from './state/accounts.mts';
import type { Order } from './state/orders.mts';
import { STATUS } from './state/status.mts';
import type { World } from './world.mts';

const DAY = 86_400;
const HOUR = 3600;
const MINUTE = 60;
const SPAN = 30 * DAY;

/** How many orders of a hundred are paid in which way; most customers have Tether on Tron. */
const METHODS: ReadonlyArray<[share: number, currency: string, network: string]> = [
	[52, 'USDT', 'tron'],
	[14, 'USDT', 'bsc'],
	[10, 'USDC', 'polygon'],
	[9, 'USDC', 'solana'],
	[7, 'USDC', 'ethereum'],
	[5, 'USDT', 'ethereum'],
	[3, 'BUSD', 'bsc'],
];

const PRICES: readonly Amount[] = [
	'4.90',
	'9.90',
	'12',
	'19.90',
	'29',
	'49',
	'49.50',
	'79',
	'99',
	'149',
	'249.99',
	'480',
].map(amountOf);

const COMPLAINTS = ['Goods never arrived', 'Paid twice by mistake', 'Not as described'];
const REFUND_REASONS = ['Returned goods', 'Out of stock', 'Goodwill', ''];

/**
 * Gives a merchant a past: so many orders over the last thirty days, the same for the same number. They are paid, forgotten
 * or cancelled as orders are, some are refunded or disputed, and the newest are still open. Without a URL in any of them, nobody is told.
 */
export async function liveThroughHistory(
	world: World,
	account: Account,
	orders: number,
): Promise<void> {
	if (orders <= 0) return;
	const random = new Random(`history of ${orders} orders`);
	const start = world.clock.now() - SPAN;
	await world.clock.relive(SPAN, async () => {
		for (let count = 1; count <= orders; count++) {
			await world.clock.advance(start + timeOf(count, orders, random) - world.clock.now());
			placeOrder(world, account, random, count);
		}
	});
}

/** Seconds from the start: spread evenly, and a last few within the last minutes, so that some are open still. */
function timeOf(count: number, orders: number, random: Random): number {
	const newest = Math.min(6, Math.ceil(orders / 10));
	const spread = orders - newest;
	return count <= spread
		? ((count - random.fraction()) / spread) * (SPAN - HOUR)
		: SPAN - HOUR / 3 + ((count - spread) / (newest + 1)) * (HOUR / 3);
}

function placeOrder(world: World, account: Account, random: Random, count: number): void {
	const [, currency, network] = pickWeighted(METHODS, random);
	const hasChosen = random.fraction() < 0.96;
	const order = world.orders.add(account, {
		amount: random.pick(PRICES),
		mchOrderId: `shop-${String(count).padStart(6, '0')}`,
		notifyUrl: '',
		redirectUrl: '',
		locale: '',
		method: hasChosen ? { currency, network } : undefined,
	});
	if (hasChosen) planOutcome(world, order, random);
}

/** So many seconds from now. */
function later({ clock }: World, seconds: number, act: () => void): void {
	clock.at(clock.now() + Math.round(seconds), act);
}

/** Four of five are paid within minutes; the rest are cancelled, or left to expire. */
function planOutcome(world: World, order: Order, random: Random): void {
	const { orders } = world;
	const paysAfter = (1 + 20 * random.fraction()) * MINUTE;
	const fate = random.fraction();
	const ifPending = (act: () => void) => () => {
		if (order.status === STATUS.pending) act();
	};
	if (fate < 0.78) {
		later(
			world,
			paysAfter,
			ifPending(() => orders.see(order)),
		);
		later(world, paysAfter + 2 * MINUTE, () => {
			if (order.status !== STATUS.confirming) return;
			orders.pay(order);
			planAftermath(world, order, random);
		});
	} else if (fate < 0.85) {
		later(
			world,
			paysAfter,
			ifPending(() => orders.cancel(order)),
		);
	} else if (fate < 0.88) {
		later(world, 3 * HOUR, () => {
			if (order.status === STATUS.expired) orders.creditByHand(order);
		});
	} else if (fate < 0.89) {
		later(world, 2 * HOUR, () => {
			if (order.status === STATUS.expired) orders.markPaid(order);
		});
	}
}

/** Some are given back, in whole or in part; a few customers complain. */
function planAftermath(world: World, order: Order, random: Random): void {
	const fate = random.fraction();
	const reason = random.pick(REFUND_REASONS);
	const complaint = random.pick(COMPLAINTS);
	const answers = random.fraction() < 0.7;
	if (fate < 0.09) {
		const amount = fate < 0.04 ? undefined : order.amount / 2n;
		later(world, random.fraction() * 3 * DAY, () => {
			world.refunds.add(order, { amount, mchRefundId: undefined, address: undefined, reason });
		});
	} else if (fate < 0.12) {
		later(world, random.fraction() * 5 * DAY, () => {
			const dispute = world.disputes.open(order, complaint);
			if (answers) {
				later(world, DAY, () => world.disputes.respond(dispute, 'Please see the receipt.', []));
				later(world, 6 * DAY, () => world.disputes.close(dispute, fate < 0.11 ? 'won' : 'lost'));
			}
		});
	}
}

function pickWeighted<T extends readonly [number, ...unknown[]]>(
	choices: readonly T[],
	random: Random,
): T {
	let ticket = random.below(choices.reduce((total, [share]) => total + share, 0));
	for (const choice of choices) {
		ticket -= choice[0];
		if (ticket < 0) return choice;
	}
	throw new RangeError('The shares do not add up');
}

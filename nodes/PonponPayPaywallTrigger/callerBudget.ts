import { LruMap } from '../shared/lruMap';

/** What a call takes of its client's budget. A payment that PonponPay has to look at costs more than a mere 402. */
export const COST = { unpaid: 1, refused: 10 } as const;

const MINUTE_MS = 60_000;

type Spent = { until: number; spent: number };

/**
 * How many calls that bring no money each client may make in a minute, so that forged proofs cannot use up what PonponPay
 * lets this account ask. Bounded: of too many clients the one is forgotten that called longest ago.
 */
export class CallerBudget {
	private readonly clients: LruMap<Spent>;

	/** @param now Unix milliseconds */
	constructor(
		private readonly now: () => number,
		capacity = 10_000,
	) {
		this.clients = new LruMap(capacity);
	}

	/** How many clients are remembered. */
	get size(): number {
		return this.clients.size;
	}

	/**
	 * Takes what a call costs, or nothing where it is too much.
	 *
	 * @param address of the client
	 * @returns after how many seconds the client may come again; 0: now
	 */
	take(address: string, cost: number, perMinute: number): number {
		const client = this.clientOf(address);
		if (client.spent + cost > perMinute) {
			return Math.max(1, Math.ceil((client.until - this.now()) / 1000));
		}
		client.spent += cost;
		return 0;
	}

	/** Gives back what a call took that turned out to bring money. */
	give(address: string, cost: number): void {
		const client = this.clientOf(address);
		client.spent = Math.max(0, client.spent - cost);
	}

	private clientOf(address: string): Spent {
		const now = this.now();
		const key = networkOf(address);
		const known = this.clients.get(key);
		if (known !== undefined && known.until > now) return known;
		const fresh = { until: now + MINUTE_MS, spent: 0 };
		this.clients.set(key, fresh);
		return fresh;
	}
}

/** Whoever has one IPv6 address has 2^64 of them. */
function networkOf(address: string): string {
	if (!address.includes(':') || address.includes('.')) return address;
	const [head, tail] = address.split('::');
	const groups = head.split(':').filter((group) => group !== '');
	const behind = (tail ?? '').split(':').filter((group) => group !== '');
	const zeros = Array<string>(Math.max(0, 8 - groups.length - behind.length)).fill('0');
	return [...groups, ...zeros, ...behind].slice(0, 4).join(':');
}

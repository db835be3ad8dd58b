import type { Random } from '../random.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { CallbackShape } from '../settings.mts';
import type { Account } from './accounts.mts';

/** A URL that a merchant registered for events. */
export interface Hook {
	readonly id: string;
	readonly account: Account;
	readonly url: string;
	/** Event names; `*` stands for all. */
	readonly events: readonly string[];
	readonly secret: string;
	readonly createdAt: number;
	/** Absent: as the sandbox's settings say. */
	shape: CallbackShape | undefined;
}

export const EVENT_NAMES = [
	'order.pending',
	'order.confirming',
	'order.paid',
	'order.expired',
	'order.cancelled',
	'refund.succeeded',
	'refund.failed',
	'dispute.opened',
	'dispute.closed',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** The registered hooks of all accounts. */
export class Hooks {
	private readonly hooks = new Map<string, Hook>();

	constructor(private readonly random: Random) {}

	all(): Hook[] {
		return [...this.hooks.values()];
	}

	of(account: Account): Hook[] {
		return this.all().filter((hook) => hook.account === account);
	}

	wanting(account: Account, event: EventName): Hook[] {
		return this.of(account).filter(({ events }) => events.includes(event) || events.includes('*'));
	}

	has(hook: Hook): boolean {
		return this.hooks.has(hook.id);
	}

	/** @throws Refusal for an event that does not exist */
	add(account: Account, url: string, events: readonly string[], now: number): Hook {
		const known: readonly string[] = ['*', ...EVENT_NAMES];
		const unknown = events.find((event) => !known.includes(event));
		if (unknown !== undefined) {
			throw new Refusal(CODE.parameter, `events: unknown event ${unknown}`);
		}
		const hook: Hook = {
			id: `wh_${this.random.hex(20)}`,
			account,
			url,
			events: events.length === 0 ? ['*'] : [...events],
			secret: `whsec_${this.random.hex(40)}`,
			createdAt: now,
			shape: undefined,
		};
		this.hooks.set(hook.id, hook);
		return hook;
	}

	/** @throws Refusal when this account has no such hook */
	find(account: Account, id: string): Hook {
		const hook = this.hooks.get(id);
		if (hook?.account !== account) throw new Refusal(CODE.webhookNotFound, 'webhook not found');
		return hook;
	}

	remove(hook: Hook): void {
		this.hooks.delete(hook.id);
	}

	/** Whoever owns it: for the page and for tests. */
	lookUp(id: string): Hook {
		const hook = this.hooks.get(id);
		if (!hook) throw new Refusal(CODE.webhookNotFound, `There is no webhook ${id}`);
		return hook;
	}
}

import { Random } from '../random.mts';
import type { MissingRoute } from './missingRoute.mts';

/** Whether the endpoint does its work before the fault hides it. */
type When = { readonly when: 'before' | 'after' };

/**
 * One thing that goes wrong with one request.
 *
 * - `delay`: answered properly, later
 * - `status`: another HTTP status, with an envelope that says the same; `retryAfter` in seconds, or as a date so many seconds
 *   from now
 * - `reset`: the connection is reset without an answer
 * - `silence`: the connection stays open without an answer
 * - `truncated`: the answer breaks off half way, the connection is closed
 * - `stalled`: the answer breaks off half way, the connection stays open
 * - `invalidJson`: a whole answer that is only half a JSON text
 * - `raw`: this body and status instead
 * - `redirect`: to somewhere else
 * - `missingRoute`: there is no such route
 */
export type Fault =
	| { readonly kind: 'delay'; readonly ms: number }
	| ({
			readonly kind: 'status';
			readonly status: number;
			readonly retryAfter?: number | { readonly date: number };
	  } & When)
	| ({ readonly kind: 'reset' } & When)
	| ({ readonly kind: 'silence' } & When)
	| { readonly kind: 'truncated' }
	| { readonly kind: 'stalled' }
	| { readonly kind: 'invalidJson' }
	| ({
			readonly kind: 'raw';
			readonly body: string;
			readonly status?: number;
			readonly contentType?: string;
	  } & When)
	| { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
	| { readonly kind: 'missingRoute'; readonly form: MissingRoute };

/** Faults on a share of the requests. */
export interface FaultRate {
	/** From 0 to 1. */
	readonly share: number;
	readonly faults: readonly Fault[];
	/** Such as `/order/add`; absent: all. */
	readonly endpoints?: readonly string[];
	/** The same requests meet the same faults for the same seed, in whatever order they come. */
	readonly seed: string;
}

/** Stands for every endpoint. */
const ANY = '*';

/** Decides which request meets which fault. A script goes before a standing fault, and that before a rate. */
export class FaultPlan {
	/** Milliseconds before every answer. */
	latencyMs = 0;
	/** More requests at once than this are refused with 429. */
	mostAtOnce = Infinity;
	private readonly scripts = new Map<string, Array<Fault | null>>();
	private readonly standing = new Map<string, Fault>();
	private rated: FaultRate | undefined;
	/** How often each request has come, for the rate. */
	private readonly arrivals = new Map<string, number>();

	/** What the next requests at the endpoint meet, one after another; `null`: nothing. */
	script(endpoint: string, faults: ReadonlyArray<Fault | null>): void {
		this.scripts.set(endpoint, [...(this.scripts.get(endpoint) ?? []), ...faults]);
	}

	/** What every request at the endpoint meets; `*`: at all endpoints. */
	always(endpoint: string, fault: Fault): void {
		this.standing.set(endpoint, fault);
	}

	rate(rate: FaultRate): void {
		this.rated = rate;
		this.arrivals.clear();
	}

	/** Ends a standing fault and a script. */
	heal(endpoint: string): void {
		this.scripts.delete(endpoint);
		this.standing.delete(endpoint);
	}

	clear(): void {
		this.scripts.clear();
		this.standing.clear();
		this.rated = undefined;
		this.latencyMs = 0;
		this.mostAtOnce = Infinity;
	}

	next(endpoint: string, body: string): Fault | undefined {
		const script = this.scripts.get(endpoint) ?? this.scripts.get(ANY);
		if (script && script.length > 0) return script.shift() ?? undefined;
		return this.standing.get(endpoint) ?? this.standing.get(ANY) ?? this.byRate(endpoint, body);
	}

	/** Drawn from what the request is and how often it came, so that concurrency changes nothing. */
	private byRate(endpoint: string, body: string): Fault | undefined {
		if (!this.rated) return undefined;
		const { share, faults, endpoints, seed } = this.rated;
		if (faults.length === 0 || (endpoints && !endpoints.includes(endpoint))) return undefined;
		const request = `${endpoint} ${body}`;
		const arrival = (this.arrivals.get(request) ?? 0) + 1;
		this.arrivals.set(request, arrival);
		const random = new Random(`${seed} ${arrival} ${request}`);
		return random.fraction() < share ? random.pick(faults) : undefined;
	}
}

/** For the log: `reset before`, `503 after`, `stalled`. */
export function describeFault(fault: Fault): string {
	const what = fault.kind === 'status' ? String(fault.status) : fault.kind;
	return 'when' in fault ? `${what} ${fault.when}` : what;
}

/** Whether the endpoint does its work although the request meets this fault. */
export function doesWork(fault: Fault | undefined): boolean {
	if (!fault) return true;
	if ('when' in fault) return fault.when === 'after';
	return fault.kind !== 'redirect' && fault.kind !== 'missingRoute';
}

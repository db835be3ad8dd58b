import type { IncomingHttpHeaders } from 'node:http';

/** One request as it arrived at the API, and how it was answered. */
export interface LoggedRequest {
	/** Path after the API's prefix, such as `/order/add`; of unknown routes the whole path. */
	readonly endpoint: string;
	readonly method: string;
	/** The whole path. */
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** HTTP status of the answer; absent while, or because, there is none. */
	status: number | undefined;
	/** The envelope's code. */
	code: number | undefined;
	/** Whether the endpoint did its work, whatever the client saw of it. */
	workDone: boolean;
	/** The fault it met, such as `503 after`. */
	readonly fault: string | undefined;
}

const MOST_ENTRIES = 20_000;

/** Every request the API has received, so that a test can count what a client really sent. */
export class RequestLog {
	private entries: LoggedRequest[] = [];
	private readonly counts = new Map<string, number>();

	/** Oldest first; beyond twenty thousand the oldest are forgotten. */
	all(endpoint?: string): LoggedRequest[] {
		return this.entries.filter((entry) => endpoint === undefined || entry.endpoint === endpoint);
	}

	/** How many requests have arrived, at one endpoint or in all; none is forgotten. */
	count(endpoint?: string): number {
		if (endpoint !== undefined) return this.counts.get(endpoint) ?? 0;
		let total = 0;
		for (const count of this.counts.values()) total += count;
		return total;
	}

	/** How many requests have arrived, by endpoint. */
	countsByEndpoint(): Record<string, number> {
		return Object.fromEntries(this.counts);
	}

	/**
	 * How many requests went which way: by the fault they met, else by HTTP status and code (`200/0`, `401/401`).
	 */
	outcomes(endpoint?: string): Record<string, number> {
		const tally: Record<string, number> = {};
		for (const { fault, status, code } of this.all(endpoint)) {
			const outcome = fault ?? `${status ?? ''}/${code ?? ''}`;
			tally[outcome] = (tally[outcome] ?? 0) + 1;
		}
		return tally;
	}

	add(entry: LoggedRequest): LoggedRequest {
		this.entries.push(entry);
		if (this.entries.length > MOST_ENTRIES) this.entries = this.entries.slice(MOST_ENTRIES / 2);
		this.counts.set(entry.endpoint, this.count(entry.endpoint) + 1);
		return entry;
	}

	clear(): void {
		this.entries = [];
		this.counts.clear();
	}
}

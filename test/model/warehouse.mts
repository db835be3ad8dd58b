import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const GATE = '/gate';

/** What a workflow did in the world for an order. */
export interface Effect {
	/** Which workflow's. */
	readonly line: string;
	readonly tradeId: string;
	/** The address of the n8n that did it. */
	readonly n8n: string;
}

/** Where the effects of workflows arrive, outside n8n: what is counted here has happened. */
export class Warehouse {
	readonly effects: Effect[] = [];
	/** The answers that workflows wait for at the closed gate. */
	private readonly atGate = new Set<ServerResponse>();
	private isGateOpen = true;

	private constructor(private readonly server: Server) {
		server.on('request', (request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://warehouse');
			if (pathname === GATE) return this.arrive(response);
			const [, line, tradeId] = pathname.split('/');
			const { origin } = new URL(searchParams.get('resume') ?? '');
			this.effects.push({ line, tradeId, n8n: origin });
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ line, tradeId }));
		});
	}

	static async open(): Promise<Warehouse> {
		const warehouse = new Warehouse(createServer().listen(0, '127.0.0.1'));
		await once(warehouse.server, 'listening');
		return warehouse;
	}

	/** Workflows that ask for this have to wait while the gate is closed. */
	get gateUrl(): string {
		return `${this.url}${GATE}`;
	}

	/** How many workflows wait at the gate; those whose process has died do not. */
	get waiting(): number {
		return this.atGate.size;
	}

	closeGate(): void {
		this.isGateOpen = false;
	}

	openGate(): void {
		this.isGateOpen = true;
		for (const response of this.atGate) response.end('{}');
		this.atGate.clear();
	}

	private arrive(response: ServerResponse): void {
		if (this.isGateOpen) {
			response.end('{}');
			return;
		}
		this.atGate.add(response);
		response.on('close', () => this.atGate.delete(response));
	}

	private get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The address of an effect, which it answers with its `line` and `tradeId`, as an expression of n8n. */
	urlOf(line: string, tradeId: string): string {
		const resume = '{{ encodeURIComponent($execution.resumeUrl) }}';
		return `=${this.url}/${line}/{{ ${tradeId} }}?resume=${resume}`;
	}

	close(): void {
		this.server.close();
		this.server.closeAllConnections();
	}
}

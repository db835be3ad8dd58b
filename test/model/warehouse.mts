import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

	private constructor(private readonly server: Server) {
		server.on('request', (request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://warehouse');
			const [, line, tradeId] = pathname.split('/');
			const { origin } = new URL(searchParams.get('resume') ?? '');
			this.effects.push({ line, tradeId, n8n: origin });
			response.end('{}');
		});
	}

	static async open(): Promise<Warehouse> {
		const warehouse = new Warehouse(createServer().listen(0, '127.0.0.1'));
		await once(warehouse.server, 'listening');
		return warehouse;
	}

	/** The address of an effect, as an expression of n8n. */
	urlOf(line: string, tradeId: string): string {
		const { port } = this.server.address() as AddressInfo;
		const resume = '{{ encodeURIComponent($execution.resumeUrl) }}';
		return `=http://127.0.0.1:${port}/${line}/{{ ${tradeId} }}?resume=${resume}`;
	}

	close(): void {
		this.server.close();
		this.server.closeAllConnections();
	}
}

import { createHash } from 'crypto';

import { LruMap } from '../lruMap';
import { processMemory } from '../once/processMemory';
import type { Tool } from './mcpTool';

/** What a server and its client have agreed on. */
export type Session = {
	/** Absent where the server keeps none. */
	readonly id: string | undefined;
	readonly protocol: string;
};

/** The tools of a server may change, by an update or by other scopes of the key. In milliseconds. */
const REMEMBER_TOOLS_MS = 600_000;

/** What this process knows of an MCP server, as it shows itself to one key. */
export class KnownServer {
	session: Session | undefined;
	private listed: { tools: readonly Tool[]; at: number } | undefined;
	private lastId = 0;

	/** @param now Unix milliseconds */
	toolsAt(now: number): readonly Tool[] | undefined {
		if (this.listed === undefined || now - this.listed.at >= REMEMBER_TOOLS_MS) return undefined;
		return this.listed.tools;
	}

	keepTools(tools: readonly Tool[], now: number): void {
		this.listed = { tools, at: now };
	}

	/** Of requests: no two of a session have the same. */
	nextId(): number {
		this.lastId += 1;
		return this.lastId;
	}
}

const servers = processMemory('MCP servers', (capacity) => new LruMap<KnownServer>(capacity));

/** What is known of a host's server by this key. The key itself is not kept. */
export function serverOf(host: string, apiKey: string): KnownServer {
	const key = createHash('sha256').update(`${host}\n${apiKey}`).digest('hex');
	return servers.getOrMake(key, () => new KnownServer());
}

import { hashedApiKeys } from '../signature/apiKey';
import { secretKeys } from '../signature/sharedSecret';

/**
 * All that one n8n process remembers, and how many of each at most. It lives as long as the process: n8n gives a trigger
 * nothing more lasting, and what must outlive a restart is kept elsewhere.
 */
const CAPACITY = {
	/** What the triggers have received, by receiver: nonces, events, paid orders. */
	'received deliveries': 1_000,
	/** The hook that each receiver registered last, because static data can be older. */
	'registered hooks': 10_000,
	/** Nonces that Webhook: Verify has seen, by node. */
	'verified deliveries': 1_000,
	/** Whether claims work in n8n, by its instance. */
	'proofs that claims work': 10,
	/** Nonces of callbacks to waiting nodes. */
	'nonces of callbacks': 50_000,
	/** Causes for which waiting nodes refused a callback. */
	'refused callbacks': 100,
	'woken suspensions': 50_000,
	/** How many requests at once PonponPay takes well, by node. */
	'paces of nodes': 1_000,
	/** Where hosts have answered that know endpoints under another path than others do. */
	'paths of endpoints': 1_000,
	/** Sessions with MCP servers and the tools they offer, by host and API key. */
	'MCP servers': 100,
	/** What n8n could start no execution with, by node: the changes of polls, as they were before. */
	'lost changes': 1_000,
	/** What polls have given to an n8n that does not say what becomes of it, by node; and what has arrived of it. */
	'unheard changes': 1_000,
	'arrived changes': 50_000,
	/** What polls have told in the log, by node. */
	'told remarks': 10_000,
	/** The nodes that are being polled. */
	'running polls': 1_000,
	/** Whose orders are polled, by API key. */
	'polled accounts': 1_000,
	/** What PonponPay publishes for Ed25519, by host. */
	'public keys': 100,
	/** What paywalls were paid with: proofs on their way, and payments by their ID. */
	'proofs of payment': 50_000,
	'paid calls': 50_000,
	/** At most 32 MB of them, besides. */
	'answers to paid calls': 10_000,
	/** Who calls at paywalls without paying. */
	'watched paywalls': 1_000,
	/** What is derived from the secrets of credentials, to check signatures with. */
	'hashed API keys': hashedApiKeys.capacity,
	'webhook secrets': secretKeys.capacity,
} as const;

export type Remembered = keyof typeof CAPACITY;

const stores = new Map<Remembered, { readonly size: number }>();

/**
 * A store for one thing that this process remembers; the list above says which things there are.
 *
 * @param make gives an empty store that holds so many at most
 */
export function processMemory<T extends { readonly size: number }>(
	what: Remembered,
	make: (capacity: number) => T,
): T {
	const store = make(CAPACITY[what]);
	stores.set(what, store);
	return store;
}

processMemory('hashed API keys', () => hashedApiKeys);
processMemory('webhook secrets', () => secretKeys);

/** How much of each thing is remembered now; without the things whose code has not been loaded. */
export function processMemorySizes(): Array<{ what: Remembered; size: number; capacity: number }> {
	return [...stores].map(([what, { size }]) => ({ what, size, capacity: CAPACITY[what] }));
}

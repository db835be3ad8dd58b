import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { LruMap } from '../shared/lruMap';
import { isWireObject } from '../shared/model/wire';
import { nodeStaticData } from '../shared/n8n/staticData';
import { ownerOf, receiverOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';

/** The hook this trigger has registered at PonponPay. */
export type OwnHook = {
	id: string;
	/** The secret PonponPay returned with it; empty where it returned none. */
	secret: string;
};

type Context = IHookFunctions | IWebhookFunctions;

/** A hook, where it calls, and when it was stored, in Unix milliseconds. */
type Stored = OwnHook & { url: string; since: number };

/** After so many moves of n8n the oldest address is forgotten. */
const MOST_URLS = 10;

/**
 * The hooks that this n8n process has registered last, by trigger and URL. n8n saves the static data of a workflow as a
 * whole: when a poll trigger of the same workflow saves, it puts back what stood there when that trigger was published.
 *
 * For checking signatures only. Which hooks may be removed is told by static data alone: n8n does not say in `delete`
 * whether it means the test URL, and keeps separate static data for that.
 */
const registeredHooks = processMemory(
	'registered hooks',
	(capacity) => new LruMap<Stored>(capacity),
);

/** What an earlier activation stored for this trigger's URL. */
export function recallHook(context: IHookFunctions): OwnHook | undefined {
	const url = urlOf(context);
	return readStored(context).find((hook) => hook.url === url);
}

/**
 * What was stored for other URLs: n8n has moved, or another n8n works with the same database, or with a copy of it.
 */
export function recallHooksElsewhere(context: IHookFunctions): OwnHook[] {
	const url = urlOf(context);
	return readStored(context).filter((hook) => hook.url !== url);
}

/** The secret of the registered hook, also where static data is older than the hook; empty where there is none. */
export function recallSecret(context: IWebhookFunctions): string {
	const stored = readStored(context);
	// n8n tells no webhook its test URL; but for that it keeps other data, where no other URL stands.
	const [newest] = [...stored].sort((left, right) => right.since - left.since);
	const own = stored.find(({ url }) => url === urlOf(context)) ?? newest;
	const registered = registeredHooks.get(receiverOf(context));
	// Another process may have stored a newer one.
	const newer = registered && registered.since >= (own?.since ?? 0) ? registered : own;
	return newer?.secret ?? '';
}

export function rememberHook(context: IHookFunctions, { id, secret }: OwnHook): void {
	const hook = { url: urlOf(context), id, secret, since: Date.now() };
	registeredHooks.set(receiverOf(context), hook);
	const others = readStored(context).filter(({ url }) => url !== hook.url);
	store(context, [...others.slice(1 - MOST_URLS), hook]);
}

/** Another n8n may live by what stands beside it. */
export function forgetHook(context: IHookFunctions): void {
	const url = urlOf(context);
	store(
		context,
		readStored(context).filter((hook) => hook.url !== url),
	);
}

function store(context: IHookFunctions, hooks: readonly Stored[]): void {
	const data = nodeStaticData(context);
	if (hooks.length === 0) delete data.webhooks;
	else data.webhooks = JSON.stringify({ owner: ownerOf(context), hooks });
}

/**
 * Static data travels with an exported workflow. Hooks count as ours only where they were stored by this very trigger: the
 * copy must neither use nor remove the hook of the original.
 */
function readStored(context: Context): Stored[] {
	const stored = parse(nodeStaticData(context).webhooks);
	if (!isWireObject(stored) || stored.owner !== ownerOf(context)) return [];
	return Array.isArray(stored.hooks) ? stored.hooks.filter(isStored) : [];
}

/** Imported workflows may bring anything along. */
function parse(text: unknown): unknown {
	try {
		return JSON.parse(String(text));
	} catch {
		return undefined;
	}
}

function isStored(entry: unknown): entry is Stored {
	if (!isWireObject(entry)) return false;
	const { url, id, secret, since } = entry;
	const texts = [url, id, secret].every((text) => typeof text === 'string');
	return texts && typeof since === 'number';
}

function urlOf(context: Context): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { LruMap } from '../shared/lruMap';
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

/** A hook and when it was stored, in Unix milliseconds. */
type Stored = { hook: OwnHook; since: number };

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

/**
 * What an earlier activation stored.
 *
 * Static data travels with an exported workflow. The hook counts as ours only where it was stored by this very trigger:
 * the copy must neither use nor remove the hook of the original.
 */
export function recallHook(context: Context): OwnHook | undefined {
	return readStored(context)?.hook;
}

/** The secret of the registered hook, also where static data is older than the hook; empty where there is none. */
export function recallSecret(context: IWebhookFunctions): string {
	const stored = readStored(context);
	const own = registeredHooks.get(receiverOf(context));
	// Another process may have stored a newer one.
	const newer = own && own.since >= (stored?.since ?? 0) ? own : stored;
	return newer?.hook.secret ?? '';
}

export function rememberHook(context: IHookFunctions, hook: OwnHook): void {
	const since = Date.now();
	registeredHooks.set(receiverOf(context), { hook, since });
	const stored: IDataObject = {
		webhookId: hook.id,
		webhookSecret: hook.secret,
		webhookOwner: ownerOf(context),
		webhookSince: since,
	};
	Object.assign(nodeStaticData(context), stored);
}

export function forgetHook(context: IHookFunctions): void {
	const data = nodeStaticData(context);
	delete data.webhookId;
	delete data.webhookSecret;
	delete data.webhookOwner;
	delete data.webhookSince;
}

function readStored(context: Context): Stored | undefined {
	const { webhookId, webhookSecret, webhookOwner, webhookSince } = nodeStaticData(context);
	if (typeof webhookId !== 'string' || webhookOwner !== ownerOf(context)) return undefined;
	return {
		hook: { id: webhookId, secret: typeof webhookSecret === 'string' ? webhookSecret : '' },
		since: typeof webhookSince === 'number' ? webhookSince : 0,
	};
}

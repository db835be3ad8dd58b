import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { PonponPayClient } from '../shared/api/client';
import { createClient, loadCredential } from '../shared/api/connection';
import { asOneText, toNodeError } from '../shared/api/errors';
import { ApiFailure, isNotFound, isUnclear } from '../shared/api/failure';
import { readList } from '../shared/api/list';
import type { Webhook } from '../shared/model/webhook';
import {
	forgetHook,
	recallHook,
	recallHooksElsewhere,
	rememberHook,
	type OwnHook,
} from './hookMemory';
import {
	isHookToBeMade,
	noSecret,
	registrationNotOffered,
	requireRightClock,
	requireWorkingSignature,
} from './prerequisites';
import { readTriggerSettings, webhookUrl } from './triggerSettings';

/** A person waits for publishing to end. */
const PATIENCE = { mostTries: 3, totalMs: 20_000, timeoutMs: 10_000 };

/** A hook as PonponPay lists it [I]. */
type ListedHook = { id: string; url: string; events: string[]; isActive: boolean };

/**
 * Whether there is nothing to do: PonponPay has exactly the hook this trigger wants, and its secret is known.
 *
 * @throws NodeApiError when PonponPay cannot be asked, NodeOperationError for settings that cannot work
 */
export async function hookExists(context: IHookFunctions): Promise<boolean> {
	return await asNodeError(context, async () => {
		const { events } = readTriggerSettings(context, true);
		const client = await createClient(context, PATIENCE);
		const isToBeMade = isHookToBeMade(context, client);
		await requireWorkingSignature(context, isToBeMade);
		const known = recallHook(context);
		if (!isToBeMade) return known === undefined;
		const own = await ownHooks(context, client);
		requireRightClock(context, client);
		if (own === 'notOffered') return false;
		const [hook, ...others] = own;
		return (
			hook !== undefined &&
			others.length === 0 &&
			hook.id === known?.id &&
			hook.url === webhookUrl(context) &&
			hook.isActive &&
			isSameSet(hook.events, events)
		);
	});
}

/**
 * Registers this trigger's URL. Hooks of this trigger that are left over, or whose secret was lost, are replaced.
 *
 * @throws NodeApiError when PonponPay refuses or cannot be reached; then no hook is left behind. NodeOperationError where it
 *   offers no registration: a trigger that looks published and that nothing calls would lose every payment
 */
export async function registerHook(context: IHookFunctions): Promise<boolean> {
	return await asNodeError(context, async () => {
		const client = await createClient(context, PATIENCE);
		const { events } = readTriggerSettings(context);
		const isToBeMade = isHookToBeMade(context, client);
		if (client.limits.isReadOnly && isToBeMade) throw readOnly(context);
		const hooks = await ownHooks(context, client);
		// With "Manual", a hook at this URL that the trigger has not registered is the one a person has entered.
		const own = hooks === 'notOffered' || isToBeMade ? hooks : hooks.filter(isRemembered(context));
		if (client.limits.isReadOnly) leaveBehind(context, own);
		else if (own !== 'notOffered') await removeAll(client, own);
		forgetHook(context);
		if (!isToBeMade) return true;
		if (own === 'notOffered') throw registrationNotOffered(context);
		const hook = await addHook(context, client, events);
		if (hook === 'notOffered') throw registrationNotOffered(context);
		rememberHook(context, hook);
		await requireSecret(context, client, hook);
		return true;
	});
}

/**
 * Removes this trigger's hook. One that is gone already is as good as removed.
 *
 * Does not throw when PonponPay cannot be reached: the workflow must stop all the same. The hook is then removed when the
 * workflow is published the next time, and the log says so.
 */
export async function removeHook(context: IHookFunctions): Promise<boolean> {
	const isAutomatic = isSetToAutomatic(context);
	if (!isAutomatic && recallHook(context) === undefined) return true;
	try {
		const client = await createClient(context, PATIENCE);
		const hooks = await ownHooks(context, client);
		if (hooks !== 'notOffered') {
			const registered = hooks.filter(isRemembered(context));
			// Another hook at this URL may be one that a person has just entered, to go on with "Manual".
			await removeAll(client, registered.length > 0 || !isAutomatic ? registered : hooks);
		}
	} catch (error) {
		const { message } = toNodeError(context.getNode(), error);
		context.logger.warn(
			`PonponPay Trigger "${context.getNode().name}" could not remove its webhook at PonponPay: ${message}. It is removed when the workflow is published again; or delete it in the PonponPay dashboard under Developers → Webhooks.`,
			{ workflowId: context.getWorkflow().id, webhookUrl: webhookUrl(context) },
		);
		return false;
	}
	forgetHook(context);
	return true;
}

/** Stopping must work whatever the settings are: with some that cannot be read, only what is surely ours is removed. */
function isSetToAutomatic(context: IHookFunctions): boolean {
	try {
		return readTriggerSettings(context).isAutomatic;
	} catch (error) {
		const { message } = toNodeError(context.getNode(), error);
		context.logger.warn(
			`PonponPay Trigger "${context.getNode().name}" stops, although its settings cannot be read: ${message}`,
			{ workflowId: context.getWorkflow().id },
		);
		return false;
	}
}

/** The hook is useless if only its secret counts and PonponPay returned none. */
async function requireSecret(
	context: IHookFunctions,
	client: PonponPayClient,
	hook: OwnHook,
): Promise<void> {
	if (readTriggerSettings(context).signature !== 'secret' || hook.secret !== '') return;
	if ((await loadCredential(context)).webhookSecret !== '') return;
	await remove(client, hook.id);
	forgetHook(context);
	throw noSecret(context);
}

function readOnly(context: IHookFunctions): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		'The PonponPay credential is for reading only, so the webhook of this trigger cannot be registered with it',
		{
			description:
				'Set Registration to Manual and enter the Production URL in the PonponPay dashboard under Developers → Webhooks; or choose a credential whose option Read Only is off.',
		},
	);
}

/** With a credential for reading only, hooks of earlier settings stay: a duplicate callback does less harm than none. */
function leaveBehind(context: IHookFunctions, own: ListedHook[] | 'notOffered'): void {
	if (own === 'notOffered' || own.length === 0) return;
	context.logger.warn(
		`PonponPay Trigger "${context.getNode().name}" leaves ${own.length} webhook(s) that it registered earlier, because the PonponPay credential is for reading only. Delete them in the PonponPay dashboard under Developers → Webhooks if they are not wanted.`,
		{ workflowId: context.getWorkflow().id, webhookUrl: webhookUrl(context) },
	);
}

/**
 * The hooks with exactly this trigger's URL. One that it has registered under another URL is named and left alone: in a
 * copy of n8n's database it is the one by which the original lives.
 */
async function ownHooks(
	context: IHookFunctions,
	client: PonponPayClient,
): Promise<ListedHook[] | 'notOffered'> {
	const url = webhookUrl(context);
	const hooks = await offered(
		readList(client, {
			endpoint: 'webhookList',
			filters: {},
			keep: ({ value }) => value,
			ifIncomplete: (sentence) =>
				context.logger.warn(sentence, { workflowId: context.getWorkflow().id }),
		}),
	);
	if (hooks === 'notOffered') return hooks;
	const listed = hooks.flatMap(toListedHook);
	const others = recallHooksElsewhere(context).map(({ id }) => id);
	for (const hook of listed) {
		if (others.includes(hook.id) && hook.url !== url) tellOfHookElsewhere(context, hook);
	}
	return listed.filter((hook) => hook.url === url);
}

function tellOfHookElsewhere(context: IHookFunctions, { id, url }: ListedHook): void {
	context.logger.warn(
		`PonponPay Trigger "${context.getNode().name}" was registered before as webhook ${id} at ${url}, and leaves that one alone. If this n8n has moved, delete it in the PonponPay dashboard under Developers → Webhooks; if another n8n with the same database works there, it needs it.`,
		{ workflowId: context.getWorkflow().id, webhookUrl: webhookUrl(context) },
	);
}

/** Tells the hook that this trigger knows to have registered from others at its URL. */
function isRemembered(context: IHookFunctions): (hook: ListedHook) => boolean {
	const id = recallHook(context)?.id;
	return (hook) => hook.id === id;
}

async function addHook(
	context: IHookFunctions,
	client: PonponPayClient,
	events: string[],
): Promise<OwnHook | 'notOffered'> {
	try {
		const made = await offered(client.ask('webhookAdd', { url: webhookUrl(context), events }));
		if (made === 'notOffered') return made;
		const { webhookId, secret } = made.value;
		return { id: webhookId ?? '', secret: secret ?? '' };
	} catch (error) {
		// It may have been made without our hearing of it: better none than one that nobody knows of.
		if (!(error instanceof ApiFailure) || isUnclear(error)) await removeUnheard(context, client);
		throw toNodeError(context.getNode(), error);
	}
}

async function removeUnheard(context: IHookFunctions, client: PonponPayClient): Promise<void> {
	try {
		const own = await ownHooks(context, client);
		if (own !== 'notOffered') await removeAll(client, own);
	} catch (error) {
		context.logger.warn(
			`PonponPay Trigger "${context.getNode().name}" may have left a webhook at PonponPay: ${toNodeError(context.getNode(), error).message}. It is replaced when the workflow is published again; or delete it in the PonponPay dashboard under Developers → Webhooks.`,
			{ workflowId: context.getWorkflow().id, webhookUrl: webhookUrl(context) },
		);
	}
}

async function removeAll(client: PonponPayClient, hooks: ListedHook[]): Promise<void> {
	for (const { id } of hooks) await remove(client, id);
}

async function remove(client: PonponPayClient, id: string): Promise<void> {
	await client.ask('webhookDelete', { webhook_id: id }).catch((error: unknown) => {
		const isGone = error instanceof ApiFailure && isNotFound(error);
		if (!isGone) throw error;
	});
}

/** The answer, or that there is no such endpoint at this host. */
async function offered<A>(answer: Promise<A>): Promise<A | 'notOffered'> {
	return await answer.catch((error: unknown) => {
		if (error instanceof ApiFailure && error.kind === 'notOffered') return 'notOffered';
		throw error;
	});
}

/** Whoever publishes is shown the message and nothing else, so that it has to hold the advice too. */
async function asNodeError<T>(context: IHookFunctions, action: () => Promise<T>): Promise<T> {
	try {
		return await action();
	} catch (error) {
		const shown = toNodeError(context.getNode(), error);
		const { message, description } = shown;
		shown.message = asOneText({ message, description: description ?? '' });
		shown.description = undefined;
		throw shown;
	}
}

function toListedHook({ webhookId: id, url, events, status }: Webhook): ListedHook[] {
	return id === null || url === null ? [] : [{ id, url, events, isActive: isActive(status) }];
}

/** A status the contract does not name counts as active: replacing a working hook would lose callbacks. */
function isActive(status: string | null): boolean {
	return !/^(disabled|inactive|paused)$/i.test(status ?? '');
}

function isSameSet(left: string[], right: string[]): boolean {
	const [one, other] = [new Set(left), new Set(right)];
	return one.size === other.size && [...one].every((entry) => other.has(entry));
}

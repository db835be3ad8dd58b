import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import type { PonponPayCredential } from '../shared/api/credential';
import { dedupeKey } from '../shared/model/dedupeKey';
import { isOrderEvent, type PonponPayEvent } from '../shared/model/event';
import { orderKey, type EventIdentity } from '../shared/model/eventIdentity';
import { toItem } from '../shared/trigger/item';
import { isWanted } from '../shared/trigger/wanted';
import { ACCEPTED, answerAtOnce } from '../shared/n8n/answerAtOnce';
import { clientClosed, onAnswer, respond503 } from '../shared/n8n/httpResponse';
import { signsOfChange } from '../shared/webhook/diagnose';
import { keyLookup } from '../shared/webhook/fetchKeySet';
import { readMessage, type Message } from '../shared/webhook/message';
import { refuse } from '../shared/webhook/refusal';
import { isSuccess, readDelivery, releaseUnlessTaken } from '../shared/webhook/request';
import { verify, type Delivery } from '../shared/webhook/verify';
import { confirm, CONFIRM_PATIENCE } from './confirm';
import { recallSecret } from './hookMemory';
import { memoryOf, type Memory } from './memory';
import { answerRefusal } from './refusing';
import { readSettings, type TriggerSettings } from './settings';

type SetUp = { settings: TriggerSettings; credential: PonponPayCredential; memory: Memory };

/**
 * One delivery's way in: raw bytes, one verdict, one event; wanted? seen before? still true? – and one item into the
 * workflow, or one honest status and one line in the log. Nothing the sender wrote is believed before the verdict.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const setUp = await readSetUp(context);
	if (setUp === undefined) return await answerRefusal(context, refuse('notSetUp'));
	const delivery = await readDelivery(context);
	const refused = await judge(context, setUp, delivery);
	if (refused) return refused;
	const message = readMessage(delivery.body, setUp.credential.environment);
	if ('reason' in message) return await answerRefusal(context, message);
	return await pass(context, setUp, message);
}

/** An exception would make n8n store a failed execution for every request, also for forged ones. */
async function readSetUp(context: IWebhookFunctions): Promise<SetUp | undefined> {
	try {
		const memory = memoryOf(context);
		const credential = await memory.credential.read(context);
		return { settings: readSettings(context), credential, memory };
	} catch {
		return undefined;
	}
}

/** @returns the answer to a delivery that is not PonponPay's */
async function judge(
	context: IWebhookFunctions,
	{ settings, credential, memory: { nonces } }: SetUp,
	delivery: Delivery,
): Promise<IWebhookResponseData | undefined> {
	const { apiKey, host, merchantId, environment, webhookSecret } = credential;
	const hookSecret = settings.isAutomatic ? recallSecret(context) : '';
	const secrets = [webhookSecret, hookSecret];
	const trust = { signature: settings.signature, apiKey, secrets, merchantId, environment };
	const tools = { now: Date.now, lookUpKey: keyLookup(context, host) };
	const verdict = await verify(delivery, trust, { ...tools, nonces });
	if (!verdict.accepted) {
		const { refusal } = verdict;
		return await answerRefusal(context, refusal, async () =>
			refusal.reason === 'wrongSignature' ? await signsOfChange(delivery, trust, tools) : undefined,
		);
	}
	releaseUnlessTaken(context, nonces, verdict.nonceKey);
	return undefined;
}

/** Lets a message into the workflow, unless there is a reason not to. */
async function pass(
	context: IWebhookFunctions,
	{ settings, memory }: SetUp,
	{ event, identity, environment, raw }: Message,
): Promise<IWebhookResponseData> {
	const order = orderKey(event, environment);
	if (!settings.confirm) notePaid(memory, event, order);
	if (!isWanted(event, settings)) return accepted();

	const seen = await enter(context, memory, identity);
	if (seen === 'clientClosed') return respond503(context);
	const isDuplicate = seen === 'known';
	if (isDuplicate && settings.duplicates === 'skip') return accepted();

	const confirmed = settings.confirm
		? await confirm(await createClient(context, CONFIRM_PATIENCE), event)
		: { event, isStale: false };
	if ('reason' in confirmed) return await answerRefusal(context, confirmed);
	if (settings.confirm) notePaid(memory, confirmed.event, order);

	const isStale = confirmed.isStale || isOvertaken(memory, event, order);
	if (isStale && settings.late === 'skip') return accepted();

	const item = toItem(confirmed.event, {
		// Of the order as it was confirmed: a delivery can name it by another of its ids.
		dedupeKey: dedupeKey(confirmed.event, environment) ?? identity.dedupeKey,
		isDuplicate,
		isStale,
		raw: settings.includeRaw ? raw : undefined,
	});
	answerAtOnce(context);
	return { workflowData: [[item]] };
}

/**
 * Makes sure that each event starts the workflow once. Of several deliveries of one event at the same time the first goes
 * on; the others wait until n8n has taken it, or try themselves if n8n could not.
 */
async function enter(
	context: IWebhookFunctions,
	{ events }: Memory,
	identity: EventIdentity,
): Promise<'new' | 'known' | 'clientClosed'> {
	// Somebody who builds a workflow wants to receive the same sample again and again.
	if (context.getMode() === 'manual') return 'new';
	const response = context.getResponseObject();
	for (;;) {
		const entry = events.enter(identity);
		if (entry.is === 'new') {
			onAnswer(response, (status) => entry.settle(isSuccess(status)));
			return 'new';
		}
		if (entry.is === 'known') return 'known';
		await Promise.race([entry.settled, clientClosed(response)]);
		if (response.closed) return 'clientClosed';
	}
}

function notePaid({ paidOrders }: Memory, { order }: PonponPayEvent, key?: string): void {
	if (key !== undefined && order?.isPaid) paidOrders.add(key);
}

function isOvertaken({ paidOrders }: Memory, { type }: PonponPayEvent, key?: string): boolean {
	// Not of new kinds: what they say may come after a payment.
	const isAboutUnpaid = isOrderEvent(type) && type !== 'order.paid';
	return isAboutUnpaid && key !== undefined && paidOrders.has(key);
}

function accepted(): IWebhookResponseData {
	return { webhookResponse: ACCEPTED };
}

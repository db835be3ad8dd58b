import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import type { PonponPayCredential } from '../shared/api/credential';
import { publicKeysOf } from '../shared/api/publicKeys';
import { dedupeKey } from '../shared/model/dedupeKey';
import { isOrderEvent, type PonponPayEvent } from '../shared/model/event';
import { orderKey, type EventIdentity } from '../shared/model/eventIdentity';
import { openDelivery } from '../shared/signature/delivery';
import { signsOfChange } from '../shared/signature/diagnose';
import type { Message } from '../shared/signature/message';
import { isSuccess, refuse } from '../shared/signature/refusal';
import { trustOf } from '../shared/signature/trust';
import { toItem } from '../shared/trigger/item';
import { isWanted } from '../shared/trigger/wanted';
import { ACCEPTED, answerAtOnce } from '../shared/n8n/answerAtOnce';
import { clientClosed, onAnswer, releaseUnlessTaken, respond503 } from '../shared/n8n/httpResponse';
import { readDelivery } from '../shared/n8n/rawBody';
import { confirmEvent, CONFIRM_PATIENCE } from './confirmEvent';
import { recallSecret } from './hookMemory';
import { receiverMemoryOf, type ReceiverMemory } from './receiverMemory';
import { refuseDelivery } from './refuseDelivery';
import { settleContradiction } from './settleContradiction';
import { readTriggerSettings, type TriggerSettings } from './triggerSettings';

type SetUp = { settings: TriggerSettings; credential: PonponPayCredential; memory: ReceiverMemory };

/**
 * One delivery's way in: raw bytes, one verdict, one event; wanted? seen before? still true? – and one item into the
 * workflow, or one honest status and one line in the log. Nothing the sender wrote is believed before the verdict.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const setUp = await readSetUp(context);
	if (setUp === undefined) return await refuseDelivery(context, refuse('notSetUp'));
	const { settings, credential, memory } = setUp;
	const delivery = await readDelivery(context);
	const hookSecret = settings.isAutomatic ? recallSecret(context) : '';
	const trust = trustOf(credential, settings.signature, hookSecret);
	const lookUpKey = publicKeysOf(context, credential.host);
	const tools = { now: Date.now, lookUpKey, nonces: memory.nonces };
	const opened = await openDelivery(delivery, trust, tools);
	if ('reason' in opened) {
		const investigate = async () => await signsOfChange(opened, delivery, trust, tools);
		return await refuseDelivery(context, opened, investigate);
	}
	releaseUnlessTaken(context, opened.release);
	const message = opened.event.isContradictory
		? await settle(context, opened, delivery.body)
		: opened;
	if ('reason' in message) return await refuseDelivery(context, message);
	return await pass(context, setUp, message);
}

async function settle(context: IWebhookFunctions, message: Message, body: Buffer) {
	return await settleContradiction(await createClient(context, CONFIRM_PATIENCE), message, body);
}

/** An exception would make n8n store a failed execution for every request, also for forged ones. */
async function readSetUp(context: IWebhookFunctions): Promise<SetUp | undefined> {
	try {
		const memory = receiverMemoryOf(context);
		const credential = await memory.credential.read(context);
		return { settings: readTriggerSettings(context), credential, memory };
	} catch {
		return undefined;
	}
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
		? await confirmEvent(await createClient(context, CONFIRM_PATIENCE), event)
		: { event, isStale: false };
	if ('reason' in confirmed) return await refuseDelivery(context, confirmed);
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
	{ events }: ReceiverMemory,
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

function notePaid({ paidOrders }: ReceiverMemory, { order }: PonponPayEvent, key?: string): void {
	if (key !== undefined && order?.isPaid) paidOrders.add(key);
}

function isOvertaken(
	{ paidOrders }: ReceiverMemory,
	{ type }: PonponPayEvent,
	key?: string,
): boolean {
	// Events of new kinds are left out: what they say may well come after a payment.
	const isAboutUnpaid = isOrderEvent(type) && type !== 'order.paid';
	return isAboutUnpaid && key !== undefined && paidOrders.has(key);
}

function accepted(): IWebhookResponseData {
	return { webhookResponse: ACCEPTED };
}

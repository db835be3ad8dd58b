import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { SENDER_PATIENCE } from '../shared/api/books';
import type { PonponPayClient } from '../shared/api/client';
import { createClient } from '../shared/api/connection';
import type { PonponPayCredential } from '../shared/api/credential';
import { publicKeysOf } from '../shared/api/publicKeys';
import { settleContradiction } from '../shared/api/settleContradiction';
import { isOrderEvent } from '../shared/model/event';
import { identify, paidKeys, type EventIdentity } from '../shared/model/eventIdentity';
import { InvalidInput } from '../shared/model/invalidInput';
import { ACCEPTED, answerAtOnce } from '../shared/n8n/answerAtOnce';
import { onAnswer } from '../shared/n8n/httpResponse';
import { readDelivery } from '../shared/n8n/rawBody';
import { openOnce } from '../shared/once/openOnce';
import { waitForEnd } from '../shared/once/waitForEnd';
import { signsOfChange } from '../shared/signature/diagnose';
import { refuseTestMoney, type Message } from '../shared/signature/message';
import { isSuccess, refuse, type Refusal } from '../shared/signature/refusal';
import { trustOf } from '../shared/signature/trust';
import { toItem } from '../shared/trigger/item';
import { isWanted } from '../shared/trigger/wanted';
import { withAdmission } from './admission';
import { confirmEvent } from './confirmEvent';
import { recallSecret } from './hookMemory';
import { nameFully } from './nameFully';
import { receiverMemoryOf, type ReceiverMemory } from './receiverMemory';
import { refuseDelivery } from './refuseDelivery';
import { readTriggerSettings, type TriggerSettings } from './triggerSettings';

type SetUp = { settings: TriggerSettings; credential: PonponPayCredential; memory: ReceiverMemory };

/** A message of which everything is known that there is to know before it is let in. */
type Checked = Message & { readonly isStale: boolean };

/**
 * After how long without an answer of n8n an event counts as lost: its worker or the queue may have stalled. What is answered
 * at once takes seconds. A workflow that runs for longer keeps its event all the same: n8n's database knows that it has begun.
 */
const LEASE_MS: Record<TriggerSettings['respond'], number> = {
	onReceived: 2 * 60_000,
	lastNode: 10 * 60_000,
};

/**
 * One delivery's way in: raw bytes, one verdict, one event; wanted? still true? seen before? – and one item into the
 * workflow, or one honest status and one line in the log. Nothing the sender wrote is believed before the verdict.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const setUp = await readSetUp(context);
	if ('reason' in setUp) return await refuseDelivery(context, setUp);
	const { settings, credential, memory } = setUp;
	const delivery = await readDelivery(context);
	const hookSecret = settings.isAutomatic ? recallSecret(context) : '';
	const trust = trustOf(credential, settings.signature, hookSecret);
	const tools = { now: Date.now, lookUpKey: publicKeysOf(context, credential.host) };
	const opened = await openOnce(context, delivery, trust, {
		...tools,
		deliveries: memory.deliveries,
		leaseMs: LEASE_MS[settings.respond],
	});
	if (opened === 'taken') return accepted();
	if ('reason' in opened) {
		const investigate = async () => await signsOfChange(opened, delivery, trust, tools);
		return await refuseDelivery(context, opened, investigate);
	}
	const connect = async () => await createClient(context, SENDER_PATIENCE);
	const message = await settleContradiction(opened, connect, delivery.body);
	if ('reason' in message) return await refuseDelivery(context, message);
	if (!settings.confirm) note(memory, message);
	if (!isWanted(message.event, settings)) return accepted();

	const checked = await check(context, setUp, message, connect, delivery.body);
	if ('reason' in checked) return await refuseDelivery(context, checked);
	const isTestMoney = refuseTestMoney(checked);
	if (isTestMoney !== undefined) return await refuseDelivery(context, isTestMoney);
	note(memory, checked);
	return await pass(context, setUp, checked, opened.nonceKey);
}

/** An exception would make n8n store a failed execution for every request, also for forged ones. */
async function readSetUp(context: IWebhookFunctions): Promise<SetUp | Refusal> {
	try {
		const memory = receiverMemoryOf(context);
		const credential = await memory.credential.read(context);
		return { settings: readTriggerSettings(context), credential, memory };
	} catch (error) {
		if (!(error instanceof InvalidInput)) return refuse('notSetUp');
		return refuse('notSetUp', { field: error.field, cause: error.message });
	}
}

/**
 * What is true of a message, and by which IDs its order is known.
 *
 * What PonponPay confirms is recognised by what it confirms alone: whoever knows the webhook secret can give one true payment
 * new event IDs, or that of another.
 */
async function check(
	context: IWebhookFunctions,
	{ settings, memory }: SetUp,
	message: Message,
	connect: () => Promise<PonponPayClient>,
	body: Buffer,
): Promise<Checked | Refusal> {
	const { environment } = message;
	if (settings.confirm) {
		const confirmed = await confirmEvent(await connect(), message.event);
		if ('reason' in confirmed) return confirmed;
		const { event, isStale } = confirmed;
		const identity = identify({ ...event, eventId: null }, environment, body);
		return { ...message, event, identity, isStale };
	}
	// Somebody who tries a workflow out has every delivery let in.
	const event = isTried(context) ? message.event : await nameFully(message, memory.orders, connect);
	if ('reason' in event) return event;
	const identity = event === message.event ? message.identity : identify(event, environment, body);
	return { ...message, event, identity, isStale: false };
}

/** Lets a message into the workflow, unless it was let in before. */
async function pass(
	context: IWebhookFunctions,
	{ settings, memory }: SetUp,
	checked: Checked,
	nonceKey: string | undefined,
): Promise<IWebhookResponseData> {
	const { event, identity, raw } = checked;
	const seen = await enter(context, memory, identity, LEASE_MS[settings.respond]);
	if (seen === 'underWay') return await refuseDelivery(context, refuse('underWay'));
	const isDuplicate = seen === 'known';
	if (isDuplicate && settings.duplicates === 'skip') return accepted();

	const isStale = checked.isStale || isOvertaken(memory, checked);
	if (isStale && settings.late === 'skip') return accepted();

	const item = toItem(event, {
		dedupeKey: identity.dedupeKey,
		isDuplicate,
		isStale,
		raw: settings.includeRaw ? raw : undefined,
	});
	const admission = {
		seenAs: identity.seenAs,
		rememberAs: identity.rememberAs,
		overtakenBy: overtakers(checked),
		nonceKey,
		duplicates: settings.duplicates,
		late: settings.late,
		respond: settings.respond,
	};
	answerAtOnce(context);
	return { workflowData: [[withAdmission(item, admission)]] };
}

/**
 * Makes sure that each event starts the workflow once. Of several deliveries of one event at the same time the first goes
 * on; the others wait for a while until n8n has taken it, or try themselves if n8n could not.
 */
async function enter(
	context: IWebhookFunctions,
	{ events }: ReceiverMemory,
	identity: EventIdentity,
	leaseMs: number,
): Promise<'new' | 'known' | 'underWay'> {
	// Somebody who builds a workflow wants to receive the same sample again and again.
	if (isTried(context)) return 'new';
	const response = context.getResponseObject();
	for (;;) {
		const entry = events.enter(identity, leaseMs);
		if (entry.is === 'new') {
			onAnswer(response, (status) => entry.settle(isSuccess(status)));
			return 'new';
		}
		if (entry.is === 'known') return 'known';
		if (!(await waitForEnd(entry.attempt, response))) return 'underWay';
	}
}

function isTried(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

function note({ orders }: ReceiverMemory, { event: { order }, environment }: Message): void {
	if (order === null) return;
	orders.learn(order, environment);
	if (order.isPaid) orders.notePaid(order, environment);
}

function isOvertaken({ orders }: ReceiverMemory, message: Message): boolean {
	const { order } = message.event;
	return isAboutUnpaid(message) && order !== null && orders.isPaid(order, message.environment);
}

/** By what a payment is remembered that makes this event a late one. */
function overtakers(message: Message): string[] {
	const { order } = message.event;
	return isAboutUnpaid(message) && order !== null ? paidKeys(order, message.environment) : [];
}

/** Events of new kinds are left out: what they say may well come after a payment. */
function isAboutUnpaid({ event: { type } }: Message): boolean {
	return isOrderEvent(type) && type !== 'order.paid';
}

function accepted(): IWebhookResponseData {
	return { webhookResponse: ACCEPTED };
}

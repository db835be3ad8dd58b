import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createClient, loadCredential } from '../../shared/api/connection';
import { explain } from '../../shared/api/errors';
import { ApiFailure } from '../../shared/api/failure';
import { publicKeysOf } from '../../shared/api/publicKeys';
import { mapConcurrently } from '../../shared/concurrency';
import { orderReferenceOf, type Order } from '../../shared/model/order';
import { ACCEPTED, answerAtOnce } from '../../shared/n8n/answerAtOnce';
import { onAnswer } from '../../shared/n8n/httpResponse';
import { readDelivery } from '../../shared/n8n/rawBody';
import { respondRefusal } from '../../shared/n8n/respondRefusal';
import { openOnce } from '../../shared/once/openOnce';
import { processMemory } from '../../shared/once/processMemory';
import { SignedDeliveries } from '../../shared/once/signedDeliveries';
import { UsedOnce } from '../../shared/once/usedOnce';
import type { Message } from '../../shared/signature/message';
import { isSuccess, refuse, type Refusal } from '../../shared/signature/refusal';
import { RefusalLog } from '../../shared/signature/refusalLog';
import { trustOf } from '../../shared/signature/trust';
import { isSettled } from './outcome';
import { findWaiting, type WaitedFor } from './waiting';

/** PonponPay waits for our answer meanwhile, and repeats what we could not take. */
const PATIENCE = { mostTries: 2, totalMs: 8_000, timeoutMs: 4_000 };

/** One for all executions: a nonce belongs to one delivery to one address. */
const deliveries = processMemory(
	'nonces of callbacks',
	(capacity) => new SignedDeliveries(Date.now, capacity),
);
/** After how long without an answer of n8n a callback counts as lost. */
const LEASE_MS = 2 * 60_000;
const refusals = processMemory(
	'refused callbacks',
	(capacity) => new RefusalLog(Date.now, capacity),
);
/** Which suspensions have been woken: n8n 1 would go on several times with an execution that is woken several times. */
const woken = processMemory('woken suspensions', (capacity) => new UsedOnce(Date.now, capacity));

/**
 * A callback to a suspended execution: it wakes the node when every order it waits for is settled, and is worth nothing
 * else. What the callback says is only a reason to ask PonponPay; execute() then asks once more and decides.
 *
 * Nothing is answered past n8n when it wakes the node: n8n answers 200 once it has taken the wake-up. Of several callbacks
 * at the same moment one wakes it, and the others get an answer that makes PonponPay repeat them.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const result = await judge(context);
		return 'reason' in result ? await refuseCallback(context, result) : result;
	} catch {
		// An exception here would make n8n go on with the execution.
		return await refuseCallback(context, refuse('notSetUp'));
	}
}

async function judge(context: IWebhookFunctions): Promise<IWebhookResponseData | Refusal> {
	const credential = await loadCredential(context);
	const opened = await openOnce(context, await readDelivery(context), trustOf(credential), {
		now: Date.now,
		lookUpKey: publicKeysOf(context, credential.host),
		deliveries,
		leaseMs: LEASE_MS,
		place: context.getRequestObject().path,
	});
	if (opened === 'taken') return { webhookResponse: ACCEPTED };
	if ('reason' in opened) return opened;
	return await wake(context, opened);
}

async function wake(
	context: IWebhookFunctions,
	{ event }: Message,
): Promise<IWebhookResponseData | Refusal> {
	const waiting = findWaiting(context);
	if (waiting === undefined) return refuse('notWaitedFor');
	const { id, orders } = waiting;
	const named = orders.find(({ order }) => isSame(order, event.order));
	if (named === undefined) return refuse('notWaitedFor');
	const isSettledByWord = event.order !== null && isSettled(event.order);
	if (!isSettledByWord && !event.isContradictory) return { webhookResponse: ACCEPTED };
	const settled = await readSettled(context, orders);
	if (!(settled instanceof Set)) return settled;
	// PonponPay signed what its own books do not say yet: it shall tell it again.
	if (!settled.has(named)) return refuse('notYetConfirmed', { field: 'status' });
	const isAll = settled.size === orders.length;
	if (!isAll) return { webhookResponse: ACCEPTED };
	// When PonponPay repeats it, it hears that the execution is over, or wakes what could not be woken now.
	if (woken.claim(id) === 'used') return refuse('underWay');
	onAnswer(context.getResponseObject(), (status) => {
		if (!isSuccess(status)) woken.release(id);
	});
	answerAtOnce(context);
	return { workflowData: [[]], webhookResponse: ACCEPTED };
}

function isSame(waitedFor: Order, told: Order | null): boolean {
	if (told === null) return false;
	const { tradeId, merchantOrderId } = waitedFor;
	return told.tradeId !== null
		? told.tradeId === tradeId
		: told.merchantOrderId === merchantOrderId;
}

/** Which of the orders are settled, as PonponPay's books have them now. */
async function readSettled(
	context: IWebhookFunctions,
	orders: WaitedFor[],
): Promise<Set<WaitedFor> | Refusal> {
	try {
		const client = await createClient(context, PATIENCE);
		const found = await mapConcurrently(orders.length, client.concurrency, async (index) => {
			return (await client.ask('orderDetail', orderReferenceOf(orders[index].order))).value;
		});
		return new Set(orders.filter((_, index) => isSettled(found[index])));
	} catch (error) {
		const cause = error instanceof ApiFailure ? explain(error).message : undefined;
		return refuse('cannotConfirm', { cause });
	}
}

async function refuseCallback(
	context: IWebhookFunctions,
	refusal: Refusal,
): Promise<IWebhookResponseData> {
	const subject = `PonponPay "${context.getNode().name}" refused a callback and goes on waiting`;
	return await respondRefusal(context, refusal, refusals, subject);
}

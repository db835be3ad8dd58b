import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createClient, loadCredential } from '../../shared/api/connection';
import { explain } from '../../shared/api/errors';
import { ApiFailure } from '../../shared/api/failure';
import { mapConcurrently } from '../../shared/concurrency';
import type { Order } from '../../shared/model/order';
import { askToRepeat } from '../../shared/webhook/answer';
import { ACCEPTED, answerAtOnce } from '../../shared/webhook/answerAtOnce';
import { answerRefusal } from '../../shared/webhook/answerRefusal';
import { keyLookup } from '../../shared/webhook/fetchKeySet';
import { readMessage, type Message } from '../../shared/webhook/message';
import { refuse, type Refusal } from '../../shared/webhook/refusal';
import { RefusalLog } from '../../shared/webhook/refusalLog';
import { NonceMemory } from '../../shared/webhook/replay';
import { readDelivery, releaseUnlessTaken } from '../../shared/webhook/request';
import { verify } from '../../shared/webhook/verify';
import { isSettled } from './outcome';
import { findWaiting, type WaitedFor } from './suspension';

/** PonponPay waits for our answer meanwhile, and repeats what we could not take. */
const PATIENCE = { mostTries: 2, totalMs: 8_000, timeoutMs: 4_000 };

/** For as long as this n8n process lives. One for all executions: a nonce belongs to one delivery to one address. */
const nonces = new NonceMemory(Date.now);
const refusals = new RefusalLog(Date.now);
/** Which suspensions have been woken: n8n 1 would go on several times with an execution that is woken several times. */
const woken = new NonceMemory(Date.now);

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
		return 'reason' in result ? await answer(context, result) : result;
	} catch {
		// An exception here would make n8n go on with the execution.
		return await answer(context, refuse('notSetUp'));
	}
}

async function judge(context: IWebhookFunctions): Promise<IWebhookResponseData | Refusal> {
	const credential = await loadCredential(context);
	const { apiKey, host, merchantId, environment, webhookSecret } = credential;
	const delivery = await readDelivery(context);
	const verdict = await verify(
		delivery,
		{ signature: 'auto', apiKey, secrets: [webhookSecret], merchantId, environment },
		{ now: Date.now, lookUpKey: keyLookup(context, host), nonces },
	);
	if (!verdict.accepted) return verdict.refusal;
	releaseUnlessTaken(context, nonces, verdict.nonceKey);
	const message = readMessage(delivery.body, environment);
	return 'reason' in message ? message : await wake(context, message);
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
	if (event.order === null || !isSettled(event.order)) return { webhookResponse: ACCEPTED };
	const settled = await readSettled(context, orders);
	if (!(settled instanceof Set)) return settled;
	// PonponPay signed what its own books do not say yet: it shall tell it again.
	if (!settled.has(named)) return refuse('notConfirmed', { field: 'status' });
	const isAll = settled.size === orders.length;
	if (!isAll) return { webhookResponse: ACCEPTED };
	// Repeated, it hears that the execution is over, or wakes what could not be woken now.
	if (woken.claim(id) === 'replayed') return askToRepeat(context);
	releaseUnlessTaken(context, woken, id);
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
			const { tradeId, merchantOrderId } = orders[index].order;
			const id = tradeId === null ? { mch_order_id: merchantOrderId ?? '' } : { trade_id: tradeId };
			return (await client.ask('orderDetail', id)).value;
		});
		return new Set(orders.filter((_, index) => isSettled(found[index])));
	} catch (error) {
		const cause = error instanceof ApiFailure ? explain(error).message : undefined;
		return refuse('cannotConfirm', { cause });
	}
}

async function answer(context: IWebhookFunctions, refusal: Refusal): Promise<IWebhookResponseData> {
	const subject = `PonponPay "${context.getNode().name}" refused a callback and goes on waiting`;
	return await answerRefusal(context, refusal, refusals, subject);
}

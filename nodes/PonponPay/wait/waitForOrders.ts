import { randomUUID } from 'crypto';
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../shared/api/errors';
import { itemParameters } from '../../shared/fields/parameters';
import { HIDDEN, InvalidInput } from '../../shared/model/invalidInput';
import type { Order } from '../../shared/model/order';
import { ignoreAlwaysOutputData } from '../../shared/n8n/nodeSettings';
import { showWhileWaiting, suspend } from '../../shared/n8n/suspension';
import { isTool } from '../../shared/n8n/tool';
import { beginInExecution, said } from '../../shared/once/beginInExecution';
import { claimsOf } from '../../shared/once/claims';
import { EventClaims, type Begun } from '../../shared/once/eventClaims';
import type { Operation } from '../actions/operation';
import { connect, runItems } from '../runItems';
import { requireHonestCaller } from './calledWait';
import { isConfirming, isSettled, outcomeOf, outputOf, OUTPUTS, type GivenUp } from './outcome';
import { readOrders } from './readOrders';
import { recallWaiting, type WaitedFor, type Waiting } from './waiting';
import { readWaitSettings, type WaitSettings } from './waitSettings';

/** n8n looks for executions to wake once a minute. */
const N8N_WAKES_EVERY_MS = 60_000;
/** For this long the node looks every minute, callback or not: twice the half hour that PonponPay gives a customer. */
const CLOSE_WATCH_MS = 3_600_000;
/** Afterwards a look costs more than it is worth. */
const LOOKS_EVERY_MS = 300_000;
/** For an order that does not say when it expires. */
const LONGEST_WAIT_MS = 24 * 3_600_000;
/** After its expiry a payment may still be on its way to PonponPay's books. */
const GRACE_MS = 120_000;
/** How long after the time is up PonponPay may be out of reach before the orders leave as last seen. */
const LONGEST_SILENCE_MS = 3_600_000;

/**
 * Waits until every order is paid, expired or cancelled, or the time is up, without keeping n8n busy meanwhile.
 *
 * PonponPay's API alone decides how an order stands: a callback only wakes the node. Each item leaves by the output of
 * its own order, all at the same time.
 *
 * @param operationOf looks an item's order up, or creates it
 */
export async function waitForOrders(
	context: IExecuteFunctions,
	operationOf: (itemIndex: number) => Operation,
): Promise<INodeExecutionData[][]> {
	refuseAsTool(context);
	const settings = readWaitSettings(itemParameters(context, 0));
	const waiting = recallWaiting(context);
	try {
		return waiting === undefined
			? await begin(context, settings, operationOf)
			: await lookAgain(context, settings, waiting);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	} finally {
		// Not before the claim is made: n8n's store asks for the node as it was.
		ignoreAlwaysOutputData(context);
	}
}

/** The editor does not offer waiting to tools; an imported workflow may still ask for it. */
function refuseAsTool(context: IExecuteFunctions): void {
	if (!isTool(context)) return;
	throw new NodeOperationError(context.getNode(), 'A tool cannot wait for a payment', {
		description:
			'Let one tool create the order and another one get it: the agent can then ask whether it is paid. Or put the waiting node behind the agent.',
	});
}

async function begin(
	context: IExecuteFunctions,
	settings: WaitSettings,
	operationOf: (itemIndex: number) => Operation,
): Promise<INodeExecutionData[][]> {
	// It is better to fail here than when the time is up.
	requireHonestCaller(context);
	requireOneWay(context, settings);
	if (settings.cancelsOpen) await requireMayCancel(context);
	const items = await runItems(context, operationOf);
	// With "Continue on Fail" an item may be its failure; it waits for nothing and was certainly not paid.
	const failed = items.filter(({ json }) => json.error !== undefined);
	const orders = items
		.filter((item) => !failed.includes(item))
		.map(({ json, pairedItem }) => ({
			order: json as Order,
			itemIndex: (pairedItem as { item: number }).item,
		}));
	if (areSettled(orders)) return route(orders, failed, 'timeUp');
	const deadline = Math.max(...orders.map(({ order }) => giveUpAt(order, settings)));
	return await goOnWaiting(context, { orders, failed, since: Date.now(), deadline }, settings);
}

/** An order must not be cancelled, nor given up, by what was set for another one. */
function requireOneWay(context: IExecuteFunctions, first: WaitSettings): void {
	context.getInputData().forEach((_, itemIndex) => {
		const own = readWaitSettings(itemParameters(context, itemIndex));
		if (JSON.stringify(own) === JSON.stringify(first)) return;
		throw new InvalidInput(
			'Options',
			HIDDEN,
			'about waiting must be the same for all items, because the node waits for all of them together',
		);
	});
}

async function requireMayCancel(context: IExecuteFunctions): Promise<void> {
	const { limits } = await connect(context);
	if (!limits.isReadOnly) return;
	throw new NodeOperationError(
		context.getNode(),
		'The PonponPay credential is for reading only, so open orders could not be cancelled when the time is up',
		{ description: 'Add the option "Cancel What Is Still Open" to this node and turn it off.' },
	);
}

async function lookAgain(
	context: IExecuteFunctions,
	settings: WaitSettings,
	before: Waiting,
): Promise<INodeExecutionData[][]> {
	const isTimeUp = Date.now() >= before.deadline;
	const seen = await readOrders(context, before.orders, isTimeUp && settings.cancelsOpen);
	if (seen === undefined) {
		// PonponPay cannot be asked now. The orders are not lost for that: the node asks again in a minute.
		const isSilentForLong = Date.now() >= before.deadline + LONGEST_SILENCE_MS;
		return isSilentForLong && !areConfirming(before.orders)
			? await leaveOnce(context, settings, before, 'unreachable')
			: await goOnWaiting(context, before, settings, N8N_WAKES_EVERY_MS);
	}
	// Money that is on its way is waited for, however late it is.
	if (areSettled(seen) || (isTimeUp && !areConfirming(seen))) {
		return await leaveOnce(context, settings, { ...before, orders: seen }, 'timeUp');
	}
	return await goOnWaiting(context, { ...before, orders: seen }, settings);
}

/**
 * Lets the orders leave once. n8n 1 may wake an execution several times, in several processes, as when a callback comes in the
 * very moment the time is up; each of them would pass the orders on, and the goods would be shipped as often.
 *
 * An execution that has failed behind this node is done with, too: whoever tries it again starts another one.
 */
async function leaveOnce(
	context: IExecuteFunctions,
	settings: WaitSettings,
	waiting: Waiting,
	givenUp: GivenUp,
): Promise<INodeExecutionData[][]> {
	const begun = await beginToLeave(context, waiting);
	if (begun === 'known') return OUTPUTS.map(() => []);
	// Another one has begun and was perhaps killed: it is looked at again rather than ended with nothing.
	if (begun === 'underWay')
		return await goOnWaiting(context, waiting, settings, N8N_WAKES_EVERY_MS);
	return route(waiting.orders, waiting.failed, givenUp);
}

async function beginToLeave(context: IExecuteFunctions, { since }: Waiting): Promise<Begun> {
	const node = context.getNode();
	const subject = `${node.name}`;
	const key = `waited ${context.getExecutionId()}/${since}`;
	try {
		const store = await claimsOf(context);
		const claims = new EventClaims(
			store,
			{ seenAs: [key], rememberAs: [key] },
			randomUUID(),
			Date.now,
		);
		return await beginInExecution(context, claims, () => true, subject);
	} catch (error) {
		context.logger.warn(
			`${subject} passed its orders on without knowing whether another n8n process has: ${said(error)}`,
		);
		return 'new';
	}
}

async function goOnWaiting(
	context: IExecuteFunctions,
	waiting: Omit<Waiting, 'id'>,
	settings: WaitSettings,
	atMostMs = looksEveryMs(waiting, settings),
): Promise<INodeExecutionData[][]> {
	const now = Date.now();
	const isLate = now >= waiting.deadline;
	const until = isLate
		? now + Math.min(atMostMs, N8N_WAKES_EVERY_MS)
		: Math.min(waiting.deadline, now + atMostMs);
	const next: Waiting = { ...waiting, id: randomUUID() };
	await suspend(context, next, new Date(until));
	const links = next.orders.flatMap(({ order }) => order.paymentUrl ?? []);
	if (links.length === 1) showWhileWaiting(context, links[0]);
	// What a suspended node returns is shown, but not passed on. A copy: n8n empties what it sorts for the error output.
	return [[...context.getInputData()]];
}

/** A callback only makes it faster: it may never have been asked for, or not have come through. */
function looksEveryMs({ since }: Omit<Waiting, 'id'>, { pollEveryMs }: WaitSettings): number {
	if (pollEveryMs !== undefined) return pollEveryMs;
	return Date.now() - since < CLOSE_WATCH_MS ? N8N_WAKES_EVERY_MS : LOOKS_EVERY_MS;
}

function giveUpAt({ expiresAt }: Order, { waitAtMostMs }: WaitSettings): number {
	if (waitAtMostMs !== undefined) return Date.now() + waitAtMostMs;
	return expiresAt === null ? Date.now() + LONGEST_WAIT_MS : Date.parse(expiresAt) + GRACE_MS;
}

function areConfirming(orders: WaitedFor[]): boolean {
	return orders.some(({ order }) => isConfirming(order));
}

function areSettled(orders: WaitedFor[]): boolean {
	return orders.every(({ order }) => isSettled(order));
}

/**
 * Each order to its output, in the order of the items.
 *
 * @param givenUp why those leave that are still open
 */
function route(
	orders: WaitedFor[],
	failed: INodeExecutionData[],
	givenUp: GivenUp,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = OUTPUTS.map(() => []);
	for (const { order, itemIndex } of orders) {
		const json = outcomeOf(order, givenUp);
		outputs[outputOf(order)].push({ json, pairedItem: { item: itemIndex } });
	}
	outputs[0].push(...failed);
	return outputs;
}

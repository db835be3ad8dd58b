import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import { asOneText, explain } from '../shared/api/errors';
import { settleProof, type ProofOutcome } from '../shared/api/settleProof';
import { InvalidInput } from '../shared/model/invalidInput';
import { Attempt } from '../shared/once/attempt';
import { waitForEnd } from '../shared/once/waitForEnd';
import { bringsPayment, readProof, refuseUntimely, type PaymentProof } from '../shared/x402/proof';
import { askForPayment, askToComeAgain, stillUnderWay } from './callAnswers';
import type { Call } from './call';
import { COST } from './callerBudget';
import { Payment, ProofInHand } from './paidCall';
import { paywallMemoryOf, type PaywallMemory } from './paywallMemory';
import { readPaywallSettings, type PaywallSettings } from './paywallSettings';
import { requestDigest } from './requestDigest';
import { servePayment } from './servePayment';

/** After how long a settlement that says nothing more counts as lost, in milliseconds: longer than all its tries. */
const SETTLING_LEASE_MS = 10 * 60_000;

/**
 * One call's way in. What is not paid gets 402 and starts nothing; a proof is looked at here first, then verified, then
 * settled; only what is settled starts the workflow.
 */
export async function receiveCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const memory = paywallMemoryOf(context);
	const settings = readSettings(context, memory);
	if (settings === undefined) return askToComeAgain(context, 503, NOT_SET_UP);
	const { headers, ip = '' } = context.getRequestObject();
	const call = { context, settings, memory, address: ip, request: '' };
	if (!bringsPayment(headers)) return refuse(call, 'this call must be paid');
	const { requirements, resource } = settings;
	const proof = readProof(headers, { requirements, url: resource.url });
	if ('reason' in proof) return refuse(call, proof.message);
	return await takeProof({ ...call, request: await requestDigest(context) }, proof);
}

const NOT_SET_UP = {
	code: 'not_set_up',
	message: 'Nothing can be bought here at the moment, and nothing was charged.',
};

/** An exception would make n8n store a failed execution for every call. */
function readSettings(
	context: IWebhookFunctions,
	memory: PaywallMemory,
): PaywallSettings | undefined {
	try {
		return readPaywallSettings(context);
	} catch (error) {
		warn({ context, memory }, notTaking(error));
		return undefined;
	}
}

function notTaking(error: unknown): string {
	const cause = error instanceof InvalidInput ? error.message : 'Its settings cannot be read.';
	return `takes no calls. ${cause}`;
}

/** 402, unless this client has had too many of them. */
function refuse(call: Call, error: string): IWebhookResponseData {
	const tooMany = spend(call, COST.unpaid);
	return tooMany ?? askForPayment(call.context, call.settings, error);
}

/** @returns an answer where it was too much */
function spend(call: Call, cost: number): IWebhookResponseData | undefined {
	const { context, memory, settings, address } = call;
	const seconds = memory.callers.take(address, cost, settings.unpaidPerMinute);
	if (seconds === 0) return undefined;
	warn(call, 'turned calls away: a client makes more unpaid ones than the option allows');
	const told = {
		code: 'too_many_unpaid_calls',
		message: 'Too many calls without a valid payment.',
	};
	return askToComeAgain(context, 429, told, seconds);
}

/** The same proof may come several times at once: the first is settled, the others learn of its end. */
async function takeProof(call: Call, proof: PaymentProof): Promise<IWebhookResponseData> {
	const { context, memory } = call;
	const key = memory.keyOf(proof.key);
	for (;;) {
		const known = memory.proofs.get(key);
		if (known?.payment !== undefined) return await servePayment(call, known.payment, true);
		const { settling } = known ?? {};
		if (settling === undefined || !settling.isUnderWay(Date.now())) break;
		if (!(await waitForEnd(settling, context.getResponseObject()))) return stillUnderWay(context);
	}
	const inHand = memory.proofs.get(key) ?? new ProofInHand();
	// What PonponPay has held for true may be settled already, and is then told again however late it is.
	const untimely = inHand.isVerified ? undefined : refuseUntimely(proof, Date.now() / 1000);
	if (untimely !== undefined) return refuse(call, untimely.message);
	const tooMany = spend(call, COST.refused);
	if (tooMany !== undefined) return tooMany;
	const settling = new Attempt(Date.now() + SETTLING_LEASE_MS);
	inHand.settling = settling;
	memory.proofs.set(key, inHand);
	const outcome = await settle(call, proof, inHand);
	// What PonponPay does not know must not push out what it does.
	if (!inHand.isVerified || outcome?.is === 'refused') memory.proofs.delete(key);
	const answer = conclude(call, inHand, outcome);
	settling.end(true);
	return await answer;
}

/** @returns `undefined` where nothing could be asked, because the credential cannot be used */
async function settle(
	call: Call,
	proof: PaymentProof,
	inHand: ProofInHand,
): Promise<ProofOutcome | undefined> {
	const { context, settings } = call;
	const { timeout, resource, method } = settings;
	const policy = { mostTries: 2, totalMs: 2 * timeout, timeoutMs: timeout };
	try {
		const client = await createClient(context, policy);
		return await settleProof(client, proof, { url: resource.url, method }, inHand);
	} catch (error) {
		warn(call, notTaking(error));
		return undefined;
	}
}

async function conclude(
	call: Call,
	inHand: ProofInHand,
	outcome: ProofOutcome | undefined,
): Promise<IWebhookResponseData> {
	const { context, memory, settings, address } = call;
	if (outcome?.is === 'refused') {
		warn(call, `did not take a payment: ${outcome.reason}`);
		const { reason, settlement } = outcome;
		return askForPayment(context, settings, `the payment was refused: ${reason}`, settlement);
	}
	// A payment cost its buyer a 402 before.
	memory.callers.give(address, COST.refused + COST.unpaid);
	if (outcome === undefined) return askToComeAgain(context, 503, NOT_SET_UP);
	if (outcome.is === 'unclear') {
		warn(
			call,
			`could not tell whether a payment was taken. ${asOneText(explain(outcome.failure))}`,
		);
		return askToComeAgain(context, 503, {
			code: 'settlement_unclear',
			message:
				'Whether the payment was taken is not known yet. Send the same payment again: it is not charged twice.',
		});
	}
	const { settlement, isForeign } = outcome;
	inHand.payment = memory.payments.getOrMake(
		memory.keyOf(settlement.paymentId),
		() => new Payment(settlement, call.request),
	);
	return await servePayment(call, inHand.payment, isForeign);
}

/** One line for a cause in a minute: a flood of forgeries must not flood the log. */
function warn({ context, memory }: Pick<Call, 'context' | 'memory'>, remark: string): void {
	const untold = memory.log.note(remark);
	if (untold === undefined) return;
	const more = untold > 0 ? ` (${untold} more like it since the last line)` : '';
	context.logger.warn(
		`PonponPay Paywall Trigger "${context.getNode().name}" ${remark.replace(/\.$/, '')}${more}.`,
		{ workflowId: context.getWorkflow().id },
	);
}

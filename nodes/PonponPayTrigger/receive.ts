import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { loadCredential } from '../shared/api/connection';
import type { PonponPayCredential } from '../shared/api/credential';
import { parseEvent, type PonponPayEvent } from '../shared/model/event';
import { parseJsonExactly } from '../shared/model/json';
import { explainRefusal } from '../shared/webhook/explainRefusal';
import { keyLookup } from '../shared/webhook/fetchKeySet';
import { refuse, type Refusal } from '../shared/webhook/refusal';
import { verify, type Delivery, type Verdict } from '../shared/webhook/verify';
import { recallHook } from './hookMemory';
import { noncesOf } from './memory';
import { readSettings, type TriggerSettings } from './settings';
import { isWanted } from './wanted';

/**
 * One delivery's way in: raw bytes, one verdict, one event, wanted or not, one item; or one honest status and one line in
 * the log. Nothing the sender wrote is believed before the verdict.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const setUp = await readSetUp(context);
	if (setUp === undefined) return answerRefusal(context, refuse('notSetUp'));
	const delivery = readDelivery(context);
	const verdict = await judge(context, setUp, delivery);
	if (!verdict.accepted) return answerRefusal(context, verdict.refusal);
	const body = readJson(delivery.body);
	const event = parseEvent(body, Date.now());
	if (event === undefined) {
		return answerRefusal(context, refuse('notAnEvent', { scheme: verdict.scheme }));
	}
	const { settings } = setUp;
	if (!isWanted(event, settings)) return { webhookResponse: 'OK' };
	return { workflowData: [[toItem(event, settings.includeRaw ? body : undefined)]] };
}

type SetUp = { settings: TriggerSettings; credential: PonponPayCredential };

/** An exception would make n8n store a failed execution for every request, also for forged ones. */
async function readSetUp(context: IWebhookFunctions): Promise<SetUp | undefined> {
	try {
		return { settings: readSettings(context), credential: await loadCredential(context) };
	} catch {
		return undefined;
	}
}

function readDelivery(context: IWebhookFunctions): Delivery {
	const { headers, rawBody } = context.getRequestObject() as { rawBody?: unknown } & Pick<
		Delivery,
		'headers'
	>;
	// n8n keeps no raw body of a multipart form; PonponPay sends none.
	return { headers, body: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0) };
}

async function judge(
	context: IWebhookFunctions,
	{ settings, credential }: SetUp,
	delivery: Delivery,
): Promise<Verdict> {
	const { apiKey, host, merchantId, environment, webhookSecret } = credential;
	const secrets = [webhookSecret, recallHook(context)?.secret ?? ''];
	return await verify(
		delivery,
		{ signature: settings.signature, apiKey, secrets, merchantId, environment },
		{ now: Date.now, lookUpKey: keyLookup(context, host), nonces: noncesOf(context) },
	);
}

/** @returns `undefined` for what is not JSON in UTF-8 */
function readJson(body: Buffer): unknown {
	const text = body.toString('utf8');
	if (!Buffer.from(text, 'utf8').equals(body)) return undefined;
	try {
		return parseJsonExactly(text);
	} catch {
		return undefined;
	}
}

function toItem(event: PonponPayEvent, raw: unknown): INodeExecutionData {
	const json: IDataObject = {
		event: event.type,
		eventId: event.eventId,
		receivedAt: new Date().toISOString(),
		order: event.order,
	};
	if (event.refund) json.refund = event.refund;
	if (event.dispute) json.dispute = event.dispute;
	if (raw !== undefined) json.raw = raw as IDataObject;
	return { json };
}

/** n8n gives what a trigger returns the status 200; a real status has to be sent past it. */
function answerRefusal(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	const explanation = explainRefusal(refusal);
	context.logger.warn(
		`PonponPay Trigger "${context.getNode().name}" refused a delivery: ${explanation}.`,
		{ workflowId: context.getWorkflow().id, ...refusal },
	);
	context.getResponseObject().status(refusal.status).json({ message: refusal.reason });
	return { noWebhookResponse: true };
}

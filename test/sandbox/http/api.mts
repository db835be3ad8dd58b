import type { FastifyInstance, FastifyRequest } from 'fastify';

import { CODE, Refusal } from '../refusal.mts';
import type { Account } from '../state/accounts.mts';
import type { WireObject, WireValue } from '../wire.mts';
import type { World } from '../world.mts';
import { enveloped, envelopeOf, plainJson, type Answer } from './answer.mts';
import { DISPUTE_ENDPOINTS } from './endpoints/disputes.mts';
import type { Endpoints, Handler } from './endpoints/endpoint.mts';
import { MERCHANT_ENDPOINTS } from './endpoints/merchant.mts';
import { ORDER_ENDPOINTS } from './endpoints/orders.mts';
import { REFUND_ENDPOINTS } from './endpoints/refunds.mts';
import { TRANSACTION_ENDPOINTS } from './endpoints/transactions.mts';
import { WEBHOOK_ENDPOINTS } from './endpoints/webhooks.mts';
import { X402_ENDPOINTS } from './endpoints/x402.mts';
import { bodyOf, missed, type Exchange } from './exchange.mts';
import { Input } from './input.mts';
import { missingRoute } from './missingRoute.mts';

const OLD_PREFIX = '/api/v1/pay/sdk';
/** Both take the same keys and bodies; the second is the vendor's newer one. */
export const API_PREFIXES = [OLD_PREFIX, '/api/v1/pay'];
const KEY_SET_PATH = '/public/webhook-jwks';

export const ENDPOINTS: Endpoints = {
	...ORDER_ENDPOINTS,
	...TRANSACTION_ENDPOINTS,
	...REFUND_ENDPOINTS,
	...DISPUTE_ENDPOINTS,
	...MERCHANT_ENDPOINTS,
	...WEBHOOK_ENDPOINTS,
	...X402_ENDPOINTS,
};

/** The PonponPay API: every endpoint under both prefixes, and the key set. */
export function registerApi(app: FastifyInstance, world: World, exchange: Exchange): void {
	const { speech } = world;
	for (const prefix of API_PREFIXES) {
		for (const [path, handler] of Object.entries(ENDPOINTS)) {
			if (prefix === OLD_PREFIX && path in X402_ENDPOINTS) continue;
			app.all(prefix + path, async (request, reply) => {
				const work = async () => await answerCall(world, path, handler, request);
				return await exchange.serve(path, request, reply, work);
			});
		}
	}
	app.get(`/api/v1/pay${KEY_SET_PATH}`, async (request, reply) => {
		const work = () =>
			speech.instead({ endpoint: KEY_SET_PATH, fields: {} }, missed(request)) ??
			answerKeySet(world);
		return await exchange.serve(KEY_SET_PATH, request, reply, work);
	});
	app.setNotFoundHandler(async (request, reply) => {
		const work = () => missingRoute(speech.missingRoute, missed(request));
		return await exchange.serve(request.url, request, reply, work);
	});
}

async function answerCall(
	world: World,
	endpoint: string,
	handler: Handler,
	request: FastifyRequest,
): Promise<Answer> {
	const { speech } = world;
	let fields: WireObject = {};
	const say = (status: number, code: number, message: string, data: WireValue) =>
		envelopeOf(status, code, speech.envelope({ code, message, data }));
	const instead = speech.instead({ endpoint, fields }, missed(request));
	if (instead) return instead;
	if (request.method !== 'POST') return methodNotAllowed();
	try {
		const account = authenticate(world, request);
		const input = Input.parse(bodyOf(request), (came) => {
			fields = came;
			return speech.understand(came, endpoint);
		});
		const data = await handler({ world, account, input });
		return say(200, CODE.success, 'success', speech.data(data, { endpoint, fields }));
	} catch (refusal) {
		if (!(refusal instanceof Refusal)) throw refusal;
		const { httpStatus, code, message } = speech.refusal(refusal);
		return say(httpStatus, code, message, null);
	}
}

function authenticate(world: World, { headers }: FastifyRequest): Account {
	const key = single(headers['x-api-key']) ?? bearer(headers.authorization);
	if (key === undefined) throw new Refusal(401, 'API key is missing', 401);
	const account = world.accounts.byKey(key);
	if (!account) throw new Refusal(401, 'invalid API key', 401);
	if (account.merchant.status !== 1) throw new Refusal(403, 'merchant is suspended', 403);
	return account;
}

function single(header: string | string[] | undefined): string | undefined {
	return Array.isArray(header) ? header[0] : header;
}

/** The legacy way to send the key. */
function bearer(authorization: string | undefined): string | undefined {
	return /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
}

function answerKeySet({ keyring, settings }: World): Answer {
	const keys = keyring.publicKeys();
	return settings.keySetShape === 'plain'
		? plainJson(200, keys)
		: enveloped(200, CODE.success, 'success', keys);
}

function methodNotAllowed(): Answer {
	const answer = enveloped(405, 405, 'method not allowed', null);
	return { ...answer, headers: { ...answer.headers, allow: 'POST' } };
}

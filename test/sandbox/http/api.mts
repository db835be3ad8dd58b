import type { FastifyInstance, FastifyRequest } from 'fastify';

import { CODE, Refusal } from '../refusal.mts';
import type { Account } from '../state/accounts.mts';
import type { WireObject, WireValue } from '../wire.mts';
import type { World } from '../world.mts';
import { enveloped, envelopeOf, plainJson, type Answer } from './answer.mts';
import { DISPUTE_ENDPOINTS } from './endpoints/disputes.mts';
import type { Endpoints, Handler } from './endpoints/endpoint.mts';
import { MERCHANT_ENDPOINTS } from './endpoints/merchant.mts';
import { PUBLIC_ENDPOINTS, type PublicEndpoint } from './endpoints/public.mts';
import { CANONICAL_PREFIX, isOffered, LEGACY_PREFIX } from './endpoints/standing.mts';
import { ORDER_ENDPOINTS } from './endpoints/orders.mts';
import { REFUND_ENDPOINTS } from './endpoints/refunds.mts';
import { TRANSACTION_ENDPOINTS } from './endpoints/transactions.mts';
import { WEBHOOK_ENDPOINTS } from './endpoints/webhooks.mts';
import { X402_ENDPOINTS } from './endpoints/x402.mts';
import { bodyOf, missed, type Exchange } from './exchange.mts';
import { Input } from './input.mts';
import { missingRoute } from './missingRoute.mts';
import { McpServer } from '../mcp/mcpServer.mts';

const MCP_PATH = '/mcp';
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

/** The PonponPay API: the endpoints under the prefixes that have them, those without a key, and the key set. */
export function registerApi(app: FastifyInstance, world: World, exchange: Exchange): void {
	const { speech, settings } = world;
	const register = (prefix: string, path: string, work: (request: FastifyRequest) => Work) => {
		app.all(
			prefix + path,
			async (request, reply) =>
				await exchange.serve(path, request, reply, () =>
					isOffered(settings.offers, prefix, path)
						? work(request)
						: missingRoute(speech.missingRoute, missed(request)),
				),
		);
	};
	for (const [path, handler] of Object.entries(ENDPOINTS)) {
		for (const prefix of [CANONICAL_PREFIX, LEGACY_PREFIX]) {
			register(prefix, path, (request) => answerCall(world, path, handler, request));
		}
	}
	for (const [path, endpoint] of Object.entries(PUBLIC_ENDPOINTS)) {
		register(CANONICAL_PREFIX, path, (request) => answerPublic(world, path, endpoint, request));
	}
	register(CANONICAL_PREFIX, KEY_SET_PATH, (request) =>
		request.method === 'GET'
			? (speech.instead({ endpoint: KEY_SET_PATH, fields: {} }, missed(request)) ??
				answerKeySet(world))
			: methodNotAllowed('GET'),
	);
	const mcp = new McpServer(world, ENDPOINTS);
	app.all(
		MCP_PATH,
		async (request, reply) =>
			await exchange.serve(MCP_PATH, request, reply, async () => {
				const isThere = settings.mcp.isOffered && settings.offers !== 'legacy';
				if (!isThere) return missingRoute(speech.missingRoute, missed(request));
				try {
					return await mcp.serve(authenticate(world, request), request);
				} catch (refusal) {
					if (!(refusal instanceof Refusal)) throw refusal;
					return enveloped(refusal.httpStatus, refusal.code, refusal.message, null);
				}
			}),
	);
	app.setNotFoundHandler(async (request, reply) => {
		const work = () => missingRoute(speech.missingRoute, missed(request));
		return await exchange.serve(request.url, request, reply, work);
	});
}

type Work = Answer | Promise<Answer>;

async function answerCall(
	world: World,
	endpoint: string,
	handler: Handler,
	request: FastifyRequest,
): Promise<Answer> {
	const asked = { endpoint, method: 'POST', body: bodyOf(request) };
	return await answer(world, asked, request, async (read) => {
		const account = authenticate(world, request);
		return await handler({ world, account, input: read() });
	});
}

/** Without a key: whoever knows the trade ID may ask. */
async function answerPublic(
	world: World,
	endpoint: string,
	{ method, answer: work }: PublicEndpoint,
	request: FastifyRequest,
): Promise<Answer> {
	const body = method === 'GET' ? JSON.stringify(request.query) : bodyOf(request);
	return await answer(world, { endpoint, method, body }, request, (read) => {
		const input = read();
		const asked = input.requiredText('trade_id');
		const order = world.orders.all().find(({ tradeId }) => tradeId === asked);
		if (!order) throw new Refusal(CODE.orderNotFound, 'order not found');
		return work({ world, order, input });
	});
}

/** @param work what the endpoint does; it is given what reads the fields */
async function answer(
	world: World,
	{ endpoint, method, body }: { endpoint: string; method: string; body: string },
	request: FastifyRequest,
	work: (read: () => Input) => WireValue | Promise<WireValue>,
): Promise<Answer> {
	const { speech } = world;
	let fields: WireObject = {};
	const say = (status: number, code: number, message: string, data: WireValue) =>
		envelopeOf(status, code, speech.envelope({ code, message, data }));
	const instead = speech.instead({ endpoint, fields }, missed(request));
	if (instead) return instead;
	if (request.method !== method) return methodNotAllowed(method);
	const read = () =>
		Input.parse(body, (came) => {
			fields = came;
			return speech.understand(came, endpoint);
		});
	try {
		const data = await work(read);
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

function methodNotAllowed(allowed: string): Answer {
	const answer = enveloped(405, 405, 'method not allowed', null);
	return { ...answer, headers: { ...answer.headers, allow: allowed } };
}

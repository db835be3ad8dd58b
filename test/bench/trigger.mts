import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

import { mapConcurrently } from '../../nodes/shared/concurrency';
import { signDelivery } from '../../nodes/shared/signature/signDelivery';
import { openTestShop } from '../e2e/testShop.mts';
import { chain, node, ponponPayTrigger } from '../e2e/workflows.mts';
import type { N8nClient, WorkflowNode } from '../n8n/client.mts';
import { repositoryRoot } from '../n8n/repository.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';

/** n8n's two ways of evaluating expressions: its own choice, and the one it had before. */
export const EXPRESSION_ENGINES = ['default', 'legacy'] as const;
export type ExpressionEngine = (typeof EXPRESSION_ENGINES)[number];

/**
 * Who receives what: our trigger and n8n's Stripe Trigger a good delivery or a forged one, n8n's Webhook node, which verifies
 * nothing, any.
 */
export const RECEPTIONS = ['ours', 'stripe', 'webhook', 'oursForged', 'stripeForged'] as const;
export type Reception = (typeof RECEPTIONS)[number];

/** For each engine, how often, and how many deliveries each of them gets a time; the default one takes ten times as long. */
export type TriggerSettings = Record<ExpressionEngine, { rounds: number; deliveries: number }>;

/** Milliseconds that a round's deliveries took, until the last one was answered; the receptions in turn. */
export type TriggerTimes = Record<ExpressionEngine, Record<Reception, number[]>>;

const CONCURRENCY = 20;
/** About as long as PonponPay's callbacks. */
const BODY_LENGTH = 1_000;
const STRIPE_SECRET = 'whsec_5f1d7a3b9c2e4860';

interface Request {
	headers: Record<string, string>;
	body: string;
}

interface Receiver {
	path: string;
	workflowId: string;
	/** A delivery that no other equals, signed now. */
	request: () => Request;
	status: number;
}

/** Sends deliveries to a real n8n, and measures how long it takes to answer them. */
export async function measureTriggers(
	settings: TriggerSettings,
	say: (line: string) => void,
): Promise<TriggerTimes> {
	const times: Partial<TriggerTimes> = {};
	const stripe = createServer((_request, response) => {
		response.setHeader('content-type', 'application/json').end(
			JSON.stringify({
				id: 'we_1',
				secret: STRIPE_SECRET,
				status: 'enabled',
				enabled_events: ['*'],
			}),
		);
	}).listen(0, '127.0.0.1');
	await once(stripe, 'listening');
	const { port } = stripe.address() as AddressInfo;
	try {
		for (const engine of EXPRESSION_ENGINES) {
			const shop = await openTestShop({
				env: {
					NODE_OPTIONS: `--require ${JSON.stringify(join(repositoryRoot(), 'test', 'bench', 'stripeStandIn.cjs'))}`,
					STRIPE_STAND_IN_PORT: String(port),
					...(engine === 'legacy' && { N8N_EXPRESSION_ENGINE: 'legacy' }),
				},
			});
			try {
				times[engine] = await measureIn(shop, settings[engine]);
				say(`  deliveries with the ${engine} expression engine: measured`);
			} finally {
				await shop.close();
			}
		}
	} finally {
		stripe.close();
	}
	return times as TriggerTimes;
}

async function measureIn(
	shop: Shop,
	{ rounds, deliveries }: TriggerSettings[ExpressionEngine],
): Promise<Record<Reception, number[]>> {
	const receivers = await openReceivers(shop);
	const times: Record<Reception, number[]> = {
		ours: [],
		stripe: [],
		webhook: [],
		oursForged: [],
		stripeForged: [],
	};
	const pool = new Pool(shop.n8n.url, { connections: CONCURRENCY });
	const { client } = shop.n8n;
	try {
		// The first round warms up.
		for (let round = -1; round < rounds; round += 1) {
			for (let turn = 0; turn < RECEPTIONS.length; turn += 1) {
				const reception = RECEPTIONS[(turn + round + RECEPTIONS.length) % RECEPTIONS.length];
				const time = await timeOf(pool, receivers[reception], deliveries);
				if (round >= 0) times[reception].push(time);
				await idle(client);
			}
		}
	} finally {
		await pool.close();
	}
	// Else a peer that accepts everything, or one that only looks as if it did, would win.
	for (const reception of ['ours', 'stripe', 'webhook'] as const) {
		const { workflowId } = receivers[reception];
		const { count } = await executions(client, { workflowId });
		const expected = (rounds + 1) * deliveries;
		if (count !== expected) {
			throw new Error(`${reception}: ${count} executions for ${expected} good deliveries`);
		}
	}
	return times;
}

async function timeOf(pool: Pool, receiver: Receiver, deliveries: number): Promise<number> {
	const { path, status } = receiver;
	const requests = Array.from({ length: deliveries }, () => receiver.request());
	const start = performance.now();
	await mapConcurrently(deliveries, CONCURRENCY, async (index) => {
		const answer = await pool.request({ path, method: 'POST', ...requests[index] });
		const text = await answer.body.text();
		if (answer.statusCode !== status) {
			throw new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 200)}`);
		}
	});
	return performance.now() - start;
}

/** Waits until n8n has nothing left to do, so that no peer pays for another's executions. */
async function idle(client: N8nClient): Promise<void> {
	await until('all executions to end', async () => {
		const { results } = await executions(client, { status: ['new', 'running'] });
		return results.length === 0 || undefined;
	});
}

async function executions(
	client: N8nClient,
	filter: object,
): Promise<{ count: number; results: unknown[] }> {
	const text = encodeURIComponent(JSON.stringify(filter));
	return await client.call('GET', `/rest/executions?filter=${text}&limit=1`);
}

async function openReceivers(shop: Shop): Promise<Record<Reception, Receiver>> {
	const { client } = shop.n8n;
	const credential = await client.createCredential({
		name: 'Stripe account',
		type: 'stripeApi',
		data: { secretKey: 'sk_test_0', signatureSecret: STRIPE_SECRET },
	});
	const publish = async (name: string, trigger: WorkflowNode, path: string) => {
		const file = shop.furnish(chain(name, trigger));
		const { id } = await client.createWorkflow(file);
		await client.publish(id);
		return { workflowId: id, path: `/webhook/${path}`, status: 200 };
	};

	const ourTrigger = ponponPayTrigger({ registration: 'manual' });
	const ours = {
		...(await publish('Ours', ourTrigger, `${ourTrigger.webhookId}/webhook`)),
		request: () => signedByPonponPay(ourBody(), shop.sandbox.apiKey),
	};
	const stripeTrigger: WorkflowNode = {
		...node('Stripe Trigger', 'n8n-nodes-base.stripeTrigger', 1, { events: ['*'] }),
		credentials: { stripeApi: credential },
	};
	const stripe = {
		...(await client
			.createWorkflow(chain('Stripe', stripeTrigger))
			.then(async ({ id }) => (await client.publish(id), { workflowId: id }))),
		path: `/webhook/${stripeTrigger.webhookId}/webhook`,
		status: 200,
		request: () => signedByStripe(stripeBody(), STRIPE_SECRET),
	};
	const path = randomUUID();
	const plain = node('Webhook', 'n8n-nodes-base.webhook', 2.1, {
		httpMethod: 'POST',
		path,
		options: {},
	});
	const webhook = {
		...(await publish('Webhook', plain, path)),
		request: () => signedByPonponPay(ourBody(), shop.sandbox.apiKey),
	};
	return {
		ours,
		stripe,
		webhook,
		oursForged: {
			...ours,
			status: 401,
			request: () => signedByPonponPay(ourBody(), `${shop.sandbox.apiKey}x`),
		},
		stripeForged: {
			...stripe,
			status: 401,
			request: () => signedByStripe(stripeBody(), 'whsec_forged'),
		},
	};
}

function ourBody(): string {
	const id = randomUUID();
	return ofLength({
		order_no: `shop-${id}`,
		trade_id: id,
		event_id: `evt_${id}`,
		amount: 12.5001,
		fiat_amount: 12.5,
		exchange_rate: 1,
		currency: 'USDT',
		currency_name: 'usdt',
		network: 'Tron',
		contract_addr: '',
		wallet_address: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
		status: 2,
		hash: '0'.repeat(64),
	});
}

function stripeBody(): string {
	return ofLength({
		id: `evt_${randomUUID()}`,
		object: 'event',
		type: 'charge.succeeded',
		data: { object: { id: `ch_${randomUUID()}`, amount: 1250, currency: 'usd', paid: true } },
	});
}

function ofLength(body: object): string {
	const rest = BODY_LENGTH - JSON.stringify({ ...body, note: '' }).length;
	return JSON.stringify({ ...body, note: 'x'.repeat(rest) });
}

function signedByPonponPay(body: string, apiKey: string): Request {
	const at = { timestamp: seconds(), nonce: randomUUID().replaceAll('-', '') };
	return {
		body,
		headers: {
			'content-type': 'application/json',
			...signDelivery(Buffer.from(body), { apiKey }, at),
		},
	};
}

function signedByStripe(body: string, secret: string): Request {
	const time = seconds();
	const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'stripe-signature': `t=${time},v1=${signature}`,
		},
	};
}

function seconds(): number {
	return Math.floor(Date.now() / 1000);
}

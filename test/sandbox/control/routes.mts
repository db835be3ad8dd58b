import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { DialectName } from '../dialects/table.mts';
import type { Fault, FaultRate } from '../http/faults.mts';
import type { MissingRoute } from '../http/missingRoute.mts';
import { Refusal } from '../refusal.mts';
import type { CallbackShape, SandboxSettings } from '../settings.mts';
import type { PaidWording } from '../webhooks/callbacks.mts';
import type { World } from '../world.mts';
import type { Control } from './control.mts';
import type { OrderView } from './views.mts';

type WithId = { Params: { id: string } };

/** {@link Control} for programs in other processes: JSON in and out, under `/_sandbox/`. */
export function registerControl(app: FastifyInstance, world: World, control: Control): void {
	app.register(
		async (routes) => {
			routes.setErrorHandler(async (cause, _request, reply) => await explain(cause, reply));

			routes.get('/', async () => ({
				merchants: world.accounts.all().map(({ merchant, environment, apiKey }) => ({
					merchantId: merchant.id,
					name: merchant.name,
					environment,
					apiKey,
					webhookSecret: merchant.webhookSecret ?? null,
				})),
				now: control.clock.now(),
			}));

			routes.get('/settings', async () => control.settings);
			routes.patch('/settings', async (request) =>
				Object.assign(control.settings, bodyOf<Partial<SandboxSettings>>(request)),
			);

			routes.post('/dialects', async (request) => {
				control.speak(...bodyOf<{ dialects: DialectName[] }>(request).dialects);
				return {};
			});

			routes.get('/clock', async () => ({ now: control.clock.now() }));
			routes.post('/clock', async (request) => {
				await control.clock.advance(bodyOf<{ advance: number }>(request).advance);
				return { now: control.clock.now() };
			});

			registerOrders(routes, control);
			registerAftermath(routes, control);
			registerDeliveries(routes, control);

			routes.get('/hooks', async () => control.hooks.all());
			routes.delete<WithId>('/hooks/:id', async ({ params }) => {
				control.hooks.remove(params.id);
				return {};
			});
			routes.patch<WithId>('/hooks/:id', async (request) => {
				const { shape } = bodyOf<{ shape?: CallbackShape }>(request);
				control.hooks.useShape(request.params.id, shape);
				return {};
			});

			routes.get('/x402/payments', async () => control.x402.payments());
			routes.post('/x402/resources', async (request) => {
				control.x402.addResource(bodyOf<Parameters<Control['x402']['addResource']>[0]>(request));
				return {};
			});

			routes.post('/keys/rotate-signing-key', async (request) => ({
				keyId: control.keys.rotateSigningKey(bodyOf<{ keepOld?: boolean }>(request)),
			}));
			routes.post('/keys/rotate-api-key', async (request) => ({
				apiKey: control.keys.rotateApiKey(bodyOf<{ apiKey?: string }>(request).apiKey),
			}));

			registerFaults(routes, control);
			routes.get<{ Querystring: { endpoint?: string } }>('/requests', async ({ query }) => ({
				counts: control.requests.countsByEndpoint(),
				outcomes: control.requests.outcomes(query.endpoint),
				requests: control.requests.all(query.endpoint),
			}));
			routes.delete('/requests', async () => {
				control.requests.clear();
				return {};
			});
		},
		{ prefix: '/_sandbox' },
	);
}

function registerOrders(routes: FastifyInstance, { orders, deliveries }: Control): void {
	const actions: Readonly<Record<string, (id: string) => OrderView>> = {
		confirming: orders.confirming,
		pay: orders.pay,
		expire: orders.expire,
		cancel: orders.cancel,
		credit: orders.creditByHand,
		'mark-paid': orders.markPaid,
	};
	routes.get('/orders', async () => orders.all());
	routes.get<WithId>('/orders/:id', async ({ params }) => orders.get(params.id));
	routes.post<WithId>('/orders/:id/method', async (request) => {
		const { currency, network } = bodyOf<{ currency: string; network: string }>(request);
		return orders.chooseMethod(request.params.id, currency, network);
	});
	routes.post<WithId>('/orders/:id/tell-paid-again', async (request) =>
		deliveries.tellPaidAgain(request.params.id, bodyOf<PaidWording>(request)),
	);
	for (const [name, act] of Object.entries(actions)) {
		routes.post<WithId>(`/orders/:id/${name}`, async ({ params }) => act(params.id));
	}
}

/** What comes after a payment: its transactions, refunds and disputes. */
function registerAftermath(routes: FastifyInstance, control: Control): void {
	type OfOrder = { Querystring: { trade_id?: string } };
	const { transactions, refunds, disputes } = control;
	routes.get<OfOrder>('/transactions', async ({ query }) => transactions.all(query.trade_id));
	routes.get<OfOrder>('/refunds', async ({ query }) => refunds.all(query.trade_id));
	routes.get<WithId>('/refunds/:id', async ({ params }) => refunds.get(params.id));
	routes.post<WithId>('/refunds/:id/process', async ({ params }) => refunds.process(params.id));
	routes.post<WithId>('/refunds/:id/succeed', async ({ params }) => refunds.succeed(params.id));
	routes.post<WithId>('/refunds/:id/fail', async ({ params }) => refunds.fail(params.id));
	routes.get<OfOrder>('/disputes', async ({ query }) => disputes.all(query.trade_id));
	routes.get<WithId>('/disputes/:id', async ({ params }) => disputes.get(params.id));
	routes.post<WithId>('/orders/:id/dispute', async (request) => {
		const { reason } = bodyOf<{ reason?: string }>(request);
		return disputes.open(request.params.id, reason);
	});
	routes.post<WithId>('/disputes/:id/run-out', async ({ params }) => disputes.runOut(params.id));
	routes.post<WithId>('/disputes/:id/win', async ({ params }) => disputes.decide(params.id, 'won'));
	routes.post<WithId>('/disputes/:id/lose', async ({ params }) =>
		disputes.decide(params.id, 'lost'),
	);
}

function registerFaults(routes: FastifyInstance, { faults }: Control): void {
	/** Each takes part of this in its body. */
	interface FaultOrder {
		endpoint: string;
		fault: Fault;
		faults: Array<Fault | null>;
		form: MissingRoute;
		ms: number;
		mostAtOnce: number;
	}
	const on = (name: string, act: (order: FaultOrder) => void) =>
		routes.post(`/faults/${name}`, async (request) => {
			act(bodyOf<FaultOrder>(request));
			return {};
		});
	on('script', (order) => faults.script(order.endpoint, order.faults));
	on('always', ({ endpoint, fault }) => faults.always(endpoint, fault));
	on('latency', ({ ms }) => faults.latency(ms));
	on('limit-concurrency', ({ mostAtOnce }) => faults.limitConcurrency(mostAtOnce));
	on('unpublish', ({ endpoint, form }) => faults.unpublish(endpoint, form));
	on('heal', ({ endpoint }) => faults.heal(endpoint));
	routes.post('/faults/rate', async (request) => {
		faults.rate(bodyOf<FaultRate>(request));
		return {};
	});
	routes.delete('/faults', async () => {
		faults.clear();
		return {};
	});
}

function registerDeliveries(routes: FastifyInstance, { deliveries }: Control): void {
	routes.get<{ Querystring: { subject?: string } }>('/deliveries', async ({ query }) =>
		deliveries.all(query.subject),
	);
	routes.post('/deliveries/settled', async () => {
		await deliveries.settled();
		return deliveries.all();
	});
	routes.post('/deliveries/retry', async () => {
		await deliveries.retryNow();
		return deliveries.all();
	});
	routes.post<WithId>('/deliveries/:id/redeliver', async ({ params }) => {
		return await deliveries.redeliver(params.id);
	});
}

function bodyOf<T extends object>({ body }: FastifyRequest): Partial<T> & T {
	return JSON.parse(typeof body === 'string' && body !== '' ? body : '{}');
}

async function explain(cause: unknown, reply: FastifyReply): Promise<FastifyReply> {
	const message = cause instanceof Error ? cause.message : String(cause);
	if (cause instanceof Refusal) return await reply.code(409).send({ message });
	if (cause instanceof SyntaxError) return await reply.code(400).send({ message });
	return await reply.code(cause instanceof RangeError ? 404 : 500).send({ message });
}

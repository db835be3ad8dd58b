import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';

import { control, type Control } from './control/control.mts';
import { liveThroughHistory } from './history.mts';
import { registerApi } from './http/api.mts';
import { registerControl } from './control/routes.mts';
import { Exchange } from './http/exchange.mts';
import { FaultPlan } from './http/faults.mts';
import { RequestLog } from './http/requestLog.mts';
import { registerPages } from './page/pages.mts';
import type { DialectName } from './dialects/table.mts';
import type { SandboxSettings } from './settings.mts';
import { defaultMerchant, type MerchantOptions } from './state/accounts.mts';
import { World } from './world.mts';

export interface SandboxOptions {
	/** Absent: a free one. The sandbox listens on loopback only. */
	port?: number;
	/** The first merchant; what is absent gets a value of the sandbox's own. */
	merchant?: Partial<MerchantOptions>;
	/** Merchants besides the first. */
	furtherMerchants?: readonly MerchantOptions[];
	/** Behaviour that may also be changed later, through `sandbox.settings`. */
	settings?: Partial<SandboxSettings>;
	/**
	 * Whether the clock runs orders into their expiry and repeats deliveries by itself. Off by default: then these happen
	 * only when the clock is moved, and a test sees exactly what it asked for.
	 */
	ticking?: boolean;
	/** Unix seconds at which the clock stands until it is moved; absent: it goes with the real time. */
	startsAt?: number;
	/** Other ways to speak than the contract's; see the README. `sandbox.speak` changes them. */
	dialects?: readonly DialectName[];
	/** Gives the first merchant a past of so many orders, with payments, refunds and disputes. */
	seed?: number;
	/** Makes ids, addresses and keys the same at every start; absent: drawn. */
	randomSeed?: string;
}

/** A PonponPay of one's own, running. */
export interface Sandbox extends Control {
	/** Without a slash at the end: what goes into the credential as custom URL, and the page for people. */
	readonly url: string;
	readonly port: number;
	/** The first merchant's key for production. */
	readonly apiKey: string;
	/** The first merchant's key for the vendor's own sandbox environment. */
	readonly sandboxApiKey: string;
	readonly merchantId: string;
	/** What the first merchant's callbacks are signed with in scheme A; `undefined`: they are not. */
	readonly webhookSecret: string | undefined;
	close(): Promise<void>;
}

/** Starts a sandbox on this machine. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const world = new World({
		settings: options.settings ?? {},
		ticking: options.ticking ?? false,
		startsAt: options.startsAt,
		randomSeed: options.randomSeed,
	});
	world.speech.use(options.dialects ?? []);
	const id = options.merchant?.id ?? 'M100001';
	const { production, sandbox } = world.accounts.add({
		...defaultMerchant(id),
		...options.merchant,
	});
	for (const merchant of options.furtherMerchants ?? []) world.accounts.add(merchant);

	await liveThroughHistory(world, production, options.seed ?? 0);

	const log = new RequestLog();
	const plan = new FaultPlan();
	const controls = control(world, log, plan, production);
	const app = createApp();
	tellTime(app, world.settings);
	registerControl(app, world, controls);
	registerPages(app, world);
	registerApi(app, world, new Exchange(log, plan));
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = app.server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	world.pageUrl = url;

	return {
		...controls,
		url,
		port,
		get apiKey() {
			return production.apiKey;
		},
		get sandboxApiKey() {
			return sandbox.apiKey;
		},
		merchantId: id,
		get webhookSecret() {
			return production.merchant.webhookSecret;
		},
		close: async () => {
			world.stop();
			await app.close();
		},
	};
}

/** Every answer names the time of its server. */
function tellTime(app: FastifyInstance, settings: Readonly<SandboxSettings>): void {
	app.addHook('onSend', async (_request, reply) => {
		reply.header('date', new Date(Date.now() + settings.clockOffset * 1000).toUTCString());
	});
}

/** Bodies are kept as their text: amounts in them must not pass through JavaScript's numbers. */
function createApp(): FastifyInstance {
	const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	return app;
}

import type { FastifyInstance, FastifyReply } from 'fastify';

import { Refusal } from '../refusal.mts';
import type { World } from '../world.mts';
import { document, html } from './html.mts';
import { overviewPage } from './overviewPage.mts';
import { payPage } from './payPage.mts';

/** The pages for people. */
export function registerPages(app: FastifyInstance, world: World): void {
	app.get('/', async (_request, reply) => await show(reply, overviewPage(world)));

	for (const path of ['/pay/:tradeId', '/pay/:tradeId/checkout']) {
		app.get<{ Params: { tradeId: string } }>(path, async ({ params }, reply) => {
			try {
				return await show(
					reply,
					payPage(world.orders.lookUp(params.tradeId), world.settings.offers),
				);
			} catch (refusal) {
				if (!(refusal instanceof Refusal)) throw refusal;
				const body = html`<main class="pay card"><p>${refusal.message}</p></main>`;
				return await show(reply.code(404), document('Not found', body));
			}
		});
	}
}

async function show(reply: FastifyReply, page: string): Promise<FastifyReply> {
	return await reply.type('text/html; charset=utf-8').send(page);
}

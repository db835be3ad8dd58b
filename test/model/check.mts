import type { Books } from './books.mts';
import { PAYMENT_LINES, REGISTERED_LINES, type Line } from './lines.mts';
import type { Stage } from './stage.mts';

/** What a round that kept every promise has lost or repeated all the same, for n8n cannot do better; by name. */
export type Toll = Record<string, number>;

/**
 * Everything in which a settled round breaks a promise: no payment without its workflow, none with two, no order without its
 * intention, and PonponPay calls exactly this n8n.
 *
 * @param toll gets what n8n itself cannot keep: only kills may bring it about
 */
export async function findBroken(stage: Stage, books: Books, toll: Toll): Promise<string[]> {
	return [
		...brokenOrders(stage, books, toll),
		...brokenHooks(stage),
		...(await brokenPayments(stage, books, toll)),
	];
}

function add(toll: Toll, name: string, count = 1): void {
	toll[name] = (toll[name] ?? 0) + count;
}

function brokenOrders(stage: Stage, books: Books, toll: Toll): string[] {
	const orders = stage.ordersOf(books);
	const broken: string[] = [];
	for (const { amount, tradeId } of orders) {
		if (books.intentions.every((intention) => Number(intention.amount) !== Number(amount))) {
			broken.push(`Nobody wanted order ${tradeId} of ${amount}`);
		}
	}
	for (const { amount, isAnswered } of books.intentions) {
		const made = orders.filter((order) => Number(order.amount) === Number(amount)).length;
		if (made > 1) broken.push(`${made} orders were made where one was wanted, of ${amount}`);
		if (made === 0 && isAnswered) {
			// n8n's Webhook node with Respond: Immediately answers before it has stored anything.
			if (books.kills > 0) add(toll, 'order lost between an immediate answer and a kill');
			else broken.push(`No order was made where one was wanted, of ${amount}`);
		}
	}
	return broken;
}

function brokenHooks({ shop: { sandbox, n8n } }: Stage): string[] {
	const own = sandbox.hooks.all().filter(({ url }) => url.startsWith(`${n8n.url}/`));
	const wanted = REGISTERED_LINES.length;
	return own.length === wanted
		? []
		: [`PonponPay has ${own.length} webhooks of this n8n, not ${wanted}`];
}

async function brokenPayments(stage: Stage, books: Books, toll: Toll): Promise<string[]> {
	const broken: string[] = [];
	const waited = await tradeIdsNamedBy(stage, books, 'wait');
	for (const order of stage.ordersOf(books)) {
		const lines: Line[] = [...PAYMENT_LINES];
		if (waited.has(order.tradeId)) lines.push('wait');
		for (const line of lines) {
			const count = stage.countEffects(line, order.tradeId);
			const what = `Order ${order.tradeId} (${order.status}) was delivered ${count} times by "${line}"`;
			if (!stage.isPaid(order)) {
				if (count > 0) broken.push(what);
			} else if (count === 0) {
				if (line !== 'plain' || books.kills === 0) broken.push(what);
				else add(toll, 'payment lost by Respond: Immediately when n8n was killed');
			} else if (count > 1) {
				const cut = (await tradeIdsNamedBy(stage, books, line, 'crashed')).get(order.tradeId) ?? 0;
				// What only the process remembers is forgotten with it.
				const forgotten = line === 'plain' ? books.restarts : 0;
				if (count > 1 + cut + forgotten) broken.push(what);
				else add(toll, `delivered again by "${line}" after n8n was ended in the middle`, count - 1);
			}
		}
	}
	return broken;
}

/** In how many executions of a line each of the round's orders is named. */
async function tradeIdsNamedBy(
	stage: Stage,
	books: Books,
	line: Line,
	status?: string,
): Promise<Map<string, number>> {
	const { client } = stage.shop.n8n;
	const named = new Map<string, number>();
	const orders = stage.ordersOf(books);
	for (const execution of await client.listExecutions(stage.idOf(line))) {
		if (status !== undefined && execution.status !== status) continue;
		const { data } = await client.call<{ data: string }>('GET', `/rest/executions/${execution.id}`);
		for (const { tradeId } of orders) {
			if (data.includes(tradeId)) named.set(tradeId, (named.get(tradeId) ?? 0) + 1);
		}
	}
	return named;
}

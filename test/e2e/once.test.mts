import type { Order } from '../../nodes/shared/model/order';
import type { Workflow, WorkflowFile } from '../n8n/client.mts';
import { fillDisk } from '../n8n/database.mts';
import { Sender } from '../n8n/sender.mts';
import { startN8n } from '../n8n/server.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import type { Sandbox } from '../sandbox/sandbox.mts';
import { openTestShop } from './testShop.mts';
import { chain, node, ponponPay, ponponPayTrigger } from './workflows.mts';

const NO_OP = 'n8n-nodes-base.noOp';
const CODE = 'n8n-nodes-base.code';
const SLOW_CODE = 'await new Promise((resolve) => setTimeout(resolve, 3000)); return $input.all();';
const ENDLESS_CODE =
	'await new Promise((resolve) => setTimeout(resolve, 40_000)); return $input.all();';
const ORDERS = 40;

/** An order whose changes are told to this URL. */
async function createOrderNotifying(sandbox: Sandbox, url: string): Promise<string> {
	const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/order/add`, {
		method: 'POST',
		headers: { 'X-API-Key': sandbox.apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify({ amount: 3, currency: 'USDT', network: 'tron', notify_url: url }),
	});
	return ((await answer.json()) as { data: { trade_id: string } }).data.trade_id;
}

/**
 * What n8n permits a trigger to promise, seen in n8n itself: each event starts one workflow within one process; over
 * restarts and several processes it arrives at least once, and the workflow makes it once by the dedupe key.
 */
describe('Each event in a real n8n', () => {
	let shop: Shop;
	let sender: Sender;

	beforeAll(async () => {
		shop = await openTestShop();
		sender = new Sender(shop.sandbox.apiKey);
	});
	afterAll(async () => await shop?.close());

	const publish = async (file: WorkflowFile): Promise<Workflow> => {
		const workflow = await shop.n8n.client.createWorkflow(shop.furnish(file));
		await shop.n8n.client.publish(workflow.id);
		return workflow;
	};
	const manual = (options: object = {}) =>
		ponponPayTrigger({ events: ['order.paid'], registration: 'manual', options });
	const urlOf = ({ nodes }: WorkflowFile, base = shop.n8n.url) => {
		const trigger = nodes.find(({ type }) => type.endsWith('.ponponPayTrigger'));
		return `${base}/webhook/${trigger?.webhookId}/webhook`;
	};
	const paid = (orderNo: string) => ({
		order_no: orderNo,
		trade_id: `T-${orderNo}`,
		status: 2,
		hash: 'ab'.repeat(32),
		event_id: `evt-${orderNo}`,
	});
	const executions = async ({ id }: Workflow) => await shop.n8n.client.listExecutions(id);
	/** The items a node has put out in all executions, once these have ended. */
	const itemsOf = async (workflow: Workflow, nodeName: string) => {
		const items = [];
		for (const { id } of await executions(workflow)) {
			items.push(...(await shop.n8n.client.waitForExecution(id)).items(nodeName));
		}
		return items;
	};

	it('starts one workflow, of thirty deliveries at the same moment', async () => {
		const workflow = await publish(chain('Plain', manual(), node('End', NO_OP, 1, {})));
		const url = urlOf(workflow);
		const answers = await Promise.all(
			Array.from({ length: 30 }, async () => await sender.deliver(url, paid('burst'))),
		);
		expect(answers).toEqual(Array(30).fill({ status: 200, text: 'OK' }));
		expect(await executions(workflow)).toHaveLength(1);
	});

	it.each(['text/plain', 'application/octet-stream', 'application/vnd.ponponpay+json', 'none'])(
		'starts one workflow also when its content type is %s',
		async (contentType) => {
			const workflow = await publish(chain('Typed', manual(), node('End', NO_OP, 1, {})));
			const answer = await sender.deliver(urlOf(workflow), paid(contentType), { contentType });
			expect(answer).toEqual({ status: 200, text: 'OK' });
			expect(await executions(workflow)).toHaveLength(1);
		},
	);

	it('is let in again after the workflow did not succeed, if PonponPay waits for its end', async () => {
		const stop = node('Stop', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'not today' });
		const workflow = await publish(chain('Failing', manual({ respond: 'lastNode' }), stop));
		for (let times = 1; times <= 2; times += 1) {
			expect((await sender.deliver(urlOf(workflow), paid('failing'))).status).toBe(500);
			expect(await executions(workflow)).toHaveLength(times);
		}
	});

	it.each(['onReceived', 'lastNode'])(
		'is let in again after n8n could not store its execution, respond: %s',
		async (respond) => {
			const end = node('End', NO_OP, 1, {});
			const workflow = await publish(chain('Full', manual({ respond }), end));
			const free = await fillDisk(shop.n8n);
			expect((await sender.deliver(urlOf(workflow), paid('full'))).status).toBe(500);
			expect(await executions(workflow)).toEqual([]);
			await free();
			expect((await sender.deliver(urlOf(workflow), paid('full'))).status).toBe(200);
			expect(await executions(workflow)).toHaveLength(1);
		},
	);

	it('starts one workflow although its sender did not wait for the answer', async () => {
		const workflow = await publish(
			chain('Slow', manual({ respond: 'lastNode' }), node('Work', CODE, 2, { jsCode: SLOW_CODE })),
		);
		const url = urlOf(workflow);
		const impatient = sender.deliver(url, paid('slow'), { signal: AbortSignal.timeout(1000) });
		await expect(impatient).rejects.toThrow();
		expect(await sender.deliver(url, paid('slow'))).toEqual({ status: 200, text: 'OK' });
		expect((await executions(workflow)).map(({ status }) => status)).toEqual(['success']);
	});

	it('is not waited for without end while its first delivery hangs', async () => {
		const work = node('Work', CODE, 2, { jsCode: ENDLESS_CODE });
		const workflow = await publish(chain('Hanging', manual({ respond: 'lastNode' }), work));
		const url = urlOf(workflow);
		const impatient = sender.deliver(url, paid('hanging'), { signal: AbortSignal.timeout(2000) });
		await expect(impatient).rejects.toThrow();
		const { status, text } = await sender.deliver(url, paid('hanging'));
		expect([status, JSON.parse(text)]).toMatchObject([503, { code: 'underWay', field: null }]);
		expect(await executions(workflow)).toHaveLength(1);
	});

	it('starts one workflow when the very same delivery comes again, as after a lost answer', async () => {
		const workflow = await publish(chain('Again', manual(), node('End', NO_OP, 1, {})));
		const sent = sender.sign(paid('again'));
		const answers = [];
		for (let times = 0; times < 3; times += 1)
			answers.push(await sender.send(urlOf(workflow), sent));
		expect(answers).toEqual(Array(3).fill({ status: 200, text: 'OK' }));
		expect(await executions(workflow)).toHaveLength(1);
	});

	it('starts one workflow for a paid order, whatever tells it', async () => {
		const workflow = await publish(chain('Paid', manual(), node('End', NO_OP, 1, {})));
		const order = paid('credited');
		for (const body of [
			order,
			{ ...order, status: 5, event_id: 'evt-later' },
			{ ...order, status: 7, hash: '', event_id: undefined },
			{ type: 'order.paid', data: { trade_id: order.trade_id, mch_order_id: order.order_no } },
		]) {
			expect((await sender.deliver(urlOf(workflow), body)).status).toBe(200);
		}
		expect(await executions(workflow)).toHaveLength(1);
	});

	describe('that the workflow lets through once by its dedupe key', () => {
		let workflow: Workflow;

		beforeAll(async () => {
			const once = ponponPay('Remove Duplicates', {
				resource: 'webhook',
				operation: 'removeDuplicates',
				dedupeKey: '={{ $json.dedupeKey }}',
			});
			workflow = await publish(chain('Once', manual(), once, node('End', NO_OP, 1, {})));
		});

		const passed = async () =>
			(await itemsOf(workflow, 'End')).map(({ json }) => (json.order as Order).merchantOrderId);

		it('passes once, also when n8n was restarted in between', async () => {
			await sender.deliver(urlOf(workflow), paid('restart'));
			await shop.n8n.restart();
			await sender.deliver(urlOf(workflow), paid('restart'));
			expect(await executions(workflow)).toHaveLength(2);
			expect(await passed()).toEqual(['restart']);
		});

		// n8n's store is no lock between processes: two that read it in the same moment may both let an event pass.
		it('passes once, also when another process gets it later', async () => {
			const { userFolder, url, postgres: database } = shop.n8n;
			const second = await startN8n({ userFolder, database, env: { WEBHOOK_URL: url } });
			const known = await passed();
			for (const base of [url, second.url]) {
				expect((await sender.deliver(urlOf(workflow, base), paid('twice'))).status).toBe(200);
				expect([...(await passed())].sort()).toEqual([...known, 'twice'].sort());
			}
			await second.stop();
		});
	});

	/** The orders that a workflow's executions are about, by how these ended. */
	const ordersByOutcome = async (workflow: Workflow, tradeIds: string[]) => {
		const byOutcome = new Map<string, Set<string>>();
		for (const { id, status } of await executions(workflow)) {
			// An execution that was cut off has put nothing out, but n8n has kept what started it.
			const { data } = await shop.n8n.client.call<{ data: string }>(
				'GET',
				`/rest/executions/${id}`,
			);
			const orders = byOutcome.get(status) ?? new Set();
			for (const tradeId of tradeIds) if (data.includes(tradeId)) orders.add(tradeId);
			byOutcome.set(status, orders);
		}
		return byOutcome;
	};

	/** Pays many orders at once, kills n8n in the middle of it, starts it again, and lets PonponPay repeat itself. */
	const payAndKill = async (workflow: Workflow) => {
		const { sandbox, n8n } = shop;
		sandbox.settings.deliveryTimeoutMs = 60_000;
		const tradeIds: string[] = [];
		for (let index = 0; index < ORDERS; index += 1) {
			tradeIds.push(await createOrderNotifying(sandbox, urlOf(workflow)));
		}
		const open = () =>
			tradeIds.filter((id) =>
				sandbox.deliveries
					.all(id)
					.some(({ url, state }) => url === urlOf(workflow) && state !== 'delivered'),
			);
		const [early, late] = [tradeIds.slice(0, ORDERS / 2), tradeIds.slice(ORDERS / 2)];
		for (const tradeId of early) sandbox.orders.pay(tradeId);
		await until('some answers', () => (open().length <= ORDERS - 5 ? true : undefined));
		for (const tradeId of late) sandbox.orders.pay(tradeId);
		await n8n.kill();
		await sandbox.deliveries.settled();
		expect(open()).not.toEqual([]);

		await n8n.restart();
		await until('the other answers', async () => {
			await sandbox.deliveries.retryNow();
			await sandbox.deliveries.settled();
			return open().length === 0 ? true : undefined;
		});
		return tradeIds;
	};

	it('arrives although n8n is killed under load', async () => {
		const workflow = await publish(chain('Killed', manual(), node('End', NO_OP, 1, {})));
		const tradeIds = await payAndKill(workflow);
		const arrived = [...(await ordersByOutcome(workflow, tradeIds)).values()];
		expect(new Set(arrived.flatMap((orders) => [...orders]))).toEqual(new Set(tradeIds));
	});

	it('runs the workflow to its end although n8n is killed, if PonponPay waits for it', async () => {
		const end = node('End', NO_OP, 1, {});
		const workflow = await publish(chain('Finished', manual({ respond: 'lastNode' }), end));
		const tradeIds = await payAndKill(workflow);
		const finished = (await ordersByOutcome(workflow, tradeIds)).get('success');
		expect(finished).toEqual(new Set(tradeIds));
	});
});

import type { Workflow, WorkflowNode } from '../n8n/client.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { decoded, encoded, makeBuyer, signPayment } from '../x402/buyer.mts';
import { PAYING_CLIENTS } from '../x402/clients.mts';
import type { PaymentRequired } from '../../nodes/shared/x402/paymentRequired';
import { openTestShop } from './testShop.mts';
import { chain, node } from './workflows.mts';

const CODE = 'n8n-nodes-base.code';
const RESPOND = 'n8n-nodes-base.respondToWebhook';
const WALLET = '0x52908400098527886E0F7030069857D2E4169EE7';
const PAYERS = 200;

/** Puts out what was paid and asked. */
const ECHO =
	'const { payment, request } = $input.first().json; return [{ json: { payment, number: request.query.number } }];';
const SLOW = `await new Promise((resolve) => setTimeout(resolve, 3000)); ${ECHO}`;

describe('A workflow that is sold by the call', () => {
	let shop: Shop;
	const buyer = makeBuyer('e2e');

	beforeAll(async () => (shop = await openTestShop()));
	afterAll(async () => await shop?.close());
	afterEach(() => shop.sandbox.faults.clear());

	const paywall = (parameters: object = {}): WorkflowNode =>
		node('Paywall', 'n8n-nodes-ponponpay.ponponPayPaywallTrigger', 2, {
			price: '0.01',
			networks: ['base'],
			wallet: WALLET,
			options: { unpaidPerMinute: 1_000_000, timeout: 10 },
			...parameters,
		});
	const code = (jsCode: string) => node('Work', CODE, 2, { jsCode });

	/** Publishes a workflow, whose address then stands in the dashboard. */
	const sell = async (...nodes: WorkflowNode[]) => {
		const file = shop.furnish(chain('Sold', ...nodes));
		const workflow = await shop.n8n.client.createWorkflow(file);
		await shop.n8n.client.publish(workflow.id);
		const url = `${shop.n8n.url}/webhook/${file.nodes[0].webhookId}`;
		shop.sandbox.x402.addResource({ url, method: 'GET', payTo: WALLET });
		return { workflow, url };
	};
	const askedAt = async (url: string) =>
		decoded<PaymentRequired>((await fetch(url)).headers.get('PAYMENT-REQUIRED') ?? '');
	const proofFor = async (url: string) => encoded(await signPayment(buyer, await askedAt(url)));
	const callWith = async (url: string, proof: string) => {
		const answer = await fetch(url, { headers: { 'PAYMENT-SIGNATURE': proof } });
		const receipt = answer.headers.get('PAYMENT-RESPONSE');
		return {
			status: answer.status,
			type: answer.headers.get('content-type'),
			text: await answer.text(),
			paymentId: receipt === null ? null : receiptOf(receipt).extensions.polypay.paymentId,
		};
	};
	const receiptOf = (header: string) =>
		decoded<{ success: boolean; extensions: { polypay: { paymentId: string } } }>(header);
	const executions = async ({ id }: Workflow) => await shop.n8n.client.listExecutions(id);
	const paymentsOf = (url: string) =>
		shop.sandbox.x402.payments().filter(({ resource }) => resource === url);

	it('asks for payment, programs and people, and runs nothing', async () => {
		const { workflow, url } = await sell(paywall(), code(ECHO));
		const plain = await fetch(url);
		expect(plain.status).toBe(402);
		const asked = decoded<PaymentRequired>(plain.headers.get('PAYMENT-REQUIRED') ?? '');
		expect(await plain.json()).toEqual(asked);
		expect(asked.resource.url).toBe(url);
		const page = await fetch(url, { headers: { accept: 'text/html' } });
		expect(page.status).toBe(402);
		expect(await page.text()).toContain('A call costs 0.01 USDC');
		expect(await executions(workflow)).toEqual([]);
	});

	it.each(Object.entries(PAYING_CLIENTS))(
		'is paid and answered for %s',
		async (_name, clientOf) => {
			const { workflow, url } = await sell(paywall(), code(ECHO));
			const answer = await clientOf(buyer)(`${url}?number=7`);
			expect(answer.status).toBe(200);
			const [payment, ...others] = paymentsOf(url);
			expect(others).toEqual([]);
			expect(JSON.parse(answer.text)).toMatchObject({
				number: '7',
				payment: { paymentId: payment.paymentId, amount: '0.01', network: 'base', isReplay: false },
			});
			expect(receiptOf(answer.headers['payment-response'])).toMatchObject({
				success: true,
				extensions: { polypay: { paymentId: payment.paymentId } },
			});
			expect((await executions(workflow)).map(({ status }) => status)).toEqual(['success']);
		},
	);

	it('answers by Respond to Webhook of its first version', async () => {
		const respond = node('Respond', RESPOND, 1, {
			respondWith: 'text',
			responseBody: '=for {{ $json.payment.paymentId }}',
			options: { responseCode: 201 },
		});
		const { url } = await sell(paywall({ respond: 'responseNode' }), respond);
		const proof = await proofFor(url);
		const first = await callWith(url, proof);
		expect(first).toMatchObject({ status: 201, text: `for ${first.paymentId}` });
		expect(await callWith(url, proof)).toEqual(first);
	});

	it('answers by Respond to Webhook as it is now, beside a Webhook node that is switched off', async () => {
		const respond = node('Respond', RESPOND, 1.1, {
			respondWith: 'json',
			responseBody: '={{ { answer: $json.payment.amount } }}',
			options: {},
		});
		const file = chain('Sold', paywall({ respond: 'responseNode' }), respond);
		const off = {
			...node('Webhook', 'n8n-nodes-base.webhook', 2, { path: 'off' }),
			disabled: true,
		};
		file.nodes.push(off);
		file.connections.Webhook = { main: [[{ node: 'Respond', type: 'main', index: 0 }]] };
		const workflow = await shop.n8n.client.createWorkflow(shop.furnish(file));
		await shop.n8n.client.publish(workflow.id);
		const url = `${shop.n8n.url}/webhook/${file.nodes[0].webhookId}`;
		shop.sandbox.x402.addResource({ url, method: 'GET', payTo: WALLET });
		const answer = await callWith(url, await proofFor(url));
		expect(answer).toMatchObject({ status: 200, text: '{"answer":"0.01"}' });
		expect(answer.paymentId).toBe(paymentsOf(url)[0].paymentId);
	});

	it('sells a file', async () => {
		const file = code(
			`return [{ json: {}, binary: { data: await this.helpers.prepareBinaryData(Buffer.from('a book'), 'book.txt', 'text/plain') } }];`,
		);
		const { url } = await sell(paywall({ responseData: 'firstEntryBinary' }), file);
		const proof = await proofFor(url);
		for (const times of [1, 2]) {
			const answer = await callWith(url, proof);
			expect({ times, ...answer }).toMatchObject({ status: 200, text: 'a book' });
			expect(answer.type).toMatch(/^text\/plain/);
		}
	});

	it('says who has paid where the workflow did not come to its end, and makes up for it', async () => {
		const stop = code(
			`const data = $getWorkflowStaticData('global'); throw new Error('not today');`,
		);
		const { workflow, url } = await sell(paywall(), stop);
		const proof = await proofFor(url);
		const failed = await callWith(url, proof);
		const [{ paymentId }] = paymentsOf(url);
		expect(failed).toMatchObject({ status: 500, paymentId });
		expect(JSON.parse(failed.text)).toMatchObject({ code: 'workflow_not_finished', paymentId });
		expect(await callWith(url, proof)).toMatchObject({ status: 500, paymentId });
		expect(await executions(workflow)).toHaveLength(2);
		expect(paymentsOf(url)).toMatchObject([{ settles: 1 }]);
	});

	it('runs nothing for what is forged, doubled or replayed', async () => {
		const { workflow, url } = await sell(paywall(), code(ECHO));
		const asked = await askedAt(url);
		const forged = await signPayment(makeBuyer('forger'), asked);
		forged.payload.authorization.from = buyer.address;
		expect(await callWith(url, encoded(forged))).toMatchObject({ status: 402, paymentId: null });
		const proof = encoded(await signPayment(buyer, asked));
		const doubled = await fetch(url, {
			headers: { 'PAYMENT-SIGNATURE': proof, 'X-PAYMENT': proof },
		});
		expect(doubled.status).toBe(402);
		expect(await executions(workflow)).toEqual([]);
		const together = await Promise.all([1, 2, 3].map(async () => await callWith(url, proof)));
		const [first] = together;
		expect(first.status).toBe(200);
		expect([...together, await callWith(url, proof)]).toEqual(Array(4).fill(first));
		expect(await executions(workflow)).toHaveLength(1);
		expect(paymentsOf(url)).toMatchObject([{ settles: 1 }]);
	});

	it(`has as many runs as settlements and charges, of ${PAYERS} payers and a fifth of the answers lost`, async () => {
		const { workflow, url } = await sell(paywall(), code(ECHO));
		shop.sandbox.faults.rate({
			share: 0.2,
			seed: 'e2e',
			faults: [
				{ kind: 'status', status: 502, when: 'after' },
				{ kind: 'reset', when: 'after' },
				{ kind: 'status', status: 503, when: 'before' },
				{ kind: 'truncated' },
			],
		});
		const asked = await askedAt(url);
		const pay = async (number: number) => {
			let proof = encoded(await signPayment(makeBuyer(`payer ${number % 40}`), asked));
			for (;;) {
				const answer = await callWith(`${url}?number=${number}`, proof);
				// Not taken, as it came too late to be settled: a client then signs anew.
				if (answer.status === 402) proof = encoded(await signPayment(buyer, asked));
				else if (answer.status !== 503) return answer;
			}
		};
		const answers = await Promise.all(Array.from({ length: PAYERS }, (_, number) => pay(number)));
		expect(
			answers.map(({ status, text }) => [status, (JSON.parse(text) as { number: string }).number]),
		).toEqual(Array.from({ length: PAYERS }, (_, number) => [200, String(number)]));
		const ids = answers.map(({ paymentId }) => paymentId);
		expect(new Set(ids).size).toBe(PAYERS);
		expect(
			paymentsOf(url)
				.map(({ paymentId }) => paymentId)
				.sort(),
		).toEqual([...ids].sort());
		const count = await shop.n8n.client.call<{ count: number }>(
			'GET',
			`/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: workflow.id }))}&limit=1`,
		);
		expect(count.count).toBe(PAYERS);
	}, 240_000);

	it('is charged and answered once although n8n is killed between settlement and answer', async () => {
		const { workflow, url } = await sell(paywall(), code(SLOW));
		const proof = await proofFor(url);
		const cut = callWith(url, proof).catch(() => 'cut' as const);
		await until('the settlement', () => (paymentsOf(url).length > 0 ? true : undefined));
		await shop.n8n.kill();
		expect(await cut).toBe('cut');
		await shop.n8n.restart();
		// Until it is certain that nobody works on it any more, the buyer is asked to come again.
		const answer = await until('the answer', async () => {
			const given = await callWith(url, proof);
			return given.status >= 500 ? undefined : given;
		});
		const [{ paymentId }] = paymentsOf(url);
		expect(answer).toMatchObject({ status: 200, paymentId });
		expect(JSON.parse(answer.text)).toMatchObject({ payment: { paymentId, isReplay: true } });
		expect(await callWith(url, proof)).toEqual(answer);
		expect(paymentsOf(url)).toHaveLength(1);
		const succeeded = (await executions(workflow)).filter(({ status }) => status === 'success');
		expect(succeeded).toHaveLength(1);
	});

	it.each([
		['lastNode', 'firstEntryJson'],
		['lastNode', 'allEntries'],
		['responseNode', undefined],
	])(
		'is not answered a second time after a restart of n8n (%s, %s)',
		async (respond, responseData) => {
			const last =
				respond === 'lastNode'
					? code(ECHO)
					: node('Respond', RESPOND, 1, {
							respondWith: 'text',
							responseBody: 'answer',
							options: {},
						});
			const { workflow, url } = await sell(
				paywall({ respond, ...(responseData && { responseData }) }),
				last,
			);
			const proof = await proofFor(url);
			const { status, paymentId } = await callWith(url, proof);
			expect(status).toBe(200);
			// A workflow may answer before it has ended.
			const [{ id: first }] = await executions(workflow);
			await shop.n8n.client.waitForExecution(first);
			await shop.n8n.restart();
			for (const times of [1, 2]) {
				const again = await callWith(url, proof);
				expect({ times, ...again }).toMatchObject({ times, status: 409, paymentId });
				expect(JSON.parse(again.text)).toMatchObject({ code: 'already_answered', paymentId });
			}
			for (const { id } of await executions(workflow)) {
				expect((await shop.n8n.client.waitForExecution(id)).status).not.toBe('error');
			}
		},
	);
});

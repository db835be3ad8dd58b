import type { Browser } from 'playwright-core';

import { createOrder } from '../e2e/orders.mts';
import { openTestShop } from '../e2e/testShop.mts';
import { chain, manualStart, node, ponponPay, ponponPayTrigger } from '../e2e/workflows.mts';
import { forward, startServer } from '../engine/harness/server.mts';
import type { Workflow } from '../n8n/client.mts';
import { credentialFor, type Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openBrowser } from './browser.mts';
import { Editor, keepPicture } from './editor.mts';

/** A merchant whose plan has no orders left. */
const USED_UP = {
	id: 'M100002',
	name: 'Small Shop',
	apiKey: 'sk_live_of_the_small_shop',
	sandboxApiKey: 'sk_sandbox_of_the_small_shop',
	monthlyOrderQuota: 0,
};
/** Not on this machine. Nothing is sent to it: what is wrong is seen before. */
const ON_THE_INTERNET = 'https://ponponpay.example';
const AN_HOUR = 3600;

describe('Somebody who makes a mistake reads what to do: ', () => {
	let shop: Shop;
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		shop = await openTestShop({ sandbox: { furtherMerchants: [USED_UP] } });
		browser = await openBrowser();
		editor = await Editor.open(browser, shop.n8n.url);
	});

	afterEach(async () => {
		shop.sandbox.faults.clear();
		shop.sandbox.settings.clockOffset = 0;
		await enterCredential({});
	});

	afterAll(async () => {
		await browser?.close();
		await shop?.close();
	});

	const enterCredential = async (changes: Record<string, string>) => {
		const { data, ...input } = credentialFor(shop.sandbox);
		const credential = { ...input, data: { ...data, ...changes } };
		await shop.n8n.client.updateCredential(shop.credential.id, credential);
	};

	/** A workflow with one action, whose panel is open. */
	const openAction = async (parameters: Record<string, unknown>) => {
		const file = chain('Mistake', manualStart(), ponponPay('PonponPay', parameters));
		const { id } = await shop.n8n.client.createWorkflow(shop.furnish(file));
		await editor.openWorkflow(id);
		await editor.openNode('PonponPay');
	};

	const newOrder = (options: Record<string, unknown> = {}) => ({
		resource: 'order',
		operation: 'create',
		amount: '25',
		options,
	});

	const byTradeId = (value: string) => ({ __rl: true, mode: 'tradeId', value });

	/** Executes the open node and keeps a picture of what it says. */
	const executeInVain = async (picture: string) => {
		await editor.execute();
		const shown = await editor.shownError();
		await keepPicture(editor.panel, picture);
		return shown;
	};

	it('an amount with a comma', async () => {
		await openAction(newOrder());
		await editor.fill('amount', '10,50');
		const { title } = await executeInVain('mistake');
		expect(title).toMatch(
			/^Amount must be a number with a point before the decimals .*such as 10 or 10\.50\. It is "10,50"\.$/,
		);
	});

	it('a key that PonponPay does not know', async () => {
		await enterCredential({ apiKey: 'sk_live_mistyped' });
		await openAction(newOrder());
		const { title, description } = await executeInVain('mistake-key');
		expect(title).toBe('PonponPay does not accept the API key');
		expect(description).toMatch(
			/^Check the API Key in the PonponPay credential, and that it belongs to the host chosen there\./,
		);
	});

	it('a currency chosen after the network, which does not carry it: the network is open again', async () => {
		await openAction(newOrder());
		await editor.openList('network');
		await editor.pick('Polygon');
		await editor.openList('currency');
		await editor.pick('BUSD');
		expect(await editor.openList('network')).toEqual(['BSC (BEP-20)']);
		await keepPicture(editor.panel, 'mistake-network-list');
	});

	it('a network entered by hand, which does not carry the currency', async () => {
		const byHand = (value: string) => ({ __rl: true, mode: 'id', value });
		const order = { ...newOrder(), currency: byHand('BUSD'), network: byHand('polygon') };
		await openAction(order);
		const { title, description } = await executeInVain('mistake-network');
		expect(title).toBe('PonponPay refused: currency not supported on polygon: BUSD');
		expect(description).toMatch(
			/^Your account takes BUSD on these networks: BSC \(BEP-20\)\. Choose one of them, or another currency\./,
		);
	});

	it.each([
		['redirectUrl', 'Redirect URL', 'shop.example.com/thanks'],
		['notifyUrl', 'Notify URL', 'http://n8n.example.com/webhook/1'],
	])('a link without https (%s)', async (option, label, link) => {
		await openAction(newOrder({ [option]: link }));
		const { title } = await executeInVain(`mistake-${option}`);
		expect(title).toBe(
			`${label} must be a complete address that starts with https://. It is "${link}".`,
		);
	});

	it('an order that is not there', async () => {
		const order = byTradeId('shop-1042');
		await openAction({ resource: 'order', operation: 'get', order });
		const { title, description } = await executeInVain('mistake-order');
		expect(title).toBe('PonponPay refused: order not found');
		expect(description).toMatch(
			/^Check the ID: PonponPay's own \(such as the trade ID\) and that of your shop are two different ones\./,
		);
	});

	it('a refund of more than was paid', async () => {
		const tradeId = await createOrder(shop.sandbox);
		const { actualAmount } = shop.sandbox.orders.pay(tradeId);
		const order = byTradeId(tradeId);
		await openAction({ resource: 'refund', operation: 'create', order, amount: '500' });
		const { title } = await executeInVain('mistake-refund');
		expect(title).toBe(
			`Amount must not be more than what is left of the order (paid ${actualAmount}, refunded so far 0, left ${actualAmount} USDT); empty, all of that is sent back. It is "500".`,
		);
		expect(shop.sandbox.refunds.all()).toEqual([]);
	});

	it('a plan whose orders are used up', async () => {
		await enterCredential({ apiKey: USED_UP.apiKey });
		await openAction(newOrder());
		const { title, description } = await executeInVain('mistake-quota');
		expect(title).toMatch(/^PonponPay refused: monthly order quota .* exceeded/);
		expect(description).toMatch(
			/^Each PonponPay plan allows a certain number of orders a month: choose a larger plan in the PonponPay dashboard, or wait for the next month\./,
		);
	});

	it('more requests than PonponPay takes', async () => {
		// Longer than the node has patience for, so that it says so at once.
		const busy = { kind: 'status', status: 429, when: 'before', retryAfter: 90 } as const;
		shop.sandbox.faults.always('/order/add', busy);
		await openAction(newOrder());
		const { title, description } = await executeInVain('mistake-rate');
		expect(title).toBe('PonponPay is receiving too many requests from this account');
		expect(description).toMatch(
			/^Run it again later, or with fewer items at once\. PonponPay asks to wait 90 seconds\./,
		);
	});

	describe('an n8n that the internet does not know,', () => {
		beforeEach(async () => await enterCredential({ customUrl: ON_THE_INTERNET }));

		it('when the trigger is published', async () => {
			await openTrigger();
			expect(await editor.publishInVain()).toContain(
				`PonponPay cannot reach this n8n, because the internet does not know ${shop.n8n.url}. Set WEBHOOK_URL in the settings of n8n to an address that it knows`,
			);
			await keepPicture(editor.page, 'mistake-unreachable', { withToasts: true });
		});

		it('when an order is to wake its execution', async () => {
			await openAction(newOrder({ notifyExecution: true }));
			const { title } = await executeInVain('mistake-wake');
			expect(title).toBe(
				`The address of this n8n server (WEBHOOK_URL) must be one that PonponPay can reach; where there is none, let the waiting node learn of the payment by Polling. It is "${shop.n8n.url}".`,
			);
		});
	});

	/** A workflow with a trigger, open in the editor. */
	const openTrigger = async (): Promise<Workflow> => {
		const trigger = ponponPayTrigger({ events: ['order.paid'], registration: 'automatic' });
		const file = chain('Paid', trigger, node('End', 'n8n-nodes-base.noOp', 1, {}));
		const workflow = await shop.n8n.client.createWorkflow(shop.furnish(file));
		await editor.openWorkflow(workflow.id);
		return workflow;
	};

	describe('a callback that must not be trusted because of', () => {
		let trigger: Workflow;
		let triggerUrl: string;
		let receiver: Workflow;
		let receiverUrl: string;

		beforeAll(async () => {
			const { client, url } = shop.n8n;
			trigger = await openTrigger();
			await client.publish(trigger.id);
			triggerUrl = shop.sandbox.hooks.all()[0].url;

			receiverUrl = `${url}/webhook/own-receiver`;
			const webhook = node('Webhook', 'n8n-nodes-base.webhook', 2, {
				httpMethod: 'POST',
				path: 'own-receiver',
				options: { rawBody: true },
			});
			const verify = ponponPay('Verify', { resource: 'webhook', operation: 'verify' });
			receiver = await client.createWorkflow(shop.furnish(chain('Own', webhook, verify)));
			await client.publish(receiver.id);
		});

		const payOrderThatNotifies = async (url: string) => {
			shop.sandbox.orders.pay(await createOrder(shop.sandbox, url));
			await shop.sandbox.deliveries.settled();
		};

		/** What Webhook: Verify says in its panel about the callback that is delivered meanwhile. */
		const readVerdict = async (picture: string, deliver: () => Promise<void>) => {
			const { client } = shop.n8n;
			const known = (await client.listExecutions(receiver.id)).map(({ id }) => id);
			await deliver();
			const execution = await client.waitForNextExecution(receiver.id, known);
			await editor.openExecution(receiver.id, execution.id);
			await editor.openNode('Verify');
			await editor.showSchema();
			await keepPicture(editor.panel, picture);
			return await editor.output.innerText();
		};

		/** Waits for n8n to print this. */
		const logged = async (text: string) =>
			await until(`"${text}" in n8n's log`, () => shop.n8n.logs().includes(text) || undefined);

		it('a clock that is wrong: in the panel of Webhook: Verify, in the log, and when publishing', async () => {
			shop.sandbox.settings.clockOffset = AN_HOUR;
			const advice =
				'its timestamp is too far from the clock of this n8n server. Set that clock right';
			const verdict = await readVerdict('mistake-clock', async () => {
				await payOrderThatNotifies(receiverUrl);
			});
			expect(verdict).toContain(`The callback must not be trusted: ${advice}`);
			expect(verdict).toMatch(/the delivery is 3[56]\d\d seconds ahead of this server/);
			await logged(`PonponPay Trigger "PonponPay Trigger" refused a delivery: ${advice}`);
			expect(await shop.n8n.client.listExecutions(trigger.id)).toEqual([]);

			await openTrigger();
			expect(await editor.publishInVain()).toContain(
				'The clock of this n8n server is 60 minutes behind that of PonponPay, so every callback would be refused. Set the clock of the server, then publish again.',
			);
			await keepPicture(editor.page, 'mistake-clock-publish', { withToasts: true });
		});

		it('a proxy that changes bodies: in the panel of Webhook: Verify, and in the log', async () => {
			const proxy = await startServer(async (request, response) => {
				const body = JSON.stringify(JSON.parse(request.body), undefined, 4);
				await forward(shop.n8n.url, { ...request, body }, response);
			});
			const behindIt = (url: string) => url.replace(shop.n8n.url, proxy.url);
			const advice =
				'something rewrites the body, mostly a proxy or firewall in front of n8n. Let it pass callbacks through unchanged';
			const verdict = await readVerdict('mistake-proxy', async () => {
				await payOrderThatNotifies(behindIt(receiverUrl));
			});
			expect(verdict).toContain('The callback must not be trusted: the signature does not fit');
			expect(verdict).toContain(advice);

			await payOrderThatNotifies(behindIt(triggerUrl));
			await proxy.close();
			await logged(advice);
		});
	});
});

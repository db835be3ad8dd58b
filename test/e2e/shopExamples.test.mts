import jsQr from 'jsqr';
import { PNG } from 'pngjs';

import {
	withCredentials,
	type CredentialReference,
	type Execution,
	type Workflow,
	type WorkflowFile,
} from '../n8n/client.mts';
import { CREDENTIAL_TYPE, loadExample, type Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openChat, type Chat } from './chat.mts';
import { openMailbox, readMail, type Mailbox } from './mailbox.mts';
import { openTelegram, type Telegram } from './telegram.mts';
import { openTestShop } from './testShop.mts';
import { WaitingRoom } from './waiting.mts';

/** The place that the examples leave for the address of one's own chat. */
const CHAT_PLACEHOLDER = 'https://chat.example.com/hook';

let shop: Shop;
let room: WaitingRoom;
let chat: Chat;
let mailbox: Mailbox;
let telegram: Telegram;
let credentials: Record<string, CredentialReference>;

beforeAll(async () => {
	[shop, chat, mailbox, telegram] = await Promise.all([
		openTestShop(),
		openChat(),
		openMailbox(),
		openTelegram(),
	]);
	room = new WaitingRoom(shop);
	const { client } = shop.n8n;
	credentials = {
		[CREDENTIAL_TYPE]: shop.credential,
		smtp: await client.createCredential({
			name: 'SMTP account',
			type: 'smtp',
			data: { host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true },
		}),
		telegramApi: await client.createCredential({
			name: 'Telegram account',
			type: 'telegramApi',
			data: { accessToken: '1:bot', baseUrl: telegram.url },
		}),
	};
});

afterAll(async () => {
	for (const opened of [shop, chat, mailbox, telegram]) await opened?.close();
});

type Change = (file: WorkflowFile) => WorkflowFile;

/** Imports the example as a shop owner does: with credentials chosen, and the chat's address put in. */
async function importExample(name: string, change: Change = (file) => file): Promise<Workflow> {
	const asText = JSON.stringify(change(loadExample(name)));
	const file = JSON.parse(asText.replaceAll(CHAT_PLACEHOLDER, chat.address(name))) as WorkflowFile;
	return await shop.n8n.client.createWorkflow(withCredentials(file, credentials));
}

async function publishExample(name: string, change?: Change): Promise<Workflow> {
	const workflow = await importExample(name, change);
	await shop.n8n.client.publish(workflow.id);
	return workflow;
}

/** The example with other values in one of its Set nodes. */
function withValues(
	file: WorkflowFile,
	nodeName: string,
	values: Record<string, unknown>,
): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		if (node.name !== nodeName) return node;
		const { assignments } = node.parameters.assignments as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		const changed = assignments.map((each) => ({
			...each,
			value: values[each.name] ?? each.value,
		}));
		return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } };
	});
	return { ...file, nodes };
}

/** The example with other options in its PonponPay Trigger. */
function withTriggerOptions(file: WorkflowFile, options: object): WorkflowFile {
	const nodes = file.nodes.map((node) =>
		node.name === 'PonponPay Trigger'
			? { ...node, parameters: { ...node.parameters, options } }
			: node,
	);
	return { ...file, nodes };
}

/** What PonponPay answers to a shop that asks by other ways than n8n. */
async function answerOf(endpoint: string, body: object): Promise<string> {
	const answer = await fetch(`${shop.sandbox.url}/api/v1/pay/sdk${endpoint}`, {
		method: 'POST',
		headers: { 'X-API-Key': shop.sandbox.apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await answer.text();
}

async function newOrder(endpoint: string, body: object): Promise<string> {
	const { data } = JSON.parse(await answerOf(endpoint, body)) as { data: { trade_id: string } };
	return data.trade_id;
}

async function pendingOrder(merchantOrderId: string, amount = 10): Promise<string> {
	const method = { currency: 'USDT', network: 'tron' };
	return await newOrder('/order/add', { amount, mch_order_id: merchantOrderId, ...method });
}

async function paidOrder(merchantOrderId: string, amount = 10): Promise<string> {
	const tradeId = await pendingOrder(merchantOrderId, amount);
	shop.sandbox.orders.pay(tradeId);
	return tradeId;
}

/** The execution that `start` starts, once it has ended. */
async function executionBy(workflow: Workflow, start: () => unknown): Promise<Execution> {
	const { client } = shop.n8n;
	const known = (await client.listExecutions(workflow.id)).map(({ id }) => id);
	await start();
	const next = await client.waitForNextExecution(workflow.id, known);
	return next.status === 'waiting' ? next : expectSuccess(next);
}

function expectSuccess(execution: Execution): Execution {
	expect({ status: execution.status, message: execution.error?.message }).toEqual({
		status: 'success',
		message: undefined,
	});
	return execution;
}

/** Presses "Execute workflow" on the example's first node. */
async function executeByHand(workflow: Workflow, trigger: string): Promise<Execution> {
	const id = await shop.n8n.client.runWorkflow(workflow.id, trigger);
	return expectSuccess(await shop.n8n.client.waitForExecution(String(id)));
}

/** Sends a form of n8n as a browser does: fields are numbered in their order. */
async function submitForm(url: string, fields: string[]): Promise<Response> {
	const form = new FormData();
	fields.forEach((value, index) => form.append(`field-${index}`, value));
	return await fetch(url, { method: 'POST', body: form });
}

/** What a phone would see. */
function scan(picture: Buffer): string | undefined {
	const { data, width, height } = PNG.sync.read(picture);
	return jsQr(new Uint8ClampedArray(data), width, height)?.data;
}

describe('Form → payment link', () => {
	it('leads from the form to the payment page of an order of that amount', async () => {
		const workflow = await publishExample('form-to-payment-link');
		const form = `${shop.n8n.url}/form/pay-invoice`;
		expect(await (await fetch(form)).text()).toContain('Pay your invoice');

		const before = shop.sandbox.orders.all().length;
		const answer = await submitForm(form, ['2026-18', '12.5']);
		const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
		const order = await until('the order', () => shop.sandbox.orders.all()[before]);
		const [{ id }] = await shop.n8n.client.listExecutions(workflow.id);
		await room.untilWaiting(id);

		const ending = await (await fetch(formWaitingUrl)).text();
		expect(ending).toContain(order.paymentUrl);
		expect(order).toMatchObject({ amount: '12.5', status: 'checkout' });
		// The page says so to n8n before it goes to the payment.
		await fetch(formWaitingUrl, { method: 'POST' });
		expectSuccess(await room.finished(id));
	});
});

describe('Paid order → table and e-mail', () => {
	it('writes one row for each order, also when one is told twice, and sends an e-mail', async () => {
		// The trigger itself skips what is told again, until n8n is restarted.
		const workflow = await publishExample('paid-order-to-table-and-mail', (file) =>
			withTriggerOptions(file, { duplicates: 'emit' }),
		);
		let tradeId = '';
		const first = await executionBy(workflow, async () => (tradeId = await paidOrder('table-1')));
		const { actualAmount } = shop.sandbox.orders.get(tradeId);
		const [{ json: row }] = first.items('Write row');
		expect(row).toMatchObject({
			merchantOrderId: 'table-1',
			amount: actualAmount,
			currency: 'USDT',
			network: 'tron',
		});
		const [mail] = mailbox.mails();
		expect(mail).toContain('Subject: Order table-1 is paid');
		expect(mail).toContain(`${actualAmount} USDT arrived`);

		const [delivery] = shop.sandbox.deliveries.all(tradeId);
		const again = await executionBy(
			workflow,
			async () => await shop.sandbox.deliveries.redeliver(delivery.id),
		);
		expect(again.items('Write row').map(({ json }) => json.id)).toEqual([row.id]);

		const other = await executionBy(workflow, async () => await paidOrder('table-2'));
		expect(other.items('Write row')[0].json.id).not.toBe(row.id);
		await shop.n8n.client.unpublish(workflow.id);
	});
});

describe('Telegram order: link → wait → thank or say it is over', () => {
	it('gives a link, thanks whoever pays, and explains itself to whoever writes something else', async () => {
		const workflow = await publishExample('telegram-order-with-wait');
		const before = shop.sandbox.orders.all().length;
		const waiting = await executionBy(workflow, async () => await telegram.write(7, '/pay 12'));
		await room.untilWaiting(waiting.id);
		const order = shop.sandbox.orders.all()[before];
		expect(telegram.messages(7)).toEqual([expect.stringContaining(order.paymentUrl)]);
		shop.sandbox.orders.pay(order.tradeId);
		expectSuccess(await room.finished(waiting.id));
		expect(telegram.messages(7)).toEqual([
			expect.anything(),
			expect.stringMatching(/^Thank you! We got 12\.\d+ USDT\.$/),
		]);

		for (const message of ['hello', '/pay twelve']) {
			await executionBy(workflow, async () => await telegram.write(8, message));
		}
		const help = 'Write /pay and the amount, for example: /pay 12';
		expect(telegram.messages(8)).toEqual([help, help]);
	});
});

describe('Daily statistics → chat', () => {
	const today = {
		from: '={{ $now.startOf("day").toISO() }}',
		to: '={{ $now.endOf("day").toISO() }}',
	};
	const name = 'daily-statistics-to-chat';

	it('says so when there were no orders yesterday', async () => {
		await executeByHand(await importExample(name), 'Every morning');
		expect(chat.messages(name).at(-1)).toMatch(/^Orders of \d{4}-\d\d-\d\d\nNo orders\.$/);
	});

	it('adds up the orders of the day, a line for each stablecoin', async () => {
		await paidOrder('statistics-1', 20);
		const orders = shop.sandbox.orders.all().filter(({ currency }) => currency === 'USDT');
		const paid = orders.filter(({ status }) => status === 'paid');
		const open = orders.filter(({ status }) => status === 'pending');
		const workflow = await importExample(name, (file) => withValues(file, 'Yesterday', today));
		await executeByHand(workflow, 'Every morning');
		expect(chat.messages(name).at(-1)).toContain(
			`\nUSDT: ${paid.length} of ${orders.length} paid, ${open.length} open, `,
		);
	});
});

describe('Refund with human approval', () => {
	const name = 'refund-with-human-approval';
	const wallet = 'TNpx4MRCx7ZQG4KqcQVj1oLCyW67WB67tm';
	const customer = 'customer@example.com';
	let workflow: Workflow;
	beforeAll(async () => {
		workflow = await publishExample(name);
	});

	/** Fills in the form of the shop. */
	const ask = async (order: string, amount = '', address = wallet) =>
		await executionBy(workflow, async () => {
			const form = `${shop.n8n.url}/form/refund-request`;
			await submitForm(form, [order, address, customer, amount, 'Too small']);
		});
	/** The same where a person is asked; returns the form that the chat is sent. */
	const askPerson = async (order: string, amount?: string) => {
		const { id } = await ask(order, amount);
		await room.untilWaiting(id);
		const message = String(chat.messages(name).at(-1));
		return { id, message, form: String(/http\S+$/.exec(message)?.[0]) };
	};
	const lastMail = () => readMail(mailbox.mails().at(-1) ?? '');

	it('shows what is left, asks the holder of the wallet once a person has agreed, and tells the customer', async () => {
		const tradeId = await paidOrder('refund-1');
		const { actualAmount } = shop.sandbox.orders.get(tradeId);
		const { id, message, form } = await askPerson('refund-1', '4');
		expect(message).toContain(`Refund of order refund-1: Send exactly 4 USDT on Tron (TRC-20)`);
		expect(message).toContain(
			`to ${wallet}? Paid ${actualAmount}, asked for before 0, left ${actualAmount}. Reason: Too small.`,
		);
		expect(await (await fetch(form)).text()).toContain('Refund order refund-1?');
		const before = mailbox.mails().length;

		await submitForm(form, ['Refund']);
		await room.untilReached(id, 'Send QR code');
		await room.untilWaiting(id);
		expect(mailbox.mails()).toHaveLength(before + 1);
		const request = lastMail();
		expect(request.to).toBe('wallet@example.com');
		expect(request.text).toContain(`Send exactly 4 USDT on Tron (TRC-20) to ${wallet}.`);
		expect(scan(request.picture)).toBe(wallet);

		const hash = '9f3c5a1be07d42c8a6b1f0d97e35284c6d0a9b8e7f1c2d3e4f5a6b7c8d9ee21b';
		const entry = String(/http\S+/.exec(request.text)?.[0]);
		await submitForm(entry, [hash]);
		const { items } = expectSuccess(await room.finished(id));
		expect(items('Write hash')[0].json).toMatchObject({ amount: '4', transactionHash: hash });
		expect(lastMail()).toMatchObject({
			to: customer,
			text: expect.stringContaining(`We have sent 4 USDT to ${wallet}.\n\nTransaction: ${hash}`),
		});
		expect(shop.sandbox.refunds.all(tradeId)).toEqual([]);
	});

	it('counts what was asked for before, and gives it free when a person declines', async () => {
		await paidOrder('refund-2');
		const first = await askPerson('refund-2', '7');
		const tooMuch = await ask('refund-2', '7');
		expect(tooMuch.items('Ask for approval')).toEqual([]);
		expect(lastMail().text).toContain('already asked for 7, left 3.');

		await submitForm(first.form, ['Decline']);
		expectSuccess(await room.finished(first.id));
		expect(lastMail()).toMatchObject({ to: customer, text: expect.stringMatching(/^We cannot/) });

		const again = await askPerson('refund-2', '7');
		expect(again.message).toContain('asked for before 0,');
	});

	it.each([
		['nobody paid', 'refund-3', wallet, 'only a paid order can be refunded'],
		['nobody knows', 'refund-none', wallet, 'order not found'],
		[
			'was paid, to a mistyped address',
			'refund-4',
			wallet.replace('x', 'y'),
			'must be a Tron address',
		],
	])('asks no person about an order that %s', async (_what, order, address, sentence) => {
		if (order === 'refund-3') await pendingOrder(order);
		if (order === 'refund-4') await paidOrder(order);
		const asked = chat.messages(name).length;
		const { items } = await ask(order, '', address);
		expect(items('Write it down')).toEqual([]);
		expect(chat.messages(name)).toHaveLength(asked);
		expect(lastMail()).toMatchObject({ to: customer, text: expect.stringContaining(sentence) });
	});
});

describe('Dispute alarm', () => {
	it('tells of a dispute with the hours that are left', async () => {
		const name = 'dispute-alarm';
		const workflow = await publishExample(name);
		const tradeId = await paidOrder('dispute-1');
		await executionBy(workflow, () => shop.sandbox.disputes.open(tradeId, 'Never arrived'));
		const [message] = chat.messages(name);
		expect(message).toContain('about order dispute-1: 10');
		expect(message).toContain('"Never arrived". 168 hours left to answer (until ');
	});
});

describe('Abandoned orders, cancelled nightly', () => {
	const name = 'abandoned-orders-nightly';

	it('leaves young orders alone', async () => {
		const young = await pendingOrder('young-1');
		await executeByHand(await importExample(name), 'Every night');
		expect(shop.sandbox.orders.get(young).status).toBe('pending');
	});

	it('cancels what nobody paid, and tells what was paid or over before it came to it', async () => {
		await pendingOrder('abandoned-1');
		await newOrder('/order/checkout', { amount: 3, mch_order_id: 'abandoned-2' });
		const paid = await pendingOrder('abandoned-3');
		const expired = await pendingOrder('abandoned-4');
		const { orders, faults } = shop.sandbox;
		const open = orders.all().filter(({ status }) => ['checkout', 'pending'].includes(status));

		// Both change after the list was read, and before they are cancelled.
		const list = await answerOf('/order/list', { status: [0, 1], page: 1, page_size: 100 });
		faults.script('/order/list', [{ kind: 'raw', body: list, when: 'before' }]);
		orders.pay(paid);
		orders.expire(expired);
		const workflow = await importExample(name, (file) => withValues(file, 'How old', { hours: 0 }));
		await executeByHand(workflow, 'Every night');

		expect(chat.messages(name).at(-1)).toBe(
			`Cancelled: ${open.length - 2}\nPaid meanwhile: abandoned-3\nCould not be cancelled: abandoned-4`,
		);
		const left = open.filter(({ tradeId }) => orders.get(tradeId).status !== 'cancelled');
		expect(left.map(({ tradeId }) => tradeId)).toEqual([paid, expired]);
	});
});

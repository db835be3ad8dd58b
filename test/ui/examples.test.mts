import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { createOrder } from '../e2e/orders.mts';
import { openTestShop } from '../e2e/testShop.mts';
import type { Workflow } from '../n8n/client.mts';
import { repositoryRoot } from '../n8n/repository.mts';
import { loadExample, type Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openBrowser } from './browser.mts';
import { lookAtCanvas, overlaps } from './canvas.mts';
import { Editor, keepPicture } from './editor.mts';

const FOLDER = join(repositoryRoot(), 'examples');
const EXAMPLES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
/** n8n listens for two minutes when nobody stops it; it may be busy then. */
const LISTENS_SECONDS = 180;

/** What examples need besides PonponPay. n8n chooses an account by itself where there is one of its kind. */
const ACCOUNTS = [
	{ name: 'Mail server', type: 'smtp', data: { host: '127.0.0.1', port: 25 } },
	{ name: 'Bot', type: 'telegramApi', data: { accessToken: '1:a' } },
	{ name: 'Model', type: 'openAiApi', data: { apiKey: 'a', url: 'http://127.0.0.1' } },
];

let shop: Shop;
let browser: Browser;
let editor: Editor;
/** Its page was closed while it listened, before everything else here. */
let left: Workflow;

beforeAll(async () => {
	shop = await openTestShop();
	for (const account of ACCOUNTS) await shop.n8n.client.createCredential(account);
	browser = await openBrowser();
	left = await importedTrigger();
	const hasty = await Editor.open(browser, shop.n8n.url);
	await hasty.openWorkflow(left.id);
	await hasty.openNode('PonponPay Trigger');
	await hasty.listen();
	await testHook(left);
	await hasty.page.close();
	editor = await Editor.open(browser, shop.n8n.url);
});

afterAll(async () => {
	await browser?.close();
	await shop?.close();
});

async function importedTrigger(): Promise<Workflow> {
	return await shop.n8n.client.createWorkflow(shop.furnish(loadExample('on-paid-order-notify')));
}

/** The test URLs of this workflow's trigger that are registered at PonponPay. */
function testUrls({ nodes }: Workflow): string[] {
	const ids = nodes.flatMap(({ webhookId }) => webhookId ?? []);
	const urls = shop.sandbox.hooks.all().map(({ url }) => url);
	return urls.filter((url) => ids.some((id) => url.includes(`/webhook-test/${id}/`)));
}

async function testHook(workflow: Workflow): Promise<string> {
	return await until('the test URL at PonponPay', () => testUrls(workflow)[0]);
}

async function untilForgotten(workflow: Workflow, seconds?: number): Promise<void> {
	const isForgotten = () => testUrls(workflow).length === 0 || undefined;
	await until('the test URL to be removed at PonponPay', isForgotten, { seconds });
}

/** Opens a trigger of its own and lets it listen. */
async function listening(): Promise<Workflow> {
	const workflow = await importedTrigger();
	await editor.openWorkflow(workflow.id);
	await editor.openNode('PonponPay Trigger');
	await editor.listen();
	await testHook(workflow);
	return workflow;
}

describe('listening for a test event', () => {
	it('shows the payment that came in, and leaves no address behind at PonponPay', async () => {
		const workflow = await listening();
		await keepPicture(editor.panel, 'listening');
		const tradeId = await createOrder(shop.sandbox);
		shop.sandbox.orders.pay(tradeId);
		const { head, rows } = await editor.outputTable();
		expect(head).toEqual(expect.arrayContaining(['event', 'order']));
		expect(rows).toHaveLength(1);
		expect(rows[0].join(' ')).toContain(tradeId);
		await keepPicture(editor.panel, 'test-event');
		await untilForgotten(workflow);
	});

	it('ends with the button, and leaves no address behind', async () => {
		const workflow = await listening();
		await editor.stopListening();
		await untilForgotten(workflow);
	});
});

describe('each example, imported from its file', () => {
	it.each(EXAMPLES)('shows all of %s, and nothing lies over another', async (file) => {
		const { name, nodes } = loadExample(file.replace(/\.json$/, ''));
		await editor.newWorkflow();
		await editor.importFile(join(FOLDER, file));
		await editor.page.getByTestId('zoom-to-fit').click();
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const canvas = await until('all of the workflow to be drawn', async () => {
			const seen = await lookAtCanvas(editor.page);
			return seen.nodes.length + seen.notes.length === nodes.length ? seen : undefined;
		});
		await keepPicture(editor.page, `example-${file.replace(/\.json$/, '')}`);

		expect(canvas.notes).toHaveLength(notes.length);
		expect(canvas.notes.filter(({ isCut }) => isCut)).toEqual([]);
		expect(overlaps(canvas)).toEqual([]);
		const marked = canvas.nodes.filter(({ mark }) => mark !== undefined);
		expect(marked.map((node) => `${node.name}: ${node.mark}`)).toEqual([]);
		await editor.page.getByText(name, { exact: true }).locator('visible=true').first().waitFor();
		const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-ponponpay.'));
		expect(ours.length).toBeGreaterThan(0);
		for (const our of ours) {
			const { subtitle } = canvas.nodes.find((node) => node.name === our.name) ?? {};
			expect(subtitle).toMatch(/^[A-Z][a-z]+( [A-Z]\w*)?(: [A-Z]|$)/);
		}
	});
});

it('leaves no address behind when the page is closed: n8n stops listening by itself', async () => {
	await untilForgotten(left, LISTENS_SECONDS);
}, 200_000);

import type { Browser, Locator } from 'playwright-core';

import { openTestShop } from '../e2e/testShop.mts';
import { newOrder } from '../e2e/waitingWorkflow.mts';
import { chain, manualStart, ponponPay } from '../e2e/workflows.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openBrowser } from './browser.mts';
import { Editor, keepPicture } from './editor.mts';

const OUTPUTS = ['Not Paid', 'Paid'];

describe('A node that waits for a payment, in the editor', () => {
	let shop: Shop;
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		shop = await openTestShop();
		browser = await openBrowser();
		editor = await Editor.open(browser, shop.n8n.url);
	});

	afterAll(async () => {
		await browser?.close();
		await shop?.close();
	});

	/** A workflow that creates and waits; its canvas is open. */
	const openWaiting = async (): Promise<string> => {
		const wait = ponponPay('Wait', { resource: 'order', operation: 'createAndWait', ...newOrder });
		const file = chain('Waiting', manualStart(), wait);
		const { id } = await shop.n8n.client.createWorkflow(shop.furnish(file));
		await editor.openWorkflow(id);
		return id;
	};

	it('shows the payment link in its panel, and the way to send it before the wait', async () => {
		await openWaiting();
		await editor.page.getByTestId('execute-workflow-button').click();
		const { paymentUrl, tradeId } = await until('an order', () => shop.sandbox.orders.all().at(-1));
		await editor.openNode('Wait');
		await editor.output.getByText(paymentUrl).waitFor();
		await editor.output.getByText('use two nodes: Create, then Wait for Payment').waitFor();
		await keepPicture(editor.panel, 'waiting');
		shop.sandbox.orders.pay(tradeId);
	});

	/** What the node's outputs lead to, by their names, once n8n has saved that. */
	const connected = async (id: string): Promise<Record<string, string[]>> => {
		type Saved = { connections: Record<string, { main: Array<Array<{ node: string }> | null> }> };
		const outputs = await until('the connection to be saved', async () => {
			const path = `/rest/workflows/${id}`;
			const { connections } = await shop.n8n.client.call<Saved>('GET', path);
			return connections.Wait?.main;
		});
		return Object.fromEntries(
			outputs.flatMap((targets, index) =>
				(targets ?? []).length === 0
					? []
					: [[OUTPUTS[index], (targets ?? []).map(({ node }) => node)]],
			),
		);
	};

	const addNext = async () => {
		await editor.page.getByTestId('node-creator-search-bar').fill('No Operation');
		await editor.nodeEntry('No Operation, do nothing').click();
		// n8n opens the panel of what was added.
		await editor.page.keyboard.press('Escape');
		await editor.save();
	};

	const plus = (output: number): Locator =>
		editor
			.node('Wait')
			.locator(`[data-test-id="canvas-node-output-handle"][data-index="${output}"]`)
			.getByTestId('canvas-handle-plus');

	it.each([
		['the "+" of all nodes while it is chosen', 'Not Paid', undefined],
		['the upper "+" beside it', 'Not Paid', 0],
		['the lower "+" beside it', 'Paid', 1],
	] as const)('is left by %s through %s', async (_how, output, index) => {
		const id = await openWaiting();
		if (index === undefined) {
			await editor.node('Wait').click();
			await editor.page.getByTestId('node-creator-plus-button').click();
		} else {
			await plus(index).click();
		}
		await addNext();
		expect(await connected(id)).toEqual({ [output]: ['No Operation, do nothing'] });
	});
});

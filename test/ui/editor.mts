import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

import { OWNER } from '../n8n/client.mts';
import { cachePath, repositoryRoot } from '../n8n/repository.mts';

/** How long the editor may take for one thing; machines that run tests are often busy. */
const PATIENCE_MS = 25_000;

/** Messages that come and go, which would be in a picture by chance. */
const WITHOUT_TOASTS = '.el-notification { visibility: hidden !important; }';

/**
 * Keeps a picture of the page or of a part of it, as `<name>.png`.
 *
 * @param withToasts where a message that comes and goes is the very thing to see
 */
export async function keepPicture(
	subject: Page | Locator,
	name: string,
	{ withToasts = false } = {},
): Promise<void> {
	await subject.screenshot({
		path: await picturePath(`${name}.png`),
		animations: 'disabled',
		style: withToasts ? undefined : WITHOUT_TOASTS,
	});
}

/** `PICTURES` names a folder whose pictures are to be renewed; those that it does not have go where all others go. */
async function picturePath(file: string): Promise<string> {
	const { PICTURES } = process.env;
	const renewed = PICTURES === undefined ? undefined : join(repositoryRoot(), PICTURES, file);
	if (renewed !== undefined && existsSync(renewed)) return renewed;
	const folder = cachePath('pictures');
	await mkdir(folder, { recursive: true });
	return join(folder, file);
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** What a person does and sees in n8n's editor. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens the editor, logged in as the owner. */
	static async open(browser: Browser, url: string): Promise<Editor> {
		const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
		const login = { emailOrLdapLoginId: OWNER.email, password: OWNER.password };
		await context.request.post(`${url}/rest/login`, { data: login });
		const page = await context.newPage();
		page.setDefaultTimeout(PATIENCE_MS);
		// n8n's advice to a new owner comes when it likes, and lies over everything.
		const advice = page.getByText('Production Checklist');
		await page.addLocatorHandler(advice, async () => {
			await advice.locator('xpath=..').locator('button, svg').first().click();
		});
		return new Editor(page, url);
	}

	// --- Workflows ---

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('node-creator-plus-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Saves the workflow that is open, as Ctrl and S do. */
	async save(): Promise<void> {
		await this.page.keyboard.press('Control+s');
	}

	/** Imports a workflow file as a person does, into the workflow that is open. */
	async importFile(path: string): Promise<void> {
		await this.page.getByTestId('workflow-menu').first().click();
		await this.page.getByTestId('workflow-menu-item-import').hover();
		const chooser = this.page.waitForEvent('filechooser');
		await this.page.getByTestId('workflow-menu-item-import-from-file').click();
		await (await chooser).setFiles(path);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Presses "Publish" and confirms; ends when n8n says that it is done. */
	async publish(): Promise<void> {
		await this.pressPublish();
		await this.page.getByTestId('workflowPublish-modal').waitFor({ state: 'hidden' });
		await this.page.getByText('Workflow published').first().waitFor();
		await this.page.keyboard.press('Escape');
	}

	/** Publishes what cannot be published. n8n tries for a quarter of a minute before it says so; ends with its message. */
	async publishInVain(): Promise<string> {
		await this.pressPublish();
		const message = this.page
			.locator('.el-notification')
			.filter({ hasText: 'Workflow could not be published' });
		await message.waitFor({ timeout: 2 * PATIENCE_MS });
		return (await message.innerText()).trim();
	}

	private async pressPublish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
	}

	/** Shows one execution as the tab "Executions" does. */
	async openExecution(workflowId: string, executionId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions/${executionId}`);
		await this.page.getByTestId('canvas-node').first().hover();
	}

	/** Another page, in a tab of its own. */
	async openElsewhere(url: string): Promise<Page> {
		const page = await this.page.context().newPage();
		await page.goto(url);
		return page;
	}

	// --- Adding nodes ---

	/** Opens the list of nodes and searches it. */
	async searchNodes(text: string): Promise<void> {
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.page.getByTestId('node-creator-search-bar').fill(text);
	}

	/** The entry of the node list with exactly this name. */
	nodeEntry(name: string): Locator {
		return this.page.getByTestId('node-creator-item-name').filter({ hasText: exactly(name) });
	}

	async addManualTrigger(): Promise<void> {
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.addByEntry('Trigger manually');
	}

	/** Adds a node to the canvas by an entry of the lists, such as "Trigger manually" or "Create order". */
	async addByEntry(name: string): Promise<void> {
		const before = await this.page.getByTestId('canvas-node').count();
		await this.nodeEntry(name).click();
		await this.page.getByTestId('canvas-node').nth(before).waitFor();
	}

	// --- The panel of a node ---

	/** The panel of the node that is open. */
	get panel(): Locator {
		return this.page.getByTestId('ndv');
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.panel.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	field(parameter: string): Locator {
		return this.panel.getByTestId(`parameter-input-${parameter}`);
	}

	async fill(parameter: string, value: string): Promise<void> {
		await this.field(parameter).locator('input, textarea').first().fill(value);
	}

	/** The names in the drop-down of this field, which stays open. */
	async openOptions(parameter: string): Promise<string[]> {
		await this.field(parameter).click();
		const options = this.openDropDown.locator('.option-headline');
		await options.first().waitFor();
		return (await options.allInnerTexts()).map((text) => text.trim());
	}

	private get openDropDown(): Locator {
		return this.page.locator('.el-select-dropdown:visible, .el-popper:visible').last();
	}

	/** What a field with "From list" offers; the list stays open. */
	async openList(parameter: string): Promise<string[]> {
		await this.panel.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await this.listEntries.first().waitFor();
		return (await this.listEntries.allInnerTexts()).map((text) => text.trim());
	}

	get listEntries(): Locator {
		return this.page.getByTestId('rlc-item').locator('visible=true');
	}

	/** Picks from a list that is open. */
	async pick(text: string | RegExp): Promise<void> {
		await this.listEntries.filter({ hasText: text }).first().click();
	}

	/** Executes the open node; ends when it has put something out or says why not. */
	async execute(): Promise<void> {
		const { output } = this;
		const button = this.panel.getByTestId('node-execute-button');
		const answered = this.page.waitForResponse(
			(response) => response.url().includes('/run') && response.request().method() === 'POST',
		);
		await button.click();
		await answered;
		await output
			.getByTestId('ndv-items-count')
			.or(output.getByTestId('node-error-view'))
			.or(output.locator('.node-error-view, [class*=errorMessage]'))
			.first()
			.waitFor();
		// While n8n works, the button is empty.
		await this.panel
			.locator('[data-test-id="node-execute-button"]:not([aria-busy="true"])')
			.waitFor();
	}

	/** What the open node says about why it did not succeed: the sentence, and the lines below it. */
	async shownError(): Promise<{ title: string; description: string }> {
		const title = this.output.getByTestId('node-error-message');
		await title.waitFor();
		const lines = await this.output.getByTestId('node-error-description').allInnerTexts();
		return { title: (await title.innerText()).trim(), description: lines.join('\n').trim() };
	}

	/** Lets the open trigger listen for a test event; ends when n8n listens. */
	async listen(): Promise<void> {
		await this.panel.getByTestId('node-execute-button').click();
		await this.panel.getByTestId('trigger-listening').waitFor();
	}

	/** Ends when n8n has stopped. */
	async stopListening(): Promise<void> {
		await this.panel.getByTestId('trigger-execute-button').click();
		await this.panel.getByTestId('trigger-listening').waitFor({ state: 'hidden' });
	}

	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	get input(): Locator {
		return this.page.getByTestId('ndv-input-panel');
	}

	/** Shows the output as a list of fields with their values. */
	async showSchema(): Promise<void> {
		await this.output.getByTestId('radio-button-schema').click();
		await this.output.getByTestId('run-data-schema-item').first().waitFor();
	}

	/** The output as a table: its head, and the texts of its rows. */
	async outputTable(): Promise<{ head: string[]; rows: string[][] }> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.locator('table').first();
		await table.waitFor();
		const texts = async (cells: Locator) =>
			(await cells.allInnerTexts()).map((text) => text.trim());
		const rows = await table.locator('tbody tr').all();
		return {
			head: (await texts(table.locator('thead th'))).filter((text) => text !== ''),
			rows: await Promise.all(rows.map((row) => texts(row.locator('td')))),
		};
	}

	// --- Credentials ---

	/** The window in which a credential is made. */
	get credential(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	/** Opens the window for a new credential of the open node. */
	async newCredential(): Promise<void> {
		await this.panel.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
		await this.credential.waitFor();
	}

	async fillCredential(parameter: string, value: string): Promise<void> {
		await this.credential.getByTestId(`parameter-input-${parameter}`).locator('input').fill(value);
	}

	async chooseInCredential(parameter: string, name: string): Promise<void> {
		await this.credential.getByTestId(`parameter-input-${parameter}`).click();
		await this.page.getByRole('option', { name }).click();
	}

	/** Presses "Save", which also tests it: n8n closes the window when that succeeds, and says why when not. */
	async saveCredential(): Promise<'closed' | 'refused'> {
		const tested = this.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.credential.getByTestId('credential-save-button').click();
		const { data } = (await (await tested).json()) as { data: { status: string } };
		if (data.status === 'OK') {
			await this.credential.waitFor({ state: 'hidden' });
			return 'closed';
		}
		await this.credential.getByText('Couldn’t connect with these settings').waitFor();
		return 'refused';
	}

	/** Opens the credential of the open node, which n8n then tests; ends when it is found good. */
	async reopenCredential(): Promise<void> {
		await this.panel.getByTestId('credential-edit-button').click();
		await this.credential.getByText('Connection tested successfully').waitFor();
		await this.credential.getByRole('button', { name: 'Retry' }).waitFor();
	}
}

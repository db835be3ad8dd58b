import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openTestShop } from '../e2e/testShop.mts';
import { copyDatabase } from '../n8n/database.mts';
import { startN8n, type N8nServer } from '../n8n/server.mts';
import type { Shop } from '../n8n/shop.mts';
import type { OrderView } from '../sandbox/control/views.mts';
import { Books } from './books.mts';
import { LINES, workflowOf, type Line } from './lines.mts';
import { Warehouse } from './warehouse.mts';

const PATIENCE = { seconds: 300 };
const PAID = new Set(['paid', 'manual', 'adminPaid']);

/** What the rounds have in common: a shop with its workflows, and the warehouse they deliver from. */
export class Stage {
	private amounts = 0;

	private constructor(
		readonly shop: Shop,
		readonly warehouse: Warehouse,
		private readonly ids: ReadonlyMap<Line, string>,
	) {}

	static async open(): Promise<Stage> {
		const warehouse = await Warehouse.open();
		// What a killed n8n had begun to publish its successor takes over after two minutes, unless told otherwise.
		const env = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20' };
		const shop = await openTestShop({ env });
		const ids = new Map<Line, string>();
		for (const line of LINES) {
			const { id } = await shop.n8n.client.createWorkflow(
				shop.furnish(workflowOf(line, warehouse)),
			);
			await shop.n8n.client.publish(id);
			ids.set(line, id);
		}
		return new Stage(shop, warehouse, ids);
	}

	async close(): Promise<void> {
		await this.shop.close();
		this.warehouse.close();
	}

	newBooks(): Books {
		return new Books(this.shop.sandbox.orders.all().length, () => {
			this.amounts += 1;
			return `${10 + Math.floor(this.amounts / 100)}.${String(this.amounts % 100).padStart(2, '0')}`;
		});
	}

	idOf(line: Line): string {
		return this.ids.get(line) ?? '';
	}

	/** The orders that came into being in this round, oldest first. */
	ordersOf({ firstOrder }: Books): OrderView[] {
		return this.shop.sandbox.orders.all().slice(firstOrder);
	}

	isPaid({ status }: OrderView): boolean {
		return PAID.has(status);
	}

	/** How often the shop's own n8n has delivered an order. */
	countEffects(line: Line, tradeId: string): number {
		const { url } = this.shop.n8n;
		return this.warehouse.effects.filter(
			(effect) => effect.line === line && effect.tradeId === tradeId && effect.n8n === url,
		).length;
	}

	async republish(line: Line): Promise<void> {
		const { client } = this.shop.n8n;
		// After a kill n8n first waits for what its former process had begun to publish.
		await client.unpublish(this.idOf(line), PATIENCE);
		await client.publish(this.idOf(line), PATIENCE);
	}

	/** The same n8n at another address, with the same key and a copy of the database; it goes when the work is done. */
	async withClone(work: (clone: N8nServer) => Promise<void>): Promise<void> {
		const { n8n } = this.shop;
		const userFolder = await mkdtemp(join(tmpdir(), 'ponponpay-clone-'));
		const [from, to] = [n8n.userFolder, userFolder].map((folder) => join(folder, '.n8n'));
		await mkdir(to);
		await cp(join(from, 'config'), join(to, 'config'));
		await symlink(join(from, 'nodes'), join(to, 'nodes'));
		await copyDatabase(n8n, join(to, 'database.sqlite'));
		const clone = await startN8n({ userFolder });
		try {
			await clone.client.logInAsOwner();
			await work(clone);
		} finally {
			await clone.close();
			const { hooks } = this.shop.sandbox;
			for (const hook of hooks.all().filter(({ url }) => url.startsWith(clone.url))) {
				hooks.remove(hook.webhookId);
			}
			await rm(userFolder, { recursive: true, force: true });
		}
	}
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowFile } from '../n8n/client.mts';
import type { Say } from '../n8n/commands.mts';
import { freePorts, isFree } from '../n8n/ports.mts';
import { loadExample, openShop, type Shop } from '../n8n/shop.mts';

/** The examples that the demo brings. What only a person starts cannot be published. */
const EXAMPLES = {
	create: { file: 'create-order', isPublished: false },
	shop: { file: 'order-from-shop', isPublished: true },
	notify: { file: 'on-paid-order-notify', isPublished: true },
} as const;
type Role = keyof typeof EXAMPLES;

interface Ports {
	n8n: number;
	sandbox: number;
}

/** What one demo leaves for the next, beside n8n's own data. */
interface Memory {
	ports?: Ports;
	workflows?: Partial<Record<Role, KnownWorkflow>>;
}

interface KnownWorkflow {
	id: string;
	/** Of the example that it was made from. */
	digest: string;
}

export interface StageOptions {
	/** Everything the demo keeps. */
	home: string;
	/** What the person asked for; the other ports are those of the last time, or free ones. */
	ports: Partial<Ports>;
	/** Forget everything first. */
	fresh: boolean;
	say: Say;
}

export interface Stage {
	shop: Shop;
	/** The ids of the workflows. */
	workflows: Record<Role, string>;
}

/**
 * Starts sandbox and n8n and puts the workflows in place.
 *
 * @throws Error when something does not come up; what was started is stopped by then
 */
export async function setStage({ home, ports, fresh, say }: StageOptions): Promise<Stage> {
	const memoryFile = join(home, 'demo.json');
	if (fresh) {
		await rm(join(home, '.n8n'), { recursive: true, force: true });
		await rm(memoryFile, { force: true });
	}
	const memory: Memory = existsSync(memoryFile)
		? (JSON.parse(await readFile(memoryFile, 'utf8')) as Memory)
		: {};
	const chosen = await choosePorts(ports, memory.ports);
	const shop = await openShop({
		userFolder: home,
		n8nPort: chosen.n8n,
		sandbox: { port: chosen.sandbox, ticking: true },
		say,
	});
	try {
		say('Importing and publishing the workflows …');
		const place = async (role: Role) => await placeExample(shop, role, memory.workflows?.[role]);
		const workflows = {
			create: await place('create'),
			shop: await place('shop'),
			notify: await place('notify'),
		};
		const next: Memory = { ports: chosen, workflows };
		await writeFile(memoryFile, JSON.stringify(next, null, 2));
		const { create, shop: fromShop, notify } = workflows;
		return { shop, workflows: { create: create.id, shop: fromShop.id, notify: notify.id } };
	} catch (error) {
		await shop.close();
		throw error;
	}
}

/** Addresses that stay the same keep bookmarks, and the webhook URLs that a person copied, alive. */
async function choosePorts(asked: Partial<Ports>, before: Partial<Ports> = {}): Promise<Ports> {
	const [forN8n, forSandbox] = await freePorts(2);
	return {
		n8n: await choosePort(asked.n8n, before.n8n, forN8n),
		sandbox: await choosePort(asked.sandbox, before.sandbox, forSandbox),
	};
}

async function choosePort(
	asked: number | undefined,
	before: number | undefined,
	free: number,
): Promise<number> {
	if (asked !== undefined) {
		if (await isFree(asked)) return asked;
		throw new Error(`Port ${asked} is in use. Choose another, or none to get a free one.`);
	}
	return before !== undefined && (await isFree(before)) ? before : free;
}

/** Makes the workflow, or takes the one of the last time with what a person changed in it. */
async function placeExample(
	{ n8n: { client }, furnish }: Shop,
	role: Role,
	known: KnownWorkflow | undefined,
): Promise<KnownWorkflow> {
	const { file: example, isPublished } = EXAMPLES[role];
	const file = loadExample(example);
	const digest = digestOf(file);
	const present = (await client.listWorkflows()).find(({ id }) => id === known?.id);
	if (present === undefined || known === undefined) {
		const { id } = await client.createWorkflow(furnish(file));
		if (isPublished) await client.publish(id);
		return { id, digest };
	}
	if (known.digest !== digest) await client.updateWorkflow(known.id, furnish(file));
	// A new sandbox knows no hooks, and n8n registers one only for a workflow that was withdrawn.
	if (present.active) await client.unpublish(known.id);
	if (isPublished) await client.publish(known.id);
	return { id: known.id, digest };
}

function digestOf(file: WorkflowFile): string {
	return createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 16);
}

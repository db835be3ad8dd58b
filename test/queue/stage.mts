import { parse } from 'flatted';

import { mapConcurrently } from '../../nodes/shared/concurrency';
import { openTestShop } from '../e2e/testShop.mts';
import { chain, node } from '../e2e/workflows.mts';
import { Warehouse } from '../model/warehouse.mts';
import type { Workflow, WorkflowFile, WorkflowNode } from '../n8n/client.mts';
import { startCluster, type Cluster } from '../n8n/cluster.mts';
import { sayOnStderr } from '../n8n/commands.mts';
import { Sender } from '../n8n/sender.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { Clock } from './clock.mts';

const SHIP = 'Ship';
const END = 'End';
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** What became of events: how often each was told, ran a workflow to its end, and was shipped. */
export interface Outcome {
	/** How many workflows ran to their end. */
	ended: number;
	/** How many effects the warehouse counted. */
	effects: number;
	/** Without an effect, or without a workflow that ran to its end. */
	lost: string[];
	/** With more effects, or more workflows that ran to their end, than one. */
	doubled: string[];
}

/** One execution as n8n has stored it. */
export interface StoredExecution {
	id: string;
	status: string;
	/** What it shipped, if it ran to its end. */
	ended: string | undefined;
}

/** A shop whose n8n is a cluster, with a warehouse. */
export class QueueStage {
	private constructor(
		readonly shop: Shop,
		readonly cluster: Cluster,
		readonly warehouse: Warehouse,
		readonly sender: Sender,
		/** The clock of the workers. */
		readonly clock: Clock,
	) {}

	static async open(): Promise<QueueStage> {
		const clock = await Clock.make();
		const warehouse = await Warehouse.open();
		let cluster: Cluster | undefined;
		const shop = await openTestShop({
			// How expressions are evaluated plays no part in what is counted, and this way takes a third of the time.
			env: { N8N_EXPRESSION_ENGINE: 'legacy' },
			start: async (options) =>
				(cluster = await startCluster({ ...options, workerEnv: clock.environment })),
		});
		if (cluster === undefined) throw new Error('The shop was opened without its cluster.');
		return new QueueStage(shop, cluster, warehouse, new Sender(shop.sandbox.apiKey), clock);
	}

	async close(): Promise<void> {
		await this.shop.close();
		this.warehouse.close();
		await this.clock.remove();
	}

	/** Publishes what `chainWithEffect()` makes. */
	async publish(line: string, key: string, ...nodes: WorkflowNode[]): Promise<Workflow> {
		return await this.publishFile(this.chainWithEffect(line, key, ...nodes));
	}

	/**
	 * A workflow of nodes that are followed by an effect at the warehouse.
	 *
	 * @param line the workflow's name
	 * @param key expression of what the effect is counted under
	 */
	chainWithEffect(line: string, key: string, ...nodes: WorkflowNode[]): WorkflowFile {
		const url = this.warehouse.urlOf(line, key);
		const ship = node(SHIP, HTTP_REQUEST, 4.2, { url, options: {} });
		return chain(line, ...nodes, ship, node(END, 'n8n-nodes-base.noOp', 1, {}));
	}

	async publishFile(file: WorkflowFile): Promise<Workflow> {
		const { client } = this.shop.n8n;
		const workflow = await client.createWorkflow(this.shop.furnish(file));
		await client.publish(workflow.id);
		return workflow;
	}

	/** The address of something below `/webhook/` at each processor. */
	at(path: string): string[] {
		return this.cluster.processors.map(({ url }) => `${url}/webhook/${path}`);
	}

	/** The address of a workflow's trigger at each processor. */
	atTrigger({ nodes }: WorkflowFile): string[] {
		const trigger = nodes.find(({ type }) => type.endsWith('.ponponPayTrigger'));
		return this.at(`${trigger?.webhookId}/webhook`);
	}

	/** The executions of a workflow, once none is under way. */
	async executions({ id, name }: Workflow): Promise<StoredExecution[]> {
		const { postgres } = this.cluster;
		const of = `FROM execution_entity WHERE "workflowId" = '${id}'`;
		await until(
			`the executions of "${name}" to end`,
			async () => {
				const underWay = `SELECT 1 ${of} AND status IN ('new', 'running') LIMIT 1`;
				return (await postgres.rows(underWay)).length === 0 ? true : undefined;
			},
			{ seconds: 120 },
		);
		const rows = await postgres.rows<{ id: number; status: string; data: string }>(
			`SELECT id, status, data ${of.replace(' WHERE', ' JOIN execution_data ON "executionId" = id WHERE')}`,
		);
		return rows.map((row) => ({
			id: String(row.id),
			status: row.status,
			ended: row.status === 'success' ? shippedIn(row.data) : undefined,
		}));
	}

	/** How many workflows have run to their end so far, while others may be under way. */
	async countEnds({ id }: Workflow): Promise<number> {
		const [{ count }] = await this.cluster.postgres.rows<{ count: number }>(
			`SELECT count(*) FROM execution_entity JOIN execution_data ON "executionId" = id
			WHERE "workflowId" = '${id}' AND status = 'success' AND data LIKE '%"${END}":"%'`,
		);
		return count;
	}

	/** What became of the events with these keys. */
	async outcome(workflow: Workflow, keys: readonly string[]): Promise<Outcome> {
		const wanted = new Set(keys);
		const ended = (await this.executions(workflow))
			.map((execution) => execution.ended)
			.filter((key) => key !== undefined && wanted.has(key));
		const effects = this.warehouse.effects
			.filter(({ line, tradeId }) => line === workflow.name && wanted.has(tradeId))
			.map(({ tradeId }) => tradeId);
		const count = (all: Array<string | undefined>, key: string) =>
			all.filter((each) => each === key).length;
		const outcome = {
			ended: ended.length,
			effects: effects.length,
			lost: keys.filter((key) => count(ended, key) < 1 || count(effects, key) < 1),
			doubled: keys.filter((key) => count(ended, key) > 1 || count(effects, key) > 1),
		};
		const { lost, doubled } = outcome;
		sayOnStderr(
			`    ${workflow.name}: ${keys.length} told, ${outcome.ended} ended, ${outcome.effects} effects, ${lost.length} lost, ${doubled.length} doubled; answers so far ${this.sender.tally()}`,
		);
		if (lost.length + doubled.length > 0) sayOnStderr(this.warnings());
		return outcome;
	}

	/** What our nodes have said in n8n's log. */
	private warnings(): string {
		const lines = this.cluster.logs().split('\n');
		return lines
			.filter((line) => line.includes('PonponPay'))
			.slice(-5)
			.join('\n');
	}
}

/** The outcome that is promised: each event once. */
export function eachOnce(keys: readonly string[]): Outcome {
	return { ended: keys.length, effects: keys.length, lost: [], doubled: [] };
}

/** Tells each key to all processors in the same moment, a few keys at a time. */
export async function eachInTheSameMoment(
	keys: readonly string[],
	urls: readonly string[],
	tell: (url: string, key: string) => Promise<void>,
): Promise<void> {
	await mapConcurrently(keys.length, 6, async (index) => {
		await Promise.all(urls.map(async (url) => await tell(url, keys[index])));
	});
}

/** So many keys that no other call has named. */
export function newKeys(count: number): string[] {
	return Array.from({ length: count }, () => {
		named += 1;
		return `K${named}`;
	});
}

let named = 0;

interface RunData {
	[node: string]: Array<{ data?: { main?: Array<Array<{ json: { tradeId?: string } }>> } }>;
}

function shippedIn(data: string): string | undefined {
	const { resultData } = parse(data) as { resultData?: { runData?: RunData } };
	return resultData?.runData?.[END]?.at(-1)?.data?.main?.[0]?.[0]?.json.tradeId;
}

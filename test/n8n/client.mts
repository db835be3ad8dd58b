import { parse } from 'flatted';
import { ExecutionStatusList } from 'n8n-workflow';

import { until, type Patience } from './until.mts';

/** A workflow as n8n exports it: what stands in `examples/*.json`. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	/** Every trigger that listens to webhooks needs one of its own. */
	webhookId?: string;
	credentials?: Record<string, CredentialReference>;
}

export interface CredentialReference {
	id: string;
	name: string;
}

export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface CredentialInput {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface CredentialVerdict {
	status: 'OK' | 'Error';
	message: string;
}

export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
	/** What n8n shows in the chat, where the item is a message of it. */
	sendMessage?: unknown;
}

/** An execution that has ended, or that waits for something outside. */
export interface Execution {
	id: string;
	workflowId: string;
	status: string;
	/** How it was started: `manual`, `webhook`, `trigger`, … */
	mode: string;
	/** What newer n8n draws for an execution, and hands on to its retries. */
	drawn?: string;
	/** What made it fail. */
	error?: { message: string; description?: string; name?: string };
	lastNodeExecuted?: string;
	/** It runs no more (it may be waiting), and all that happened in it is stored. */
	isAtRest: boolean;
	/** The items of one output of a node's last run; empty if the node did not run. */
	items(nodeName: string, output?: number): Item[];
}

/** What a list of executions says about each. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
}

interface ResultData {
	error?: Execution['error'];
	lastNodeExecuted?: string;
	runData?: Record<string, Array<{ data?: Record<string, Array<Item[] | null>> }>>;
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** The one account of a server under test; it is reachable from this machine only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Ponpon-pay-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/** An answer of n8n's REST API other than 2xx. */
export class N8nAnswer extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		readonly statusCode: number,
		readonly body: string,
	) {
		super(`n8n answered ${statusCode} to ${method} ${path}: ${body.slice(0, 500)}`);
	}
}

/** Speaks to n8n as its editor does. */
export class N8nClient {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** Logs in as the owner; makes that account first where the server is new. */
	async logInAsOwner(): Promise<void> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			await this.call('POST', '/rest/owner/setup', OWNER);
		}
		await this.call('POST', '/rest/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
	}

	/** The names of all node types that n8n has loaded. */
	async listNodeTypes(): Promise<string[]> {
		const types = await this.request<Array<{ name: string }>>('GET', '/types/nodes.json');
		return types.map(({ name }) => name);
	}

	// --- Credentials ---

	async createCredential(input: CredentialInput): Promise<CredentialReference> {
		return await this.call('POST', '/rest/credentials', input);
	}

	async updateCredential(id: string, input: CredentialInput): Promise<CredentialReference> {
		return await this.call('PATCH', `/rest/credentials/${id}`, input);
	}

	async listCredentials(): Promise<Array<CredentialReference & { type: string }>> {
		return await this.call('GET', '/rest/credentials');
	}

	/** What the button "Test" (or "Retry") of the credential's window does. */
	async testCredential(
		reference: CredentialReference,
		{ type, data }: Pick<CredentialInput, 'type' | 'data'>,
	): Promise<CredentialVerdict> {
		return await this.call('POST', '/rest/credentials/test', {
			credentials: { ...reference, type, data },
		});
	}

	// --- Workflows ---

	async createWorkflow(file: WorkflowFile): Promise<Workflow> {
		const { name, nodes, connections } = file;
		const settings = { executionOrder: 'v1', ...file.settings };
		return await this.call('POST', '/rest/workflows', {
			name,
			nodes,
			connections,
			settings,
			active: false,
		});
	}

	async getWorkflow(id: string): Promise<Workflow> {
		return await this.call('GET', `/rest/workflows/${id}`);
	}

	async listWorkflows(): Promise<Array<Pick<Workflow, 'id' | 'name' | 'active'>>> {
		return await this.call('GET', '/rest/workflows');
	}

	/** Saves a changed workflow; what is published stays as it is until `publish()`. */
	async updateWorkflow(id: string, file: WorkflowFile): Promise<Workflow> {
		const { versionId } = await this.getWorkflow(id);
		const { name, nodes, connections, settings } = file;
		const body = { name, nodes, connections, settings, versionId };
		return await this.call('PATCH', `/rest/workflows/${id}`, body);
	}

	/**
	 * Publishes the workflow as it is saved now, and waits until its triggers are active.
	 *
	 * @throws Error with the messages of the triggers that could not be activated
	 */
	async publish(id: string, patience?: Patience): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		await this.setPublished(id, { active: true, versionId });
		const { status, triggers } = await this.settledPublication(id, patience);
		if (status === 'published') return;
		const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`The workflow is ${status}: ${reasons.join('; ') || 'no reason was given'}`);
	}

	/** Takes the workflow out of service and waits until its triggers are gone. */
	async unpublish(id: string, patience?: Patience): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		await this.setPublished(id, { active: false, versionId });
		await this.settledPublication(id, patience);
	}

	private async setPublished(
		id: string,
		{ active, versionId }: { active: boolean; versionId: string },
	): Promise<void> {
		const path = `/rest/workflows/${id}`;
		try {
			if (active) await this.call('POST', `${path}/activate`, { versionId });
			else await this.call('POST', `${path}/deactivate`, {});
		} catch (error) {
			// n8n 1.x knows no versions to publish, only a switch.
			if (!(error instanceof N8nAnswer) || error.statusCode !== 404) throw error;
			await this.call('PATCH', path, { active, versionId });
		}
	}

	/** From n8n 2.40 on publishing goes on in the background; older ones have no such status. */
	private async settledPublication(id: string, patience?: Patience): Promise<PublicationStatus> {
		return await until(
			`workflow ${id} to be published or withdrawn`,
			async () => {
				const publication = await this.publicationStatus(id);
				return publication.status === 'in_progress' ? undefined : publication;
			},
			patience,
		);
	}

	private async publicationStatus(id: string): Promise<PublicationStatus> {
		try {
			return await this.call('GET', `/rest/workflows/${id}/publication-status`);
		} catch (error) {
			if (!(error instanceof N8nAnswer) || error.statusCode !== 404) throw error;
			const { active } = await this.getWorkflow(id);
			return { status: active ? 'published' : 'not_published', triggers: [] };
		}
	}

	/** Archives the workflow, then deletes it, with its executions. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/archive`, {});
		await this.settledPublication(id);
		await this.call('DELETE', `/rest/workflows/${id}`);
	}

	/**
	 * Presses the button "Execute workflow".
	 *
	 * @param trigger name of the node to start from
	 * @returns the id of the execution; undefined when n8n now listens for a test event
	 */
	async runWorkflow(id: string, trigger: string): Promise<string | undefined> {
		const started = await this.call<{ executionId?: string; waitingForWebhook?: boolean }>(
			'POST',
			`/rest/workflows/${id}/run`,
			// n8n 1.x runs the workflow that it is given, 2.x the one that is saved.
			{ triggerToStartFrom: { name: trigger }, workflowData: await this.getWorkflow(id) },
		);
		return started.executionId;
	}

	// --- Executions ---

	/** The executions of a workflow, newest first. */
	async listExecutions(workflowId: string): Promise<ExecutionSummary[]> {
		// Without the statuses n8n asks for the current and the completed ones in two queries at the same moment, and an
		// execution that ends between them is in neither.
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ExecutionStatusList }));
		const page = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return page.results;
	}

	async getExecution(id: string): Promise<Execution> {
		const { data, ...summary } = await this.call<ExecutionSummary & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		// An execution that has just been made has no data yet.
		const {
			resultData = {},
			executionData,
			resumeToken,
		} = (parse(data) ?? {}) as {
			resumeToken?: string;
			resultData?: ResultData;
			executionData?: { nodeExecutionStack?: unknown[] };
		};
		// n8n 1.x says that an execution has succeeded a moment before it has stored its end.
		const toBeRun = executionData?.nodeExecutionStack ?? [];
		const isStored = resultData.lastNodeExecuted !== undefined && toBeRun.length === 0;
		return {
			...summary,
			drawn: resumeToken,
			error: resultData.error,
			lastNodeExecuted: resultData.lastNodeExecuted,
			isAtRest: !UNFINISHED.has(summary.status) && (summary.status !== 'success' || isStored),
			items: (nodeName, output = 0) => {
				const data = resultData.runData?.[nodeName]?.at(-1)?.data;
				// An agent's tool has no main output.
				return (data?.main ?? data?.ai_tool)?.[output] ?? [];
			},
		};
	}

	/** Waits for this execution to end. */
	async waitForExecution(id: string, patience?: Patience): Promise<Execution> {
		return await until(
			`execution ${id} to end`,
			async () => {
				const execution = await this.getExecution(id);
				return execution.isAtRest ? execution : undefined;
			},
			patience,
		);
	}

	/**
	 * Waits for the workflow's next execution to start and end.
	 *
	 * @param known the executions that were there before (their ids)
	 */
	async waitForNextExecution(
		workflowId: string,
		known: readonly string[],
		patience?: Patience,
	): Promise<Execution> {
		const next = await until(
			`workflow ${workflowId} to be started`,
			async () => {
				const executions = await this.listExecutions(workflowId);
				return executions.findLast(({ id }) => !known.includes(id));
			},
			patience,
		);
		return await this.waitForExecution(next.id, patience);
	}

	// --- The wire ---

	/**
	 * One request to n8n's REST API.
	 *
	 * @returns what stands under `data`
	 * @throws N8nAnswer when the status is not 2xx
	 */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await this.request<{ data: T }>(method, path, body)).data;
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new N8nAnswer(method, path, response.status, text);
		const session = response.headers
			.getSetCookie()
			.find((cookie) => cookie.startsWith('n8n-auth='));
		if (session !== undefined) this.cookie = session.split(';')[0];
		return JSON.parse(text) as T;
	}
}

const UNFINISHED = new Set(['new', 'running']);

/**
 * The workflow with the credentials that it names, as the editor's import asks a person to choose them.
 *
 * @throws Error when it names a type that is not given
 */
export function withCredentials(
	file: WorkflowFile,
	credentials: Record<string, CredentialReference>,
): WorkflowFile {
	const bind = (node: WorkflowNode): WorkflowNode => {
		if (node.credentials === undefined) return node;
		const bound = Object.keys(node.credentials).map((type) => {
			if (!(type in credentials)) throw new Error(`"${node.name}" needs a credential ${type}.`);
			const { id, name } = credentials[type];
			return [type, { id, name }];
		});
		return { ...node, credentials: Object.fromEntries(bound) as WorkflowNode['credentials'] };
	};
	return { ...file, nodes: file.nodes.map(bind) };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.mts';
import {
	withCredentials,
	type CredentialInput,
	type CredentialReference,
	type WorkflowFile,
} from './client.mts';
import { sayOnStderr, type Say } from './commands.mts';
import { DEFAULT_DATABASE } from './database.mts';
import { ensureN8n } from './install.mts';
import { installPackage, packPackage } from './package.mts';
import { repositoryRoot } from './repository.mts';
import { startN8n, type N8nOptions, type N8nServer } from './server.mts';

export const CREDENTIAL_TYPE = 'ponponPayApi';
const CREDENTIAL_NAME = 'PonponPay account';

export interface ShopOptions {
	/** Used again where it exists: account, credential, workflows and executions are kept in it. */
	userFolder: string;
	n8nPort?: number;
	/** One of the folders beside this file; default: the n8n of the demo. */
	n8nVersion?: string;
	sandbox?: SandboxOptions;
	/** Settings of n8n beside the usual ones. */
	env?: Record<string, string>;
	/** Default: one process, with the tests' database. */
	start?: (options: N8nOptions) => Promise<N8nServer>;
	say?: Say;
}

/** A merchant's set-up: a PonponPay of its own, and an n8n with our package and a credential for it. */
export interface Shop {
	sandbox: Sandbox;
	/** Its client is logged in. */
	n8n: N8nServer;
	credential: CredentialReference;
	/** The workflow file with the shop's credential in the places where it wants one. */
	furnish(file: WorkflowFile): WorkflowFile;
	/** Stops both. */
	close(): Promise<void>;
}

/**
 * Opens a shop: builds and installs the package, starts sandbox and n8n, makes account and credential.
 *
 * @throws Error when a part does not come up; what was started is stopped by then
 */
export async function openShop(options: ShopOptions): Promise<Shop> {
	const say = options.say ?? sayOnStderr;
	const installation = await ensureN8n(options.n8nVersion, say);
	await installPackage(await packPackage(say), options.userFolder);

	const sandbox = await startSandbox(options.sandbox);
	let n8n: N8nServer | undefined;
	const close = async () => {
		await n8n?.close();
		await sandbox.close();
	};
	try {
		say(`Starting n8n ${installation.version} …`);
		const { userFolder, n8nPort: port, env, start = startAlone } = options;
		n8n = await start({ userFolder, port, env, installation });
		await n8n.client.logInAsOwner();
		const credential = await saveCredential(n8n, credentialFor(sandbox));
		return {
			sandbox,
			n8n,
			credential,
			furnish: (file) => withCredentials(file, { [CREDENTIAL_TYPE]: credential }),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function startAlone(options: N8nOptions): Promise<N8nServer> {
	return await startN8n({ ...options, database: DEFAULT_DATABASE });
}

/** What a person enters to use the sandbox as if it were PonponPay. */
export function credentialFor(sandbox: Sandbox): CredentialInput {
	return {
		name: CREDENTIAL_NAME,
		type: CREDENTIAL_TYPE,
		data: {
			apiKey: sandbox.apiKey,
			host: 'custom',
			customUrl: sandbox.url,
			webhookSecret: '',
			merchantId: '',
		},
	};
}

async function saveCredential(
	{ client }: N8nServer,
	input: CredentialInput,
): Promise<CredentialReference> {
	const saved = await client.listCredentials();
	const known = saved.find(({ name, type }) => name === input.name && type === input.type);
	if (known === undefined) return await client.createCredential(input);
	return await client.updateCredential(known.id, input);
}

/** A workflow of the folder `examples`, by its file name without `.json`. */
export function loadExample(name: string): WorkflowFile {
	const path = join(repositoryRoot(), 'examples', `${name}.json`);
	return JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
}

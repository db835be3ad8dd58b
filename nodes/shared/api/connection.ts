import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { describeFields, isNothing, plainSource, type ParameterSource } from '../fields/field';
import { sendAuthenticated } from '../n8n/authenticatedRequest';
import { rawCredential } from '../n8n/rawCredential';
import { LruMap } from '../lruMap';
import { ownerOf } from '../once/owner';
import { processMemory } from '../once/processMemory';
import { PonponPayClient, type Connection, type ConnectionFault, type Transport } from './client';
import { CREDENTIAL_TYPE, readCredential, type PonponPayCredential } from './credential';
import { credentialFields } from './credentialFields';
import { PACKAGE_VERSION } from './packageVersion';
import { DEFAULT_CONCURRENCY } from './pace';
import { Pacer } from './pacer';
import { paceOf } from './paces';
import { DEFAULT_RETRY, type RetryEnvironment, type RetryPolicy } from './retry';
import { Routes } from './routes';

const pathsOfEndpoints = processMemory(
	'paths of endpoints',
	(capacity) => new LruMap<string>(capacity),
);

/** Every n8n context this package runs in that can send requests. */
export type N8nContext =
	IExecuteFunctions | IHookFunctions | IWebhookFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Names this package and its version to PonponPay, as the contract asks (section 2). */
export const USER_AGENT = `n8n-nodes-ponponpay/${PACKAGE_VERSION}`;

/**
 * Reads the node's credential, which is the only place secrets come from.
 *
 * @throws InvalidInput when it is incomplete
 */
export async function loadCredential(context: N8nContext): Promise<PonponPayCredential> {
	return readCredential(await credentialSource(context, await decryptedCredential(context)));
}

async function decryptedCredential(context: N8nContext): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(CREDENTIAL_TYPE);
}

/** Where a field came out empty, with what n8n has stored beside it: an expression that gave nothing is no empty field. */
async function credentialSource(
	context: N8nContext,
	resolved: ICredentialDataDecryptedObject,
): Promise<ParameterSource> {
	const stored = holdsNothing(resolved) ? await rawCredential(context, CREDENTIAL_TYPE) : undefined;
	const { timezone } = plainSource({});
	return {
		given: (name) => ({ raw: (stored ?? resolved)[name], value: resolved[name] }),
		timezone,
	};
}

const CREDENTIAL_PROPERTIES = describeFields(credentialFields);

/** Whether any field says nothing; one that the editor hides is not there at all. */
function holdsNothing(resolved: ICredentialDataDecryptedObject): boolean {
	return CREDENTIAL_PROPERTIES.some(({ name, displayOptions }) => {
		const isHidden = displayOptions !== undefined && !(name in resolved);
		return !isHidden && isNothing(resolved[name]);
	});
}

/**
 * A client that sends through n8n's own authenticated helper, so that proxies and certificates set up in n8n apply.
 *
 * One client serves one execution: the credential is read once.
 *
 * @param concurrency most requests under way at once
 */
export async function createClient(
	context: N8nContext,
	policy: Partial<RetryPolicy> = {},
	concurrency = DEFAULT_CONCURRENCY,
): Promise<PonponPayClient> {
	const connection = await openConnection(context, policy, concurrency);
	const { host, transport, environment, pacer, limits } = connection;
	return new PonponPayClient(
		host,
		transport,
		connection.policy,
		environment,
		pacer,
		limits,
		new Routes(pathsOfEndpoints),
	);
}

/**
 * What a client sends with, as the node's credential says.
 *
 * @throws InvalidInput for a credential that cannot be used
 */
export async function openConnection(
	context: N8nContext,
	policy: Partial<RetryPolicy>,
	concurrency: number,
): Promise<Connection & { apiKey: string }> {
	const data = await decryptedCredential(context);
	const { host, limits, apiKey } = readCredential(await credentialSource(context, data));
	const isCancelled = () => cancelSignal(context)?.aborted === true;
	const environment = n8nEnvironment(isCancelled);
	const pace = paceOf(`${ownerOf(context)} ${host}`, environment.now());
	return {
		host,
		apiKey,
		transport: n8nTransport(context, data, apiKey),
		policy: { ...DEFAULT_RETRY, ...policy },
		environment,
		pacer: new Pacer(concurrency, environment, pace),
		limits,
	};
}

/** What every request of this package has in common, whoever sends it. */
export function requestOptions(url: string, timeoutMs: number): IHttpRequestOptions {
	return {
		url,
		headers: { 'User-Agent': USER_AGENT, Accept: 'application/json' },
		timeout: Math.ceil(timeoutMs),
		// n8n's helper parses JSON into doubles, repeats after a 401 and follows redirects with the key: none of it here.
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

function n8nTransport(
	context: N8nContext,
	data: ICredentialDataDecryptedObject,
	apiKey: string,
): Transport {
	return async ({ method, url, body, headers: own, timeoutMs }) => {
		const options = requestOptions(url, timeoutMs);
		options.method = method;
		if (method === 'POST') {
			options.body = body;
			options.headers = { ...options.headers, 'Content-Type': 'application/json', ...own };
		}
		try {
			const response = await sendAuthenticated(context, CREDENTIAL_TYPE, options, data);
			const { statusCode: status, headers, body: text } = response;
			// A vendor that echoes the key must not bring it into a message.
			return { reply: { status, headers, body: String(text ?? '').replaceAll(apiKey, '***') } };
		} catch (error) {
			return { fault: connectionFault(error) };
		}
	};
}

/** These say that no connection was made, so that nothing can have been done. */
const NO_CONNECTION =
	/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_INVALID_URL|ERR_TLS_.*|CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT.*|EPROTO)$/;

/**
 * What a thrown connection error means. Only its short code is kept: the error itself holds the request with the key.
 */
export function connectionFault(error: unknown): ConnectionFault {
	const code = connectionCode(error);
	if (code !== undefined && NO_CONNECTION.test(code)) return { kind: 'unreachable', detail: code };
	return { kind: 'interrupted', detail: code ?? 'the connection broke' };
}

function connectionCode(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 3) return undefined;
	const { code, cause } = error as { code?: unknown; cause?: unknown };
	if (typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code)) return code;
	return connectionCode(cause, depth + 1);
}

const LONGEST_NAP_MS = 100;

/**
 * The real clock and real chance.
 *
 * @param isCancelled whether the execution was stopped; a wait then ends at once
 */
export function n8nEnvironment(isCancelled: () => boolean): RetryEnvironment {
	return {
		now: Date.now,
		random: Math.random,
		isCancelled,
		// Naps, because n8n's sleep cannot be woken: a cancelled execution goes on for a tenth of a second at most.
		async wait(milliseconds) {
			const end = Date.now() + milliseconds;
			for (let left = milliseconds; left > 0 && !isCancelled(); left = end - Date.now()) {
				await sleep(Math.min(left, LONGEST_NAP_MS));
			}
		},
	};
}

function cancelSignal(context: N8nContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { plainSource } from '../fields/field';
import { InvalidInput } from '../model/invalidInput';
import { PonponPayClient, type Transport } from './client';
import { connectionFault, n8nEnvironment, USER_AGENT } from './connection';
import { readCredential } from './credential';
import { asOneText, explain } from './errors';
import { ApiFailure } from './failure';

/** Answers within the time a person waits at a button: one repetition, no long waits. */
const PATIENCE = { mostTries: 2, totalMs: 15_000, timeoutMs: 10_000 };

/**
 * "Test" on the credential: green only when PonponPay answers `/merchant/detail` with `code === 0`.
 *
 * A function instead of a declarative test request, because n8n's rules can turn one value red, but not everything except
 * one value.
 */
export async function ponponPayApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	// The only way to send a request that n8n offers to a credential test.
	const { request } = this.helpers;
	try {
		const { host, apiKey } = readCredential(plainSource(credential.data ?? {}));
		const client = new PonponPayClient(
			host,
			testTransport(request, apiKey),
			PATIENCE,
			n8nEnvironment(() => false),
		);
		await client.ask('merchantDetail');
		return { status: 'OK', message: 'PonponPay accepts this API key' };
	} catch (error) {
		return { status: 'Error', message: reason(error) };
	}
}

function reason(error: unknown): string {
	if (error instanceof ApiFailure) return asOneText(explain(error));
	if (error instanceof InvalidInput) return error.message;
	return 'The credential could not be tested';
}

function testTransport(
	request: ICredentialTestFunctions['helpers']['request'],
	apiKey: string,
): Transport {
	return async ({ method, url, body, timeoutMs }) => {
		try {
			const response = (await request({
				method,
				uri: url,
				body,
				headers: {
					'X-API-Key': apiKey,
					'User-Agent': USER_AGENT,
					'Content-Type': 'application/json',
				},
				timeout: timeoutMs,
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
			})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
			const text =
				typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? '');
			return {
				reply: {
					status: response.statusCode,
					headers: response.headers,
					body: text.replaceAll(apiKey, '***'),
				},
			};
		} catch (error) {
			return { fault: connectionFault(error) };
		}
	};
}

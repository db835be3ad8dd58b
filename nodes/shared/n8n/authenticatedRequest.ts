import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

/**
 * Sends a request by n8n's own helper, authenticated with a credential that was read already.
 *
 * n8n would read the credential from its database, and decrypt it, for each request. Seen in n8n-core 1.120 to 2.41: the helper
 * takes one that is handed over, which is meant for testing credentials. Without that every request would cost a
 * read more; nothing else would change.
 *
 * @param data the credential as `getCredentials` gave it
 */
export async function sendAuthenticated(
	context: IAllExecuteFunctions,
	type: string,
	options: IHttpRequestOptions,
	data: ICredentialDataDecryptedObject,
): Promise<IN8nHttpFullResponse> {
	const credentialsDecrypted = { id: '', name: type, type, data };
	return await context.helpers.httpRequestWithAuthentication.call(context, type, options, {
		credentialsDecrypted,
	});
}

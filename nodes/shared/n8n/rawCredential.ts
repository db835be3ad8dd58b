import type { ICredentialDataDecryptedObject, ICredentialsHelper, INode } from 'n8n-workflow';

type Context = { getNode(): INode; getMode?(): string };

/** What n8n's contexts hold beside what their types offer. */
type Insides = { additionalData?: { credentialsHelper?: Partial<ICredentialsHelper> } };

/**
 * The node's credential, decrypted, with its expressions unresolved and without the defaults of fields that were not touched.
 *
 * To be asked after `getCredentials`, which checks that the node may use it; nothing is checked here.
 *
 * Seen in n8n-core 1.120 to 2.41: `additionalData.credentialsHelper.getDecrypted(additionalData, {id, name}, type, mode, executeData, raw)`.
 * Without it an expression that gave nothing is taken for a field left empty. What a server's helper does with `raw` is the
 * server's; n8n-core itself calls it so for OAuth credentials.
 *
 * @returns undefined where it cannot be had: no such credential at the node, or an n8n that keeps its helper elsewhere
 */
export async function rawCredential(
	context: Context,
	type: string,
): Promise<ICredentialDataDecryptedObject | undefined> {
	const reference = context.getNode().credentials?.[type];
	const { additionalData } = context as unknown as Insides;
	const helper = additionalData?.credentialsHelper;
	if (reference === undefined || typeof helper?.getDecrypted !== 'function') return undefined;
	const mode = (context.getMode?.() ?? 'internal') as Parameters<Decrypt>[3];
	try {
		return await helper.getDecrypted(
			additionalData as Parameters<Decrypt>[0],
			reference,
			type,
			mode,
			undefined,
			true,
		);
	} catch {
		return undefined;
	}
}

type Decrypt = ICredentialsHelper['getDecrypted'];

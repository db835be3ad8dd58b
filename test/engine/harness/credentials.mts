import { Credentials } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers, isExpression } from 'n8n-workflow';

/** What the user typed into each credential, by credential type. Missing fields get the type's defaults, as n8n does it. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/**
 * The part of a node that refers to its credentials.
 *
 * @param number tells several credentials of one type apart
 */
export function credentialReferences(data: CredentialData, number = 1): INode['credentials'] {
	return Object.fromEntries(
		Object.keys(data).map((type) => [type, { id: `${type}-${number}`, name: 'PonponPay account' }]),
	);
}

/**
 * Holds the credentials of one run and applies them to requests.
 *
 * n8n's server has this part, not its engine; here it does what the server does for credentials without OAuth or pre-authentication.
 */
export class CredentialsHelper extends ICredentialsHelper {
	readonly #types: Map<string, ICredentialType>;
	readonly #data: CredentialData;

	constructor(types: readonly ICredentialType[], data: CredentialData) {
		super();
		this.#types = new Map(types.map((type) => [type.name, type]));
		this.#data = data;
	}

	override getParentTypes(name: string): string[] {
		return this.#type(name).extends ?? [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.#type(typeName);
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (workflow === undefined || node === undefined) {
			throw new Error('Generic authentication needs the workflow and the node');
		}
		const resolve = (text: string) =>
			isExpression(text)
				? String(
						workflow.expression.getSimpleParameterValue(node, text, 'internal', {
							$credentials: credentials,
						}) ?? '',
					)
				: text;
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			const target = ((options as unknown as Record<string, unknown>)[part] ??= {}) as Record<
				string,
				unknown
			>;
			for (const [name, value] of Object.entries(entries as Record<string, string>)) {
				target[resolve(name)] = resolve(value);
			}
		}
		return options;
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(
		details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentials> {
		const credentials = new Credentials({ id: details.id, name: details.name }, type);
		await credentials.setData(this.#data[type] ?? {});
		return credentials;
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
		_mode: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const typed = this.#data[type];
		if (typed === undefined) throw new Error(`The run has no credential of type "${type}"`);
		// A copy: n8n decrypts anew for every reader, so no reader can change what the next one gets.
		return raw ? { ...typed } : this.withDefaults(type, typed);
	}

	override async updateCredentials(): Promise<void> {}

	override async updateCredentialsOauthTokenData(): Promise<void> {}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.#type(type).properties;
	}

	/** The fields as the user left them, completed by the defaults of fields that were not touched. */
	withDefaults(
		type: string,
		typed: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			typed as Parameters<typeof NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	#type(name: string): ICredentialType {
		const type = this.#types.get(name);
		if (type === undefined) throw new Error(`The harness knows no credential type "${name}"`);
		return type;
	}
}

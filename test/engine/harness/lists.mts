import { LoadOptionsContext } from 'n8n-core';
import type {
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { additionalDataFor } from './additionalData.mts';
import { CredentialsHelper, credentialReferences, type CredentialData } from './credentials.mts';
import type { Kit } from './run.mts';

/** The state of the editor's panel when a drop-down is opened. */
export interface ListRequest {
	type?: string;
	/** The parameters as they stand in the panel. */
	parameters?: INodeParameters;
	credentials?: CredentialData;
	/** The parameter whose list is wanted. */
	path?: string;
	/** What the user typed into the search field. */
	filter?: string;
	/** What the page before gave, for the next one. */
	paginationToken?: string;
}

function listContext(kit: Kit, request: ListRequest): LoadOptionsContext {
	const { parameters = {}, credentials = {}, type = kit.mainType } = request;
	const node: INode = {
		id: 'temporary',
		name: 'Temp-Node',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: credentialReferences(credentials),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: kit.nodeTypes,
	});
	const additionalData: IWorkflowExecuteAdditionalData = {
		...additionalDataFor({
			credentialsHelper: new CredentialsHelper(kit.credentialTypes, credentials),
		}),
		currentNodeParameters: parameters,
	};
	const path = `parameters.${request.path ?? ''}`;
	return new LoadOptionsContext(workflow, workflow.nodes['Temp-Node'], additionalData, path);
}

function required<Method>(method: Method | undefined, name: string): Method {
	if (method === undefined) throw new Error(`The node has no list method "${name}"`);
	return method;
}

/** Fills a drop-down (`loadOptionsMethod`), as the editor does when the panel is opened. */
export async function loadOptions(
	kit: Kit,
	method: string,
	request: ListRequest = {},
): Promise<INodePropertyOptions[]> {
	const { methods } = kit.nodeTypes.getByName(request.type ?? kit.mainType);
	return await required(methods?.loadOptions?.[method], method).call(listContext(kit, request));
}

/** Fills the list of a resource locator (`searchListMethod`). */
export async function listSearch(
	kit: Kit,
	method: string,
	request: ListRequest = {},
): Promise<INodeListSearchResult> {
	const { methods } = kit.nodeTypes.getByName(request.type ?? kit.mainType);
	const search = required(methods?.listSearch?.[method], method);
	return await search.call(listContext(kit, request), request.filter, request.paginationToken);
}

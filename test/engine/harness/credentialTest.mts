import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunction,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';
import { Workflow, createEmptyRunExecutionData } from 'n8n-workflow';
import { additionalDataFor } from './additionalData.mts';
import { CredentialsHelper, credentialReferences } from './credentials.mts';
import { PASS_THROUGH, type NodeTypes } from './nodeTypes.mts';
import type { Kit } from './run.mts';

/** What n8n's routing attaches to what it throws: the HTTP client's error. */
interface RoutingFailure extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/**
 * Presses "Test" on a credential, as n8n's server does it: the credential type's own `test` request with its rules, or else the
 * function of a node that says `testedBy`.
 */
export async function testCredential(
	kit: Kit,
	type: string,
	typed: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const credentialType = kit.credentialTypes.find(({ name }) => name === type);
	if (credentialType === undefined) throw new Error(`The harness knows no credential "${type}"`);
	const helper = new CredentialsHelper(kit.credentialTypes, { [type]: typed });
	const credential: ICredentialsDecrypted = {
		id: `${type}-1`,
		name: 'PonponPay account',
		type,
		data: helper.withDefaults(type, typed),
	};
	if (credentialType.test !== undefined) {
		return await runTestRequest(kit, credentialType, credentialType.test, credential, helper);
	}
	const test = testFunction(kit.nodeTypes, type);
	if (test === undefined) {
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}
	const additionalData = additionalDataFor({ credentialsHelper: helper });
	return await test.call(new CredentialTestContext(additionalData), credential);
}

function testFunction(nodeTypes: NodeTypes, type: string): ICredentialTestFunction | undefined {
	for (const name of Object.keys(nodeTypes.getKnownTypes())) {
		const { description, methods } = nodeTypes.getByName(name);
		for (const { name: credential, testedBy } of description.credentials ?? []) {
			if (credential === type && typeof testedBy === 'string') {
				return methods?.credentialTest?.[testedBy];
			}
		}
	}
	return undefined;
}

async function runTestRequest(
	kit: Kit,
	credentialType: ICredentialType,
	{ request, rules = [] }: ICredentialTestRequest,
	credential: ICredentialsDecrypted,
	helper: CredentialsHelper,
): Promise<INodeCredentialTestResult> {
	const plain = kit.nodeTypes.getByName(PASS_THROUGH);
	// n8n lets its declarative routing send the request, from a node that has nothing but this one property.
	const tester: INodeType = {
		description: {
			...plain.description,
			credentials: [{ name: credentialType.name, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
	const node: INode = {
		id: 'temporary',
		name: 'Temp-Node',
		type: PASS_THROUGH,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: credentialReferences({ [credentialType.name]: {} }),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => tester,
			getByNameAndVersion: () => tester,
			getKnownTypes: () => ({}),
		},
	});
	const context = new ExecuteContext(
		workflow,
		node,
		{
			...additionalDataFor({ credentialsHelper: helper }),
			currentNodeParameters: node.parameters,
		},
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	let body: IDataObject;
	try {
		const outputs = await new RoutingNode(context, tester, credential).runNode();
		body = outputs?.[0]?.[0]?.json ?? {};
	} catch (thrown) {
		return { status: 'Error', message: refusal(thrown as RoutingFailure, rules) };
	}
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (valueAt(body, key) === value) return { status: 'Error', message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function refusal(
	{ cause, message }: RoutingFailure,
	rules: ICredentialTestRequest['rules'],
): string {
	const { response, code } = cause ?? {};
	if (response === undefined) return code ?? message;
	for (const rule of rules ?? []) {
		if (rule.type === 'responseCode' && rule.properties.value === response.status) {
			return rule.properties.message;
		}
	}
	return response.statusText ?? `Received HTTP status code: ${response.status}`;
}

function valueAt(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], body);
}

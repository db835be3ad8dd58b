import type { INodeExecutionData } from 'n8n-workflow';

import { learnBy, waitOptions } from '../../../nodes/PonponPay/wait/waitSettings';
import { inField } from '../../unit/fields/driveOperation';
import { withValue, type Place } from '../../unit/fields/everyProperty';

/** A request, by its path and its JSON. */
export interface Request {
	path: string;
	body: string;
}

/** A request whose body is JSON, as text or as a value. */
export function requestOf(path: string, body: unknown): Request {
	return { path, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** The requests as texts, without what differs from execution to execution: IDs that the node makes up, and its address. */
export function comparable(requests: readonly Request[]): string[] {
	return requests.map(({ path, body }) => `${path} ${withoutOwn(body)}`);
}

function withoutOwn(body: string): string {
	return body
		.replace(/"n8n-[\w-]+"/g, '"n8n"')
		.replace(/"https?:\/\/[^"]+\/webhook-waiting\/[^"]+"/g, '"this execution"');
}

/** The same parameters, without any patience for a request that fails. */
export function triedOnce(
	{ operation, property }: Place,
	parameters: Record<string, unknown>,
): Record<string, unknown> {
	if (operation.isLocal === true || property.name === 'mostTries') return parameters;
	return { ...parameters, options: { ...(parameters.options as object), mostTries: 1 } };
}

/** An address that examples name, and that nothing must be sent to. */
const ELSEWHERE = 'https://n8n.example.com';

/** The node's parameters with an expression in the field of the place. */
export function parametersWith(
	place: Place,
	expression: string,
	url: string,
): Record<string, unknown> {
	const { resourceName, operationName } = place;
	const parameters = {
		resource: resourceName,
		operation: operationName,
		...triedOnce(place, withValue(place, inField(place, expression))),
	};
	const text = JSON.stringify(parameters).replaceAll(ELSEWHERE, url);
	return JSON.parse(text) as Record<string, unknown>;
}

const WAIT_SETTINGS = new Set([learnBy.label, ...labelsOf(waitOptions)]);

function labelsOf(fields: typeof waitOptions): string[] {
	return Object.entries(fields).flatMap(([name, field]) =>
		field.describe(name).map(({ displayName }) => displayName),
	);
}

/** Whether the field says how the node waits for all its items together. */
export function isAboutWaiting({ operation, property }: Place): boolean {
	return operation.waits === true && WAIT_SETTINGS.has(property.displayName);
}

/** The input items of which something left by an output for successes. */
export function successes(outputs: INodeExecutionData[][], hasErrorOutput: boolean): Set<number> {
	const items = (hasErrorOutput ? outputs.slice(0, -1) : outputs).flat();
	const isFailure = ({ json }: INodeExecutionData) => !hasErrorOutput && json.error !== undefined;
	return new Set(
		items
			.filter((item) => !isFailure(item))
			.map(({ pairedItem }) => (pairedItem as { item: number }).item),
	);
}

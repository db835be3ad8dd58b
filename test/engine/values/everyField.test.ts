import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { HOST } from '../../unit/api/support';
import { driveOperation, inField, isReading, knownTo } from '../../unit/fields/driveOperation';
import {
	everyPlace,
	goodValue,
	titleOf,
	withValue,
	type Place,
} from '../../unit/fields/everyProperty';
import { ODD_VALUES } from '../../unit/fields/oddValues';
import { account, engine } from '../action/support.mts';
import { jsonAnswer, startServer, type LoopbackServer } from '../harness/server.mts';
import {
	isAboutWaiting,
	comparable,
	parametersWith,
	requestOf,
	successes,
	triedOnce,
	type Request,
} from './support.mts';

let server: LoopbackServer;
let asked: Place;
beforeAll(async () => {
	server = await startServer((request, response) =>
		jsonAnswer({ code: 0, data: knownTo(asked) })(request, response),
	);
});
beforeEach(() => {
	server.requests.length = 0;
});
afterAll(async () => await server.close());

/** What a value has to come to, as the unit proof has it. */
type Expected = {
	readonly name: string;
	readonly value: unknown;
	readonly requests: Request[];
	readonly refusal: string | undefined;
	readonly isError: boolean;
};

async function expected(
	place: Place,
	[name, value]: readonly [string, unknown],
): Promise<Expected> {
	const parameters = triedOnce(place, withValue(place, inField(place, value)));
	const { left, outcome } = await driveOperation(place, parameters, true, ONCE);
	const requests = (left as Array<[string, unknown]>).filter(([url]) => isApi(url));
	const isRefused = outcome instanceof InvalidInput;
	expect(isRefused && left.some((entry) => !isReading(entry))).toBe(false);
	return {
		name,
		value,
		requests: requests.map(([url, body]) => requestOf(url.slice(HOST.length), body)),
		refusal: isRefused ? outcome.message : undefined,
		isError: outcome instanceof Error,
	};
}

const ONCE = { ...DEFAULT_RETRY, mostTries: 1 };

const isApi = (url: unknown) => typeof url === 'string' && url.startsWith(`${HOST}/`);

const GOOD = 'a good value';

/** All that the field is tried with; a good value is first, because the first item decides how requests are sent. */
async function everyValue(place: Place): Promise<Expected[]> {
	const values = [[GOOD, goodValueInside(place)] as const, ...ODD_VALUES]
		.filter(([, value]) => typeof value !== 'function')
		.map(([name, value]) => [name, asExpressionsGive(value)] as const);
	return await Promise.all(values.map(async (each) => await expected(place, each)));
}

/** n8n makes texts of luxon's times, before any node sees them; functions it refuses itself. */
function asExpressionsGive(value: unknown): unknown {
	return DateTime.isDateTime(value) ? value.toString() : value;
}

function goodValueInside({ operationName, property }: Place): unknown {
	// A request that is tried once is not waited for.
	if (property.name === 'mostTries') return 1;
	// What is posted anywhere is posted to our own server.
	if (operationName === 'sendTestEvent' && property.name === 'url') return server.url;
	const good = goodValue(property);
	return property.type === 'resourceLocator' ? (good as { value: unknown }).value : good;
}

type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** Lets n8n run the operation over all these values at once. */
async function runOver(place: Place, values: readonly Expected[], onError: OnError) {
	asked = place;
	server.requests.length = 0;
	const outcome = await engine.runNode({
		parameters: parametersWith(place, '={{ $json.give() }}', server.url) as INodeParameters,
		// A function, because the harness keeps items as JSON, which does not know every odd value.
		items: values.map(({ value }) => ({ json: { give: (() => value) as never } })),
		credentials: account(server.url),
		onError,
	});
	return { ...outcome, requests: apiRequests() };
}

function apiRequests(): Request[] {
	return server.requests
		.filter(({ path }) => path.startsWith('/api/'))
		.map(({ path, body }) => requestOf(path, body));
}

/** Values in the runs that they need: where the node has one setting for all its items, each has its own. */
function runsOf(place: Place, values: readonly Expected[]): Expected[][] {
	return isAboutWaiting(place) ? values.map((value) => [value]) : [[...values]];
}

/** What n8n lets a model answer, by the type that `$fromAI` names; what is not of it n8n refuses itself. */
const TOLD_BY_MODELS = {
	string: (value: unknown) => typeof value === 'string',
	number: (value: unknown) => Number.isFinite(value),
	boolean: (value: unknown) => typeof value === 'boolean',
	json: (value: unknown) => isFilledJson(value),
} as const;

function isFilledJson(value: unknown): boolean {
	const kind = Object.prototype.toString.call(value);
	return /^\[object (Object|Array)\]$/.test(kind) && Object.keys(value as object).length > 0;
}

/** Lets an agent call the operation once for each of these values. */
async function callWith(place: Place, values: readonly Expected[], type: string) {
	asked = place;
	server.requests.length = 0;
	const expression = `={{ $fromAI('Value', 'Any value', '${type}') }}`;
	const { calls } = await engine.runAsTool({
		parameters: parametersWith(place, expression, server.url) as INodeParameters,
		credentials: account(server.url),
		calls: values.map(({ value }) => ({ Value: value }) as IDataObject),
	});
	return { calls, requests: apiRequests() };
}

const sorted = (requests: readonly Request[]) => comparable(requests).sort();

const places = everyPlace();

describe.each(places.map((place) => [titleOf(place), place] as const))('%s', (_title, place) => {
	let all: Expected[];
	beforeAll(async () => {
		all = await everyValue(place);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'takes each value of an expression for what it says or refuses it, with %s',
		async (onError) => {
			for (const values of runsOf(place, all)) {
				const outcome = await runOver(place, values, onError);
				expect(sorted(outcome.requests)).toEqual(
					sorted(values.flatMap(({ requests }) => requests)),
				);
				const left = successes(outcome.outputs, onError === 'continueErrorOutput');
				values.forEach(({ name, refusal, isError }, index) => {
					const told = outcome.outputs
						.flat()
						.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index)
						.map(({ json }) => json.error);
					if (refusal !== undefined) expect([name, told]).toEqual([name, [refusal]]);
					expect([name, isError && left.has(index)]).toEqual([name, false]);
				});
			}
		},
	);

	it('stops the workflow for what it refuses, with the sentence and without a change', async () => {
		const refused = all.filter(({ refusal }) => refusal !== undefined);
		for (const values of runsOf(place, refused)) {
			const { error, requests, outputs } = await runOver(place, values, 'stopWorkflow');
			expect(values.map(({ refusal }) => refusal)).toContain(error?.message);
			expect(outputs.flat()).toEqual([]);
			expect(requests.filter((request) => !isReading([request.path]))).toEqual([]);
		}
	});

	// Agents are not offered what waits; test/engine/action/tool.test.ts holds it.
	if (place.operation.waits) return;
	it.each(Object.entries(TOLD_BY_MODELS))(
		'takes a %s that an AI agent fills in for what it says or refuses it',
		async (type, isOf) => {
			const values = all.filter(({ value }) => isOf(value));
			const { calls, requests } = await callWith(place, values, type);
			expect(sorted(requests)).toEqual(sorted(values.flatMap((value) => value.requests)));
			values.forEach(({ name, refusal, isError }, index) => {
				const { answer, stopped } = calls[index];
				expect([name, stopped]).toEqual([name, isError]);
				if (refusal === undefined) return;
				expect([name, answer]).toEqual([name, expect.stringContaining(refusal)]);
			});
		},
	);
});

import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../../nodes/PonponPay/actions';
import { isWriting, readSchema, writeSchema } from './files.mts';
import { inferSchema } from './inferSchema';
import { collectSamples } from './samples.mts';

/** They put out whatever PonponPay answers, or whatever comes in: nothing can be said about it beforehand. */
const WITHOUT_SCHEMA = ['customApiCall/call', 'webhook/removeDuplicates'];

const operations = Object.entries(resources)
	.flatMap(([resource, { operations: table }]) =>
		Object.keys(table).map((operation) => `${resource}/${operation}`),
	)
	.filter((name) => !WITHOUT_SCHEMA.includes(name));

/** Lists, whose items are the objects of their resource. */
const isList = (name: string) => name.endsWith('/getAll');

describe('The output schema that n8n shows before the first run', () => {
	let samples: Map<string, IDataObject[]>;
	beforeAll(async () => {
		samples = await collectSamples();
	}, 60_000);

	it.each(operations)('of %s is what the operation really puts out', (name) => {
		const answers = samples.get(name) ?? [];
		expect(answers.length).toBeGreaterThan(0);
		const schema = { ...inferSchema(answers), version: 1 };
		if (isWriting) writeSchema(name, schema);
		expect(readSchema(name)).toEqual(schema);
	});

	it.each(operations.filter(isList))('of %s has at most ten fields, or is an order', (name) => {
		const fields = Object.keys(samples.get(name)?.[0] ?? {});
		expect(fields.length).toBeGreaterThan(0);
		if (name !== 'order/getAll') expect(fields.length).toBeLessThanOrEqual(10);
	});
});

import {
	askedFields,
	keyFieldOf,
	readToolResult,
	readTools,
} from '../../../nodes/shared/mcp/mcpTool';

const one = (tool: object) => readTools({ tools: [{ name: 'a_tool', ...tool }] })[0];

describe('the tools of a server', () => {
	it('are read with what they take and whether they only read', () => {
		const schema = {
			type: 'object',
			required: ['amount'],
			properties: {
				amount: { type: 'number', description: ' In USD ' },
				status: { type: ['string', 'null'], enum: ['paid', 'pending', null] },
				network: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'Chain' },
				anything: true,
			},
		};
		const tool = one({
			title: 'A Tool',
			inputSchema: schema,
			annotations: { readOnlyHint: true },
		});
		expect(tool).toEqual({
			name: 'a_tool',
			title: 'A Tool',
			description: undefined,
			isReadOnly: true,
			takesMore: true,
			fields: [
				{
					name: 'amount',
					type: 'number',
					description: 'In USD',
					choices: undefined,
					isRequired: true,
				},
				{
					name: 'status',
					type: 'string',
					description: undefined,
					choices: ['paid', 'pending'],
					isRequired: false,
				},
				{
					name: 'network',
					type: 'string',
					description: 'Chain',
					choices: undefined,
					isRequired: false,
				},
				{
					name: 'anything',
					type: undefined,
					description: undefined,
					choices: undefined,
					isRequired: false,
				},
			],
		});
	});

	it.each([undefined, {}, { readOnlyHint: 'true' }, { readOnlyHint: 1 }, { readOnlyHint: false }])(
		'may change anything where their annotations are %j',
		(annotations) => {
			expect(one({ annotations }).isReadOnly).toBe(false);
		},
	);

	it.each([undefined, null, {}, { tools: {} }, { tools: [null, {}, { name: 7 }, { name: '' }] }])(
		'are none in %j',
		(result) => {
			expect(readTools(result)).toEqual([]);
		},
	);

	it.each(['idempotency_key', 'idempotencyKey', 'IDEMPOTENCY_KEY'])(
		'take their key as %s, for which nobody is asked',
		(name) => {
			const tool = one({ inputSchema: { properties: { url: {}, [name]: { type: 'string' } } } });
			expect(keyFieldOf(tool)).toBe(name);
			expect(askedFields(tool).map((field) => field.name)).toEqual(['url']);
		},
	);

	it('take nothing more where they say so', () => {
		expect(one({ inputSchema: { additionalProperties: false } }).takesMore).toBe(false);
		expect(keyFieldOf(one({}))).toBeUndefined();
	});
});

describe('what a tool answers', () => {
	const texts = (...all: string[]) => ({ content: all.map((text) => ({ type: 'text', text })) });

	it.each([
		[{ structuredContent: { list: [] }, ...texts('other') }, { list: [] }],
		[texts('{"list":[]}'), { list: [] }],
		[texts('{"code":0,"message":"success","data":{"list":[]}}'), { list: [] }],
		[texts('{"code":"0","data":[]}'), []],
		[texts('{"code":"USDT"}'), { code: 'USDT' }],
		[texts('Hello', 'you'), { text: 'Hello\nyou' }],
		[texts(), null],
		[{}, null],
		[texts('{"amount":25.000000000000000001}'), { amount: '25.000000000000000001' }],
	])('%j is %j', (result, data) => {
		expect(readToolResult(result)).toEqual({ data });
	});

	it.each([
		[{ isError: true, ...texts('url is required') }, 'url is required', undefined],
		[{ isError: true }, undefined, undefined],
		[texts('{"code":10001,"message":"amount is invalid"}'), 'amount is invalid', 10001],
		[{ structuredContent: { code: 'X', message: 'no' } }, 'no', undefined],
	])('%j is a refusal', (result, refusal, code) => {
		expect(readToolResult(result)).toEqual({ refusal, code });
	});
});

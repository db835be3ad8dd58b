import { isRecord } from '../fields/field';
import { parseJsonExactly } from '../model/json';

/** One field of a tool's input, as JSON schema has it. */
export type ToolField = {
	readonly name: string;
	readonly type: string | undefined;
	readonly description: string | undefined;
	/** The values it may have; absent: any. */
	readonly choices: ReadonlyArray<string | number | boolean> | undefined;
	readonly isRequired: boolean;
};

/** What a server offers by MCP, under the name the server gives it. */
export type Tool = {
	readonly name: string;
	readonly title: string | undefined;
	readonly description: string | undefined;
	/** Whether it declares that it changes nothing. One that says nothing may change anything. */
	readonly isReadOnly: boolean;
	readonly fields: readonly ToolField[];
	/** Whether it takes fields that it does not name. */
	readonly takesMore: boolean;
};

/** How the key that makes a repetition harmless is called among the fields of tools that write [P]. */
const KEY = /^idempotency_?key$/i;

/** The tools in an answer to `tools/list`; what has no name is left out. */
export function readTools(result: unknown): Tool[] {
	const tools: unknown[] = isRecord(result) && Array.isArray(result.tools) ? result.tools : [];
	return tools.flatMap((tool) => {
		if (!isRecord(tool) || typeof tool.name !== 'string' || tool.name === '') return [];
		const { name, title, description, annotations, inputSchema } = tool;
		const schema = isRecord(inputSchema) ? inputSchema : {};
		const hints = isRecord(annotations) ? annotations : {};
		return [
			{
				name,
				title: textOf(title) ?? textOf(hints.title),
				description: textOf(description),
				isReadOnly: hints.readOnlyHint === true,
				fields: fieldsOf(schema),
				takesMore: schema.additionalProperties !== false,
			},
		];
	});
}

function fieldsOf({ properties, required }: Record<string, unknown>): ToolField[] {
	const names: unknown[] = Array.isArray(required) ? required : [];
	return Object.entries(isRecord(properties) ? properties : {}).map(([name, given]) => {
		const schema = alternativeOf(isRecord(given) ? given : {});
		return {
			name,
			type: typeOf(schema),
			description: textOf(isRecord(given) ? given.description : undefined),
			choices: choicesOf(schema),
			isRequired: names.includes(name),
		};
	});
}

/** Of several kinds that a field may have, the first that says something: `null` only says that it may be left out. */
function alternativeOf(schema: Record<string, unknown>): Record<string, unknown> {
	const among = [schema.anyOf, schema.oneOf].find(Array.isArray) as unknown[] | undefined;
	return among?.filter(isRecord).find(({ type }) => type !== 'null') ?? schema;
}

function typeOf({ type }: Record<string, unknown>): string | undefined {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	return types.find((each): each is string => typeof each === 'string' && each !== 'null');
}

function choicesOf(schema: Record<string, unknown>): ToolField['choices'] {
	const among: unknown[] = Array.isArray(schema.enum) ? schema.enum : [];
	const values = among.filter(
		(each): each is string | number | boolean =>
			typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean',
	);
	return values.length > 0 ? values : undefined;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The field that takes the key by which the server knows a repetition; `undefined` where the tool names none. */
export function keyFieldOf(tool: Tool): string | undefined {
	return tool.fields.find(({ name }) => KEY.test(name))?.name;
}

/** Its fields without the key, which is ours to give. */
export function askedFields(tool: Tool): ToolField[] {
	const key = keyFieldOf(tool);
	return tool.fields.filter(({ name }) => name !== key);
}

/** What a tool has answered, or the reason why it refused. */
export type ToolResult =
	| { readonly data: unknown }
	| { readonly refusal: string | undefined; readonly code: number | undefined };

/**
 * Reads an answer to `tools/call`: the value a tool gives beside its text, else the text, as JSON where it is JSON. An
 * envelope of the API around it is taken off.
 */
export function readToolResult(result: Record<string, unknown>): ToolResult {
	const texts = textsOf(result.content);
	if (result.isError === true) return { refusal: texts[0], code: undefined };
	const given = result.structuredContent ?? parsed(texts);
	if (!isRecord(given) || !('code' in given) || !('data' in given || 'message' in given)) {
		return { data: given };
	}
	const { code, data, message } = given;
	if (Number(code) === 0) return { data };
	const number = Number.isSafeInteger(Number(code)) ? Number(code) : undefined;
	return { refusal: textOf(message), code: number };
}

function textsOf(content: unknown): string[] {
	const parts: unknown[] = Array.isArray(content) ? content : [];
	return parts.filter(isRecord).flatMap(({ text }) => textOf(text) ?? []);
}

function parsed(texts: string[]): unknown {
	const whole = texts.join('\n');
	try {
		return parseJsonExactly(whole);
	} catch {
		return whole === '' ? null : { text: whole };
	}
}

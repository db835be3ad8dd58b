import type { IDataObject } from 'n8n-workflow';

import { PonponPayClient } from '../../../nodes/shared/api/client';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { executionUrl, files } from '../../../nodes/PonponPay/capabilities';
import { plainSource } from '../../../nodes/shared/fields/field';
import type { Operation, OperationContext } from '../../../nodes/PonponPay/actions/operation';
import { FakeEnvironment, HOST, reply, scripted, type Sent, type Step } from '../api/support';

const MISSING_ROUTE = reply(404, '{"code":65,"message":"Not Found"}');
/** What an endpoint answers that PonponPay has under none of its prefixes. */
export const NOT_OFFERED = [MISSING_ROUTE, MISSING_ROUTE] as const;

export const byTradeId = (value: string) => ({ __rl: true, mode: 'tradeId', value });

/**
 * Runs an operation on one item, against a script of answers.
 *
 * @param fields the item's fields; a member `options` is the collection of that name, `resumeUrl` the address by which
 *   the execution could be woken, `attach` what takes its files,
 *   and `timezone` that of the workflow
 */
export async function run(
	operation: Operation,
	fields: Record<string, unknown>,
	...script: Step[]
): Promise<{ output: IDataObject; sent: Sent[]; hints: string[] }> {
	const { resumeUrl, attach, timezone } = fields;
	const { sent, transport } = scripted(...script);
	const hints: string[] = [];
	const context: OperationContext = {
		client: new PonponPayClient(HOST, transport, DEFAULT_RETRY, new FakeEnvironment()),
		derivedId: (purpose) => `n8n-${purpose}-1`,
		timezone: typeof timezone === 'string' ? timezone : 'UTC',
		hint: (text) => hints.push(text),
		use(capability) {
			const given = capabilities.get(capability);
			if (given === undefined) throw new Error('this operation needs more than the test gives it');
			return given as ReturnType<typeof capability>;
		},
	};
	const capabilities = new Map<unknown, unknown>();
	if (resumeUrl !== undefined) capabilities.set(executionUrl, () => String(resumeUrl));
	if (attach !== undefined) capabilities.set(files, { attach });
	const output = await operation.prepare(plainSource(fields))(context);
	return { output: output as IDataObject, sent, hints };
}

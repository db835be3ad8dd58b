import type { IDataObject } from 'n8n-workflow';

import { PonponPayClient } from '../../../nodes/shared/api/client';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import type { Operation, OperationContext } from '../../../nodes/PonponPay/actions/operation';
import { FakeEnvironment, HOST, scripted, type Sent, type Step } from '../api/support';

export const byTradeId = (value: string) => ({ __rl: true, mode: 'tradeId', value });

/**
 * Runs an operation on one item, against a script of answers.
 *
 * @param fields the item's fields; a member `options` is the collection of that name, and `resumeUrl` the address by
 *   which the execution could be woken
 */
export async function run(
	operation: Operation,
	fields: Record<string, unknown>,
	...script: Step[]
): Promise<{ output: IDataObject; sent: Sent[]; hints: string[] }> {
	const { sent, transport } = scripted(...script);
	const hints: string[] = [];
	const refuseToGuess = (): never => {
		throw new Error('this operation needs more than the test gives it');
	};
	const context: OperationContext = {
		client: new PonponPayClient(HOST, transport, DEFAULT_RETRY, new FakeEnvironment()),
		field: (name) => fields[name],
		option: (name) => (fields.options as Record<string, unknown> | undefined)?.[name],
		derivedId: (purpose) => `n8n-${purpose}-1`,
		timezone: 'UTC',
		hint: (text) => hints.push(text),
		resumeUrl: () => String(fields.resumeUrl ?? refuseToGuess()),
		callbacks: { check: refuseToGuess, sign: refuseToGuess },
		isFirstTime: refuseToGuess,
		json: {},
		binary: refuseToGuess,
		attach: refuseToGuess,
		post: refuseToGuess,
	};
	const output = await operation.run(context);
	return { output: output as IDataObject, sent, hints };
}

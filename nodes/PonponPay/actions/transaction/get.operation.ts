import { toTransaction } from '../../../shared/model/transaction';
import { requireText, simplifyField } from '../fields';
import { objectOutput, wireObject } from '../output';
import type { Operation } from '../operation';

export const get: Operation = {
	name: 'Get',
	description: 'Look a transaction up by its ID or by its hash on the blockchain',
	action: 'Get transaction',
	fields: [
		{
			displayName: 'Transaction',
			name: 'transaction',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'hash', value: '' },
			description: 'The transaction, by its hash on the blockchain or by the ID PonponPay gave it',
			modes: [
				{
					displayName: 'By Hash',
					name: 'hash',
					type: 'string',
					placeholder: '9f3c5a1be07d42c8a6b1f0d97e35284c6d0a9b8e7f1c2d3e4f5a6b7c8d9ee21b',
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'T2026112208301512' },
			],
		},
		simplifyField,
	],
	async run(context) {
		const locator = context.field('transaction');
		const isId =
			typeof locator === 'object' && locator !== null && 'mode' in locator && locator.mode === 'id';
		const value = requireText('Transaction', locator);
		const data = await context.client.call(
			'transactionDetail',
			isId ? { transaction_id: value } : { hash: value },
		);
		return objectOutput(context, wireObject(data), toTransaction);
	},
};

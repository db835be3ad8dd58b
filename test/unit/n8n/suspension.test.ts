import type { IExecuteFunctions } from 'n8n-workflow';

import { suspend } from '../../../nodes/shared/n8n/suspension';

it.each([
	['keeps its stack elsewhere', {}],
	['has no stack', { runExecutionData: { executionData: {} } }],
])(
	'A node says so, and does not wait, where n8n %s: it would never be woken',
	async (_, surroundings) => {
		const putExecutionToWait = jest.fn();
		const context = {
			...surroundings,
			putExecutionToWait,
			getNode: () => ({ name: 'Wait' }),
			getExecuteData: () => ({ data: { main: [[{ json: {} }]] } }),
		} as unknown as IExecuteFunctions;
		await expect(
			suspend(context, { id: 'first', orders: [], failed: [], deadline: 0 }, new Date(0)),
		).rejects.toMatchObject({
			message: 'This version of n8n does not let a node wait for a payment',
			description: expect.stringContaining('PonponPay Trigger'),
		});
		expect(putExecutionToWait).not.toHaveBeenCalled();
	},
);

import type { IWebhookFunctions } from 'n8n-workflow';

import { receiveCallback } from '../../../nodes/PonponPay/wait/wakeUp';

/** A webhook context in which everything but the parts named here throws. */
function contextWith(parts: Record<string, unknown>) {
	const answered: { status?: number; body?: unknown } = {};
	const response = {
		end: () => response,
		status: (status: number) => {
			answered.status = status;
			return response;
		},
		json: (body: unknown) => {
			answered.body = body;
			return response;
		},
	};
	const context = {
		getNode: () => ({ name: 'Wait' }),
		getWorkflow: () => ({ id: '1' }),
		getResponseObject: () => response,
		logger: { warn: () => {} },
		...parts,
	};
	return { context: context as unknown as IWebhookFunctions, answered };
}

describe('A callback to a waiting node', () => {
	it.each([
		['the credential is gone', {}],
		[
			'the request cannot be read',
			{
				getCredentials: async () => ({ apiKey: 'sk_sandbox_1', host: 'https://api.polypay.ai' }),
				getRequestObject: () => {
					throw new TypeError('no request');
				},
			},
		],
	])(
		'never ends in an exception, which would wake the node: %s, so it is to come again',
		async (_, parts) => {
			const { context, answered } = contextWith(parts);
			expect(await receiveCallback(context)).toEqual({ noWebhookResponse: true });
			expect(answered).toMatchObject({ status: 503, body: { code: 'notSetUp', field: null } });
		},
	);
});

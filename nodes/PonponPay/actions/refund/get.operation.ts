import { toRefund } from '../../../shared/model/refund';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput, wireObject } from '../output';
import { refundField, refundReference } from './refundFields';

export const get: Operation = {
	name: 'Get',
	description: 'Look a refund up: its status, amount and transaction',
	action: 'Get refund',
	fields: [refundField, simplifyField],
	async run(context) {
		const { body } = refundReference(context);
		return objectOutput(
			context,
			wireObject(await context.client.call('refundDetail', body)),
			toRefund,
		);
	},
};

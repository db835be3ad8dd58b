import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput, wireObject } from '../output';
import { disputeField, disputeId, disputeShape } from './disputeFields';

export const get: Operation = {
	name: 'Get',
	description: 'Look a dispute up: what it is about, and how long there is to respond',
	action: 'Get dispute',
	fields: [disputeField, simplifyField],
	async run(context) {
		const data = await context.client.call('disputeDetail', { dispute_id: disputeId(context) });
		return objectOutput(context, wireObject(data), disputeShape);
	},
};

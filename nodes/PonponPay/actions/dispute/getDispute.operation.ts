import { dispute } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { objectOutput, wireObject } from '../output';
import { disputeShape } from './disputeOutput';

export const getDispute = operation({
	name: 'Get',
	description: 'Look a dispute up: what it is about, and how long there is to respond',
	action: 'Get dispute',
	fields: { dispute, simplify },
	async run({ dispute: id, simplify: isSimplified }, { client }) {
		const data = await client.call('disputeDetail', { dispute_id: id });
		return objectOutput(isSimplified, wireObject(data), disputeShape);
	},
});

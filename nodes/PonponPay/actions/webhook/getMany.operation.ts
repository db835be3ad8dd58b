import type { IDataObject } from 'n8n-workflow';

import { readList } from '../../../shared/api/list';
import type { Operation } from '../operation';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List the addresses PonponPay calls when something happens, with their IDs',
	action: 'Get many webhooks',
	fields: [],
	async run(context) {
		return await readList(context.client, {
			endpoint: 'webhookList',
			filters: {},
			keep: ({ value }): IDataObject => value,
		});
	},
};

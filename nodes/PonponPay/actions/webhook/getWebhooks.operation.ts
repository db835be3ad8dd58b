import type { IDataObject } from 'n8n-workflow';

import { readList } from '../../../shared/api/list';
import { operation } from '../operation';

export const getWebhooks = operation({
	name: 'Get Many',
	description: 'List the addresses PonponPay calls when something happens, with their IDs',
	action: 'Get many webhooks',
	fields: {},
	async run(_values, { client, hint }) {
		return await readList(client, {
			endpoint: 'webhookList',
			filters: {},
			keep: ({ value }): IDataObject => value,
			ifIncomplete: hint,
		});
	},
});

import type { IDataObject } from 'n8n-workflow';

import { readPageData } from '../../../shared/api/list';
import { toWebhook } from '../../../shared/model/webhook';
import { operation } from '../operation';

export const getWebhooks = operation({
	name: 'Get Many',
	description: 'List the addresses PonponPay calls when something happens, with their IDs',
	action: 'Get many webhooks',
	fields: {},
	async run(_values, { client }) {
		const { elements } = readPageData(await client.call('webhookList'));
		return elements.map((wire): IDataObject => toWebhook(wire));
	},
});

import type { IDataObject } from 'n8n-workflow';

import { readPageData } from '../../../shared/api/list';
import { toWebhook } from '../../../shared/model/webhook';
import type { Operation } from '../operation';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List the addresses PonponPay calls when something happens, with their IDs',
	action: 'Get many webhooks',
	fields: [],
	async run(context) {
		const { elements } = readPageData(await context.client.call('webhookList'));
		return elements.map((wire): IDataObject => toWebhook(wire));
	},
};

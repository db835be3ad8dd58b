import { webhook } from '../../../shared/fields/locators';
import { operation } from '../operation';

export const deleteWebhook = operation({
	name: 'Delete',
	description: 'Remove a webhook, such as one that a deleted workflow left behind',
	action: 'Delete webhook',
	fields: {
		webhookId: webhook,
	},
	async run({ webhookId }, { client }) {
		await client.ask('webhookDelete', { webhook_id: webhookId });
		return { deleted: true, webhookId };
	},
});

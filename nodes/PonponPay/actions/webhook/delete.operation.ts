import { requireText } from '../fields';
import type { Operation } from '../operation';

export const deleteWebhook: Operation = {
	name: 'Delete',
	description: 'Remove a webhook, such as one that a deleted workflow left behind',
	action: 'Delete webhook',
	fields: [
		{
			displayName: 'Webhook ID',
			name: 'webhookId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'W2026112208301512',
			description: 'ID of the webhook, as the operation Get Many shows it',
		},
	],
	async run(context) {
		const webhookId = requireText('Webhook ID', context.field('webhookId'));
		await context.client.call('webhookDelete', { webhook_id: webhookId });
		return { deleted: true, webhookId };
	},
};

import { knownId } from '../../../shared/fields/kinds';
import { operation } from '../operation';

export const deleteWebhook = operation({
	name: 'Delete',
	description: 'Remove a webhook, such as one that a deleted workflow left behind',
	action: 'Delete webhook',
	fields: {
		webhookId: knownId({
			displayName: 'Webhook ID',
			placeholder: 'W2026112208301512',
			description: 'ID of the webhook, as the operation Get Many shows it',
		}),
	},
	async run({ webhookId }, { client }) {
		await client.ask('webhookDelete', { webhook_id: webhookId });
		return { deleted: true, webhookId };
	},
});

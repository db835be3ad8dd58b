import type { PonponPayClient } from '../../../shared/api/client';
import { readList } from '../../../shared/api/list';
import { webhookDifference } from '../../../shared/api/shapes/difference';
import { choices } from '../../../shared/fields/choices';
import { url } from '../../../shared/fields/texts';
import { EVENTS } from '../../../shared/model/event';
import type { RequestBody } from '../../../shared/model/json';
import { requireCallbackUrl } from '../../../shared/model/publicUrl';
import type { RegisteredWebhook, Webhook } from '../../../shared/model/webhook';
import { eventChoices } from '../../../shared/trigger/eventFields';
import { onceByLook } from '../onceByLook';
import { operation } from '../operation';

const hookUrl = url({
	displayName: 'URL',
	placeholder: 'https://shop.example.com/ponponpay',
	description: 'Address that PonponPay calls',
});

export const createWebhook = operation({
	name: 'Create',
	description:
		'Register an address for PonponPay to call. A PonponPay Trigger does this for itself.',
	action: 'Create webhook',
	fields: {
		url: hookUrl,
		events: choices(
			{ displayName: 'Events', description: 'Which events PonponPay reports to it' },
			eventChoices(EVENTS),
			['order.paid'],
		),
	},
	async run({ url: given, events }, { client, hint }) {
		const address = requireCallbackUrl(hookUrl.label, given, client.host);
		const asked = { url: address, events };
		const { result, wasThere } = await onceByLook(
			client,
			'webhookAdd',
			asked,
			async () => await findHook(client, asked),
			// PonponPay shows the secret once, here: the receiver needs it to check signatures.
			({ value }) => value,
		);
		if (wasThere) hint(alreadyThere(result));
		return result;
	},
});

/** @returns the webhook that is there already for this address and these events */
async function findHook(
	client: PonponPayClient,
	asked: RequestBody,
): Promise<RegisteredWebhook | undefined> {
	const [found] = await readList(client, {
		endpoint: 'webhookList',
		filters: {},
		keep: ({ value }) => (isThisHook(value, asked) ? [value] : []),
		ifIncomplete: 'refuse',
	}).then((hooks) => hooks.flat());
	return found && { ...found, secret: null };
}

function isThisHook(hook: Webhook, asked: RequestBody): boolean {
	const isTold = hook.url !== null && hook.events.length > 0;
	const isSameCount = Array.isArray(asked.events) && hook.events.length === asked.events.length;
	return isTold && isSameCount && webhookDifference(hook, asked) === undefined;
}

function alreadyThere({ webhookId }: Webhook): string {
	return `Webhook ${webhookId} was there already for this URL and these events: no second one was created. PonponPay shows its secret only once; if you do not have it, delete the webhook and create it anew.`;
}

import { firstText, type WireObject } from './wire';

/** A registered webhook. The secret it was created with is never part of it. */
export type Webhook = {
	webhookId: string | null;
	url: string | null;
	events: string[];
	status: string | null;
};

/** A webhook of the wire [I] in our shape. */
export function toWebhook(wire: WireObject): Webhook {
	const events = Array.isArray(wire.events) ? wire.events : [];
	return {
		webhookId: firstText(wire, 'webhook_id'),
		url: firstText(wire, 'url'),
		events: events.filter((event) => typeof event === 'string'),
		status: firstText(wire, 'status'),
	};
}

import { firstText, wireText, wireWord, type WireObject } from './wire';

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
		status: wireWord(wire.status),
	};
}

/** What PonponPay answers to a registration: the only time that it tells the secret. */
export type RegisteredWebhook = Webhook & { secret: string | null };

/** The answer to a registration [I] in our shape. */
export function toRegisteredWebhook(wire: WireObject): RegisteredWebhook {
	return { ...toWebhook(wire), secret: wireText(wire.secret) };
}

import type { ToolSetName } from './mcp/toolSets.mts';

/**
 * How the sandbox behaves where the contract leaves room, or where a test wants another vendor of the same contract.
 * Everything here may be changed while it runs.
 */
export interface SandboxSettings {
	/** Everything under both prefixes; what the vendor publishes and nothing else; or what its oldest hosts know. */
	offers: 'everything' | 'published' | 'legacy';
	/** The MCP server: how its tools are called, and which of them it lacks; whether it keeps sessions; its two forms of answers. */
	mcp: {
		isOffered: boolean;
		tools: ToolSetName;
		without: readonly string[];
		sessions: boolean;
		answers: 'json' | 'stream';
	};
	/** `/order/detail` gives the status as a number, or as one of the four published words. */
	statusAs: 'number' | 'word';
	/** The body of order callbacks, where the hook does not say otherwise. */
	callbackShape: CallbackShape;
	/** What a callback's `amount` is: what the customer sends with its suffix, or the order's amount without. */
	callbackAmount: 'actual' | 'order';
	/** Whether callbacks carry an `event_id`. */
	withEventIds: boolean;
	/** The schemes a delivery is signed with. A needs a secret besides. */
	signatures: { A: boolean; B: boolean; C: boolean };
	/** Seconds by which its clock is ahead of this computer's, in signatures and in the answers of the API. */
	clockOffset: number;
	/** Whether a new order sends `order.pending` at once. */
	announceCreation: boolean;
	/** Cancelling an order that was paid is refused, or answered with the paid order. */
	cancelOfPaid: 'refuse' | 'returnOrder';
	/** A create with an own ID that is taken is refused, or answered with what has the ID; then creates give the whole order. */
	createOfTaken: 'refuse' | 'return';
	/** The name of the link in the answer of `/order/checkout`. */
	checkoutUrlField: 'checkout_url' | 'payment_url';
	merchantNameField: 'name' | 'mch_name';
	/** The key set as it is, or inside the envelope's `data`. */
	keySetShape: 'plain' | 'envelope';
	/** Seconds an order waits for its payment. */
	orderLifetime: number;
	/** Seconds from a refund's creation to its sending, and from there to its success; `null`: only by hand. */
	refundStepSeconds: number | null;
	/** Seconds a merchant may leave a dispute unanswered before it is lost. */
	disputeAnswerSeconds: number;
	/** Wallets per network; each tells a hundred open orders of one amount apart. */
	walletsPerNetwork: number;
	/** Seconds between one unsuccessful delivery and the next; after the last it is given up. */
	retryDelays: readonly number[];
	/** How long a receiver may take to answer. */
	deliveryTimeoutMs: number;
}

export type CallbackShape = 'flat' | 'envelope';

export const DEFAULT_SETTINGS: SandboxSettings = {
	offers: 'everything',
	mcp: { isOffered: true, tools: 'verbs', without: [], sessions: true, answers: 'stream' },
	statusAs: 'number',
	callbackShape: 'flat',
	callbackAmount: 'actual',
	withEventIds: true,
	signatures: { A: true, B: true, C: true },
	clockOffset: 0,
	announceCreation: false,
	cancelOfPaid: 'refuse',
	createOfTaken: 'refuse',
	checkoutUrlField: 'checkout_url',
	merchantNameField: 'name',
	keySetShape: 'plain',
	orderLifetime: 1800,
	refundStepSeconds: 5,
	disputeAnswerSeconds: 7 * 86_400,
	walletsPerNetwork: 1000,
	retryDelays: [5, 15, 60, 300, 900, 3600, 10_800, 21_600],
	deliveryTimeoutMs: 10_000,
};

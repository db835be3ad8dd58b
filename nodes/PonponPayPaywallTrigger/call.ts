import type { IWebhookFunctions } from 'n8n-workflow';

import type { PaywallMemory } from './paywallMemory';
import type { PaywallSettings } from './paywallSettings';

/** One call at a paywall, with all that is needed to answer it. */
export type Call = {
	readonly context: IWebhookFunctions;
	readonly settings: PaywallSettings;
	readonly memory: PaywallMemory;
	/** What tells this request from another. */
	readonly request: string;
	/** Of the client, as n8n knows it. */
	readonly address: string;
};

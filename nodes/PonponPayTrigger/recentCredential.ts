import type { IWebhookFunctions } from 'n8n-workflow';

import { loadCredential } from '../shared/api/connection';
import { CREDENTIAL_TYPE, type PonponPayCredential } from '../shared/api/credential';

/**
 * How long a credential that was read serves, in milliseconds.
 *
 * n8n decrypts it anew for every request, and makes an expression engine for that: with n8n's default engine it takes as
 * long as all the rest of a request. A key that has been changed counts this much later, in either direction.
 */
export const SERVES_MS = 5_000;

/** Reads the credential of one trigger, not more often than necessary. */
export class RecentCredential {
	private last:
		{ id: unknown; until: number; credential: Promise<PonponPayCredential> } | undefined;

	/** @param now Unix milliseconds */
	constructor(private readonly now: () => number) {}

	/** @throws InvalidInput when it is incomplete; that is not kept */
	async read(context: IWebhookFunctions): Promise<PonponPayCredential> {
		const { id } = context.getNode().credentials?.[CREDENTIAL_TYPE] ?? {};
		const now = this.now();
		if (this.last === undefined || this.last.id !== id || now >= this.last.until) {
			const last = { id, until: now + SERVES_MS, credential: loadCredential(context) };
			this.last = last;
			last.credential.catch(() => {
				if (this.last === last) this.last = undefined;
			});
		}
		return await this.last.credential;
	}
}

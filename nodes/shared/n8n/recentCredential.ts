import type { IWebhookFunctions } from 'n8n-workflow';

/** How long a credential that was read serves, in milliseconds. */
export const SERVES_MS = 5_000;

/**
 * Reads the credential of one webhook, not more often than necessary.
 *
 * n8n decrypts it anew for every request, and makes an expression engine for that: with n8n's default engine it takes as
 * long as all the rest of a request. A key that has been changed counts {@link SERVES_MS} later, in either direction.
 *
 * Seen in n8n-core 1.120 to 2.41: `getNode().credentials` names the credential by id, which changes when another one is chosen.
 * Without the id a webhook would go on for five seconds with a credential that is no longer chosen.
 */
export class RecentCredential<Credential> {
	private last: { id: unknown; until: number; credential: Promise<Credential> } | undefined;

	/**
	 * @param type the credential's type
	 * @param load reads it; what it throws is not kept
	 * @param now Unix milliseconds
	 */
	constructor(
		private readonly type: string,
		private readonly load: (context: IWebhookFunctions) => Promise<Credential>,
		private readonly now: () => number,
	) {}

	async read(context: IWebhookFunctions): Promise<Credential> {
		const { id } = context.getNode().credentials?.[this.type] ?? {};
		const now = this.now();
		if (this.last === undefined || this.last.id !== id || now >= this.last.until) {
			const last = { id, until: now + SERVES_MS, credential: this.load(context) };
			this.last = last;
			last.credential.catch(() => {
				if (this.last === last) this.last = undefined;
			});
		}
		return await this.last.credential;
	}
}

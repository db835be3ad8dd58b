import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { loadCredential, requestOptions } from '../shared/api/connection';
import { signWithApiKey } from '../shared/signature/apiKey';
import { signsOfChange } from '../shared/signature/diagnose';
import { keyLookup } from '../shared/webhook/fetchKeySet';
import { readMessage, type Message } from '../shared/signature/message';
import { LruMap } from '../shared/lruMap';
import { ownerOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';
import { UsedOnce } from '../shared/once/usedOnce';
import type { Refusal } from '../shared/signature/refusal';
import { signWithSecret } from '../shared/signature/sharedSecret';
import { verify, type Delivery, type Trust } from '../shared/signature/verify';

/** What an operation may do with callbacks. It sees the verdict and the signature, never what they are made with. */
export type Callbacks = {
	/**
	 * The verdict on a delivery, and what it says if it is accepted.
	 *
	 * A nonce is accepted once in this n8n process and workflow; again only by the same item of the same execution, so that
	 * n8n's "Retry On Fail" can repeat it.
	 */
	check(delivery: Delivery, signature: Trust['signature']): Promise<CheckedDelivery>;
	/**
	 * A delivery as PonponPay would send it now, signed with everything that the credential holds: the API key, and the
	 * webhook secret if there is one. Only PonponPay can sign with Ed25519.
	 *
	 * @param write gives its body for the credential's environment
	 */
	sign(write: (environment: string) => string): Promise<Signed>;
};

export type CheckedDelivery =
	| {
			readonly refusal: Refusal;
			/** A sentence about what may have changed the body on the way; `undefined` where there is no sign of it. */
			readonly change?: string;
	  }
	| (Message & { readonly scheme: string });

export type Signed = {
	readonly environment: string;
	readonly body: Buffer;
	readonly headers: Record<string, string>;
	readonly schemes: readonly string[];
	/** Whether receivers with this credential insist on Ed25519. */
	readonly isEd25519Expected: boolean;
};

/** What came of a request to any address. */
export type PostOutcome = { readonly status: number; readonly answer: string } | 'unreachable';

const TIMEOUT_MS = 30_000;
const LONGEST_ANSWER = 500;

/** Which nonces a node has seen, and which item of it had them. */
type VerifiedNonces = { used: UsedOnce; usedBy: UsedOnce };

const verifiedNonces = processMemory(
	'verified deliveries',
	(capacity) => new LruMap<VerifiedNonces>(capacity, ({ used }) => used.size > 0),
);

/** @param itemId what tells this item from all others, also those of other executions */
export function callbacksOf(context: IExecuteFunctions, itemId: () => string): Callbacks {
	return {
		async check(delivery, signature) {
			const { apiKey, webhookSecret, merchantId, environment, host } =
				await loadCredential(context);
			const trust = { signature, apiKey, secrets: [webhookSecret], merchantId, environment };
			const tools = { now: Date.now, lookUpKey: keyLookup(context, host) };
			const nonces = {
				claim: (nonceKey: string) => claim(ownerOf(context), nonceKey, itemId()),
			};
			const verdict = await verify(delivery, trust, { ...tools, nonces });
			if (!verdict.accepted) {
				const { refusal } = verdict;
				const isChanged = refusal.reason === 'wrongSignature';
				return {
					refusal,
					change: isChanged ? await signsOfChange(delivery, trust, tools) : undefined,
				};
			}
			const message = readMessage(delivery.body, environment);
			return 'reason' in message ? { refusal: message } : { ...message, scheme: verdict.scheme };
		},
		async sign(write) {
			const { apiKey, webhookSecret, merchantId, environment } = await loadCredential(context);
			const body = Buffer.from(write(environment), 'utf8');
			const at = {
				timestamp: Math.floor(Date.now() / 1000),
				nonce: randomBytes(16).toString('hex'),
			};
			const isSecretKnown = webhookSecret !== '';
			return {
				environment,
				body,
				headers: {
					...signWithApiKey(body, apiKey, at),
					...(isSecretKnown && signWithSecret(body, webhookSecret)),
				},
				schemes: isSecretKnown ? ['apiKey', 'secret'] : ['apiKey'],
				isEd25519Expected: merchantId !== '',
			};
		},
	};
}

function claim(node: string, nonceKey: string, item: string): 'first' | 'used' | 'full' {
	const memory = verifiedNonces.getOrMake(node, () => ({
		used: new UsedOnce(Date.now),
		usedBy: new UsedOnce(Date.now),
	}));
	const byItem = `${nonceKey} ${item}`;
	const first = memory.used.claim(nonceKey);
	if (first === 'first') memory.usedBy.claim(byItem);
	if (first !== 'used') return first;
	if (memory.usedBy.claim(byItem) === 'used') return 'first';
	memory.usedBy.release(byItem);
	return 'used';
}

/** Sends JSON to an address that is not PonponPay's: without the credential, and following no redirect. */
export async function postTo(
	context: IExecuteFunctions,
	url: string,
	headers: Record<string, string>,
	body: Buffer,
): Promise<PostOutcome> {
	const options = requestOptions(url, TIMEOUT_MS);
	options.method = 'POST';
	options.body = body.toString('utf8');
	options.headers = { ...options.headers, 'Content-Type': 'application/json', ...headers };
	try {
		const { statusCode, body: answer } = (await context.helpers.httpRequest(options)) as {
			statusCode: number;
			body: unknown;
		};
		return { status: statusCode, answer: String(answer ?? '').slice(0, LONGEST_ANSWER) };
	} catch {
		return 'unreachable';
	}
}

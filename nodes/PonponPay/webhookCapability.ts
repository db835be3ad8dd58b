import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { SENDER_PATIENCE } from '../shared/api/books';
import { createClient, loadCredential, requestOptions } from '../shared/api/connection';
import { publicKeysOf } from '../shared/api/publicKeys';
import { settleContradiction } from '../shared/api/settleContradiction';
import { LruMap } from '../shared/lruMap';
import { claimsOf } from '../shared/once/claims';
import { ownerOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';
import { UsedOnce } from '../shared/once/usedOnce';
import { openDelivery, type OpenedDelivery } from '../shared/signature/delivery';
import { signsOfChange } from '../shared/signature/diagnose';
import { refuse, type Refusal } from '../shared/signature/refusal';
import { signDelivery } from '../shared/signature/signDelivery';
import { trustOf, type Trust } from '../shared/signature/trust';
import type { Delivery, Nonces } from '../shared/signature/verifySignature';

/** What an operation may do with callbacks. It sees the verdict and the signature, never what they are made with. */
export type Callbacks = {
	/**
	 * The verdict on a delivery, and what it says if it is accepted.
	 *
	 * A nonce is accepted once by this node, whatever process of n8n it comes to; again only by the same item of the same
	 * execution, so that n8n can try it again. By hand in the editor nothing is recorded beyond this process.
	 *
	 * @throws whatever n8n says when its database cannot be asked: a callback that may be a repeated one is not called valid
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
	| OpenedDelivery;

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

/** What tells an item from all others, also those of other executions. */
type ItemId = {
	readonly id: () => string;
	/** Whether this is another try of an execution of which nothing is known, not even what it has done. */
	readonly isUnknownRetry: () => boolean;
};

export function callbacksOf(context: IExecuteFunctions, item: ItemId): Callbacks {
	return {
		async check(delivery, signature) {
			const credential = await loadCredential(context);
			const trust = trustOf(credential, signature);
			const lookUpKey = publicKeysOf(context, credential.host);
			const nonces = noncesOf(ownerOf(context), item.id);
			const tools = { now: Date.now, lookUpKey, nonces };
			const opened = await openDelivery(delivery, trust, tools);
			if (!('reason' in opened)) {
				const connect = async () => await createClient(context, SENDER_PATIENCE);
				const settled = await settleContradiction(opened, connect, delivery.body);
				if ('reason' in settled) {
					opened.release();
					return { refusal: settled };
				}
				const { nonceKey, scheme } = opened;
				const isFirst = nonceKey === undefined || (await isFirstUse(context, nonceKey, item));
				return isFirst ? settled : { refusal: refuse('replayed', { scheme, header: 'X-Nonce' }) };
			}
			return { refusal: opened, change: await signsOfChange(opened, delivery, trust, tools) };
		},
		async sign(write) {
			const { apiKey, webhookSecret, merchantId, environment } = await loadCredential(context);
			const body = Buffer.from(write(environment), 'utf8');
			const moment = {
				timestamp: Math.floor(Date.now() / 1000),
				nonce: randomBytes(16).toString('hex'),
			};
			return {
				environment,
				body,
				headers: signDelivery(body, { apiKey, secret: webhookSecret }, moment),
				schemes: webhookSecret === '' ? ['apiKey'] : ['apiKey', 'secret'],
				isEd25519Expected: merchantId !== '',
			};
		},
	};
}

/** Whether no other item of this node has used a nonce, in whatever process of n8n. */
async function isFirstUse(
	context: IExecuteFunctions,
	nonceKey: string,
	{ id, isUnknownRetry }: ItemId,
): Promise<boolean> {
	if (context.getMode() === 'manual') return true;
	const claims = await claimsOf(context);
	const claim = await claims.claim(`delivery ${nonceKey}`, id());
	// Twice is better than never: the first try may have ended before it passed the event on.
	return claim === 'mine' || isUnknownRetry();
}

/** The nonces of a node, as one of its items sees them: what this very item has used counts as new. */
function noncesOf(node: string, itemId: () => string): Nonces {
	const memory = () =>
		verifiedNonces.getOrMake(node, () => ({
			used: new UsedOnce(Date.now),
			usedBy: new UsedOnce(Date.now),
		}));
	const byItem = (nonceKey: string) => `${nonceKey} ${itemId()}`;
	return {
		claim(nonceKey) {
			const { used, usedBy } = memory();
			const first = used.claim(nonceKey);
			if (first === 'first') usedBy.claim(byItem(nonceKey));
			if (first !== 'used') return first;
			if (usedBy.claim(byItem(nonceKey)) === 'used') return 'first';
			usedBy.release(byItem(nonceKey));
			return 'used';
		},
		release(nonceKey) {
			const { used, usedBy } = memory();
			used.release(nonceKey);
			usedBy.release(byItem(nonceKey));
		},
	};
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

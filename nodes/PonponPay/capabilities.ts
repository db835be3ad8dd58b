import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { callbacksOf, postTo, type Callbacks, type PostOutcome } from './webhookCapability';
import { resumeUrl } from '../shared/n8n/resumeUrl';
import { claimsOf } from '../shared/once/claims';

/** What a capability is made from: n8n's context, which operations do not see, and the item that is worked on. */
export type ItemScope = {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly derivedId: (purpose: string) => string;
	/** Whether this is another try of an execution of which nothing is known, not even what it has done. */
	readonly identity: { readonly isUnknownRetry: boolean };
	/** The files of the item that this one becomes. */
	readonly files: IBinaryKeyData;
};

/** Something that only some operations need; they ask for it with `context.use(…)`. */
export type Capability<T> = (scope: ItemScope) => T;

/** The item as it came in. */
export const inputItem: Capability<IDataObject> = ({ context, itemIndex }) =>
	context.getInputData()[itemIndex].json;

/** The binary properties of the item. */
export type Files = {
	/** @returns `undefined` where the item has no binary property of that name */
	read(name: string): Promise<Buffer | undefined>;
	/** Puts a file into a binary property of the item that this one becomes. */
	attach(name: string, bytes: Buffer, fileName: string, mimeType: string): Promise<void>;
};

export const files: Capability<Files> = (scope) => ({
	async read(name) {
		const { context, itemIndex } = scope;
		const isThere = context.getInputData()[itemIndex].binary?.[name] !== undefined;
		return isThere ? await context.helpers.getBinaryDataBuffer(itemIndex, name) : undefined;
	},
	async attach(name, bytes, fileName, mimeType) {
		scope.files[name] = await scope.context.helpers.prepareBinaryData(bytes, fileName, mimeType);
	},
});

/** Checks and signs callbacks with the credential, which the operation itself does not see. */
export const callbacks: Capability<Callbacks> = ({ context, derivedId, identity }) =>
	callbacksOf(context, {
		id: () => derivedId('callback'),
		isUnknownRetry: () => identity.isUnknownRetry,
	});

/** Sends JSON to an address that is not PonponPay's, without the credential. */
export type OutsidePost = (
	url: string,
	headers: Record<string, string>,
	body: Buffer,
) => Promise<PostOutcome>;

export const outsidePost: Capability<OutsidePost> =
	({ context }) =>
	async (url, headers, body) =>
		await postTo(context, url, headers, body);

/** The address by which PonponPay can wake this very execution once it waits for a payment. */
export const executionUrl: Capability<() => string> =
	({ context }) =>
	() =>
		resumeUrl(context);

/**
 * Whether a key comes to this node for the first time, whatever process of n8n it comes to, and over restarts. An item
 * that n8n tries again may pass again; in an execution by hand in the editor everything may, and nothing is recorded.
 */
export type FirstTime = (key: string) => Promise<boolean>;

export const firstTime: Capability<FirstTime> =
	({ context, derivedId, identity }) =>
	async (key) => {
		if (context.getMode() === 'manual') return true;
		const claims = await claimsOf(context);
		const claim = await claims.claim(`event ${key}`, derivedId('event'));
		// Twice is better than never: the first try may have ended before it passed the event on.
		return claim === 'mine' || identity.isUnknownRetry;
	};

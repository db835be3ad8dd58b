import type { Endpoint } from './endpoints';

/**
 * Why a call did not succeed.
 *
 * - `refused`: PonponPay understood and said no (`code` ≠ 0)
 * - `mismatch`: what PonponPay made is not what was asked for
 * - `unauthorized`: the key is refused
 * - `blocked`: something between us and PonponPay refuses to let the request through
 * - `notOffered`: there is no such route at this host, or not for this key
 * - `rateLimited`: too many requests; nothing was done
 * - `unavailable`: a 5xx; unknown whether the work was done
 * - `interrupted`: reset, time-out, or cancelled while under way; unknown whether the work was done
 * - `unreadable`: an answer that is not the API's, or not what was asked for; unknown whether the work was done
 * - `redirected`: the host points elsewhere; not followed, because the key would go along
 * - `unreachable`: no connection was made, so nothing was done
 * - `cancelled`: the execution was cancelled in n8n before the request was sent, or sent again
 */
export type FailureKind =
	| 'refused'
	| 'mismatch'
	| 'unauthorized'
	| 'blocked'
	| 'notOffered'
	| 'rateLimited'
	| 'unavailable'
	| 'interrupted'
	| 'unreadable'
	| 'redirected'
	| 'unreachable'
	| 'cancelled';

/** What is known of a failure. */
export type FailureDetails = {
	kind: FailureKind;
	endpoint: Endpoint;
	/** Scheme and host that were called. */
	host?: string;
	httpStatus?: number;
	/** The vendor's code of the envelope. */
	code?: number;
	/** The vendor's message, or what the connection reported. Free of secrets. */
	detail?: string;
	/** What we have found out that helps, in sentences. */
	advice?: string;
	/** What the answer should have been, with its article, where it came from the API and is something else. */
	expected?: string;
	/** Whether the key is refused here alone, as this account may not use the endpoint. */
	isKeyAccepted?: boolean;
	/** How long PonponPay asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** How often the request was sent, and for how long it was tried, in milliseconds. */
	tries?: number;
	triedForMs?: number;
	/** The id of ours that a create carried, where its outcome is unclear. */
	unclearId?: string;
};

/** Anything but success. Holds no header, no request and no whole body, so that it may be logged and stored. */
export class ApiFailure extends Error {
	constructor(readonly details: FailureDetails) {
		super(`${details.endpoint.path}: ${details.kind}`);
		this.name = 'ApiFailure';
	}

	get kind(): FailureKind {
		return this.details.kind;
	}

	/** The same failure, with more that is known of it. */
	with(more: Partial<FailureDetails>): ApiFailure {
		return new ApiFailure({ ...this.details, ...more });
	}
}

/** A result without exceptions, so that what to do next is decided in plain code. */
export type Outcome<T> =
	{ readonly data: T; readonly failure?: undefined } | { readonly failure: ApiFailure };

/** Whether PonponPay may have done the work although no success was seen. */
export function isUnclear({ kind }: ApiFailure): boolean {
	return kind === 'unavailable' || kind === 'interrupted' || kind === 'unreadable';
}

/** The vendor's way to say that there is no such thing: 10003 [P]; other resources are guessed by their words [I]. */
export function isNotFound({ details }: ApiFailure): boolean {
	return (
		details.kind === 'refused' &&
		(details.code === 10003 ||
			/not found|(not|n['’]t) exist|no such|不存在/i.test(details.detail ?? ''))
	);
}

/**
 * The vendor's way to say that our id is taken. No code is published for it, so its words decide [I]; a wrong guess costs
 * one look.
 */
export function isAlreadyThere({ details }: ApiFailure): boolean {
	return (
		details.kind === 'refused' &&
		/already|exists|duplicate|taken|in use|been used|已存在|已使用|重复/i.test(details.detail ?? '')
	);
}

/**
 * What an endpoint gives; `undefined` where PonponPay does not offer it on this account or host.
 *
 * @throws ApiFailure for every other failure
 */
export async function ifOffered<T>(answer: Promise<T>): Promise<T | undefined> {
	return await answer.catch((error: unknown) => {
		if (error instanceof ApiFailure && error.kind === 'notOffered') return undefined;
		throw error;
	});
}

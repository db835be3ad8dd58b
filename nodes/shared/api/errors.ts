import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { InvalidInput } from '../model/invalidInput';
import { isRepeatable } from './endpoints';
import { ApiFailure, isNotFound, type FailureKind } from './failure';
import { NotAllowed } from './limits';

/** What the user reads: what happened, and what to do next. */
export type Explanation = { message: string; description: string };

/** The labels under which users know the names of the wire. */
const LABELS: Record<string, string> = {
	amount: 'Amount',
	currency: 'Currency',
	network: 'Network',
	mch_order_id: 'Merchant Order ID',
	trade_id: 'Trade ID',
	notify_url: 'Notify URL',
	redirect_url: 'Redirect URL',
	locale: 'Locale',
	mch_refund_id: 'Merchant Refund ID',
	address: 'Address',
};

/**
 * The one place for the wording of everything that can go wrong between us and PonponPay (contract, section 6).
 *
 * Keeps the vendor's code and message. Never holds a key, a signature, a header or a whole body.
 */
export function explain(failure: ApiFailure): Explanation {
	const { details } = failure;
	const where = `Endpoint: ${details.endpoint.path} at ${details.host}.`;
	const vendor = said(details);
	const tried = triedText(details);
	if (details.unclearId !== undefined) {
		const cause = explain(failure.with({ unclearId: undefined }));
		// By the word "canceled" n8n tells a cancelled execution from one that went wrong.
		const whileCanceled = isCancelled(details) ? ' before the execution was canceled' : '';
		return {
			message: `PonponPay did not confirm the request for "${details.unclearId}"${whileCanceled}`,
			description: join(
				'Look it up by this ID first, with the operation Get or in the PonponPay dashboard. Sending it again with the same ID is safe: PonponPay takes an ID only once.',
				sentence(cause.message),
				details.kind === 'refused' ? codeText(details.code) : vendor,
				tried,
				where,
			),
		};
	}
	switch (isCancelled(details) ? 'cancelled' : details.kind) {
		case 'refused':
			return {
				message: `PonponPay refused: ${details.detail ?? 'it gave no reason'}`,
				description: join(advice(failure), codeText(details.code), concerns(details.detail), where),
			};
		case 'mismatch':
			return {
				message: `PonponPay made something else than was asked for: ${details.detail ?? 'it does not say what'}`,
				description: join(
					'Do not pass it on. The ID was probably used before: look it up in the PonponPay dashboard, and give another ID for what is new.',
					where,
				),
			};
		case 'blocked':
			return {
				message: 'A firewall does not let this n8n server through to PonponPay',
				description: join(
					'A web page came instead of an answer. Ask whoever runs the host in the PonponPay credential, or the network of this n8n server, to let its requests through.',
					`HTTP status ${details.httpStatus}.`,
					where,
				),
			};
		case 'unauthorized':
			return {
				message: 'PonponPay does not accept the API key',
				description: join(
					'Check the API Key in the PonponPay credential, and that it belongs to the host chosen there.',
					vendor,
					where,
				),
			};
		case 'notOffered':
			return notOffered(details, vendor);
		case 'rateLimited':
			return {
				message: 'PonponPay is receiving too many requests from this account',
				description: join('Run it again later, or with fewer items at once.', tried, vendor, where),
			};
		case 'unavailable':
			return {
				message: `PonponPay is not available right now${statusText(details)}`,
				description: join(whatNow(details), tried, vendor, where),
			};
		case 'interrupted':
			return {
				message: 'The connection to PonponPay broke before the answer came',
				description: join(whatNow(details), tried, vendor, where),
			};
		case 'unreadable':
			if (details.expected !== undefined) {
				return {
					message: `PonponPay's answer is not ${details.expected}`,
					description: join(
						'Nothing was taken from it.',
						whatNow(details),
						'If it stays so, check the host in the PonponPay credential, and ask PonponPay.',
						vendor,
						tried,
						where,
					),
				};
			}
			return {
				message: 'The answer does not come from the PonponPay API',
				description: join(
					'Check the host in the PonponPay credential; a proxy in between may also have answered.',
					!isRepeatable(details.endpoint) && LOOK_FIRST,
					vendor,
					details.httpStatus !== undefined && `HTTP status ${details.httpStatus}.`,
					tried,
					where,
				),
			};
		case 'redirected':
			return {
				message: 'The host in the PonponPay credential points to another address',
				description: join(
					'It was not followed, because the API key would have gone there. Enter the final address as the host.',
					where,
				),
			};
		case 'unreachable':
			return {
				message: 'No connection to PonponPay could be made',
				description: join(
					'Check the host in the PonponPay credential, and that this n8n server may open connections to it.',
					vendor,
					where,
				),
			};
		case 'cancelled':
			return { message: 'The execution was canceled', description: where };
	}
}

/** Where n8n has only one line for it. */
export function asOneText({ message, description }: Explanation): string {
	return join(sentence(message), description);
}

/** Before a request was sent, or while one was under way: then n8n's HTTP client reports the connection. */
function isCancelled({ kind, detail }: ApiFailure['details']): boolean {
	return kind === 'cancelled' || (kind === 'interrupted' && detail === 'ERR_CANCELED');
}

const LOOK_FIRST =
	'PonponPay may have carried it out nevertheless: look how things stand before you run it again.';

/** Once more is good advice only for what may be done twice. */
function whatNow({ endpoint }: ApiFailure['details']): string {
	return isRepeatable(endpoint) ? 'Run it again in a few minutes.' : LOOK_FIRST;
}

/** What to do about a refusal, where that is known; PonponPay's own words tell only what happened. */
function advice(failure: ApiFailure): string {
	const { advice: found, detail = '', code, endpoint } = failure.details;
	if (found !== undefined) return found;
	// What a create cannot find is seldom the thing that it was to make.
	if (code === 10003 || (isNotFound(failure) && endpoint.effect !== 'create')) {
		return "Check the ID: PonponPay's own (such as the trade ID) and that of your shop are two different ones. An API key finds only what belongs to its account, a sandbox key only what was made with a sandbox key.";
	}
	if (/\bquota\b|\bplan\b|配额|额度|套餐/i.test(detail)) {
		return 'Each PonponPay plan allows a certain number of orders a month: choose a larger plan in the PonponPay dashboard, or wait for the next month.';
	}
	return '';
}

function statusText({ httpStatus = 0 }: ApiFailure['details']): string {
	return httpStatus >= 500 ? ` (HTTP status ${httpStatus})` : '';
}

function notOffered(
	{ endpoint, host, isKeyAccepted }: ApiFailure['details'],
	vendor: string,
): Explanation {
	if (isKeyAccepted) {
		return {
			message: `PonponPay does not offer ${endpoint.path} to this API key`,
			description: join(
				`The key is accepted elsewhere, and refused for ${endpoint.path} at ${host} alone. Use the PonponPay dashboard instead, or a key that may do this.`,
				vendor,
			),
		};
	}
	const { path, legacyPath } = endpoint;
	const tried = legacyPath === undefined ? path : `${path} and ${legacyPath}`;
	const were = legacyPath === undefined ? 'was' : 'were';
	if (endpoint.standing === 'asked') {
		return {
			message: `PonponPay has no ${path}`,
			description: join(
				`${tried} at ${host} ${were} tried, and nothing is there. Check the Path letter by letter, and the Method: some endpoints take GET only, most take POST only.`,
				vendor,
			),
		};
	}
	if (endpoint.standing === 'mcp') {
		return {
			message: 'PonponPay does not offer its MCP server on this account or host',
			description: join(
				`${path} at ${host} was tried. Use the other resources of the PonponPay node, or the PonponPay dashboard.`,
				vendor,
			),
		};
	}
	if (endpoint.standing === 'published') {
		return {
			message: 'This host does not offer the PonponPay API',
			description: join(
				'Check the host in the PonponPay credential.',
				vendor,
				`Endpoint: ${tried} at ${host}.`,
			),
		};
	}
	return {
		message: `PonponPay does not offer ${endpoint.path} on this account or host`,
		description: join(
			`PonponPay has announced this function but not published its endpoint; ${tried} at ${host} ${were} tried. Use the PonponPay dashboard instead, or API Request of the PonponPay node if PonponPay has told you another endpoint.`,
			vendor,
		),
	};
}

/** Whose words a detail is, where not PonponPay's. */
const SPEAKERS: Partial<Record<FailureKind, string>> = {
	interrupted: 'The connection reported',
	unreachable: 'The connection reported',
	unreadable: 'What came',
};

function said({ kind, code, detail }: ApiFailure['details']): string {
	const speaker = SPEAKERS[kind] ?? 'PonponPay said';
	return join(detail && sentence(`${speaker}: ${detail}`), codeText(code));
}

function sentence(text: string): string {
	return /[.!?。！？]$/.test(text) ? text : `${text}.`;
}

function codeText(code: number | undefined): string {
	// Zero is PonponPay's word for success, and would only puzzle beside a failure.
	return code === undefined || code === 0 ? '' : `Code ${code}.`;
}

function concerns(detail = ''): string {
	const names = Object.keys(LABELS).filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(detail));
	return names.length === 0
		? ''
		: `This concerns: ${names.map((name) => LABELS[name]).join(', ')}.`;
}

function triedText({ tries = 1, triedForMs = 0, retryAfterMs }: ApiFailure['details']): string {
	return join(
		tries > 1 && `Tried ${tries} times${within(triedForMs)}.`,
		retryAfterMs !== undefined &&
			`PonponPay asks to wait ${Math.ceil(retryAfterMs / 1000)} seconds.`,
	);
}

function within(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds === 0) return ' within a second';
	return seconds === 1 ? ' in 1 second' : ` in ${seconds} seconds`;
}

function join(...sentences: Array<string | false | undefined>): string {
	return sentences.filter((sentence) => sentence).join(' ');
}

/**
 * Any failure as n8n shows it, naming the item.
 *
 * Never wraps the cause: n8n stores an error with all it holds.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ApiFailure) {
		const { message, description } = explain(error);
		const { httpStatus, code } = error.details;
		return new NodeApiError(node, { code, endpoint: error.details.endpoint.path } as JsonObject, {
			message,
			description,
			httpCode: httpStatus?.toString(),
			itemIndex,
		});
	}
	if (error instanceof NotAllowed) {
		return new NodeOperationError(node, error.message, {
			description: error.description,
			itemIndex,
		});
	}
	if (error instanceof InvalidInput) {
		return new NodeOperationError(node, error.message, { itemIndex });
	}
	const reason = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, reason, { itemIndex });
}

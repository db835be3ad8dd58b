import { plain } from '../http/answer.mts';
import { isInferred } from '../http/endpoints/standing.mts';
import { enveloped } from '../http/answer.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { MissingRoute } from '../http/missingRoute.mts';
import { type WireObject } from '../wire.mts';
import type { Dialect, DialectTable } from './dialect.mts';
import { rename, without } from './transform.mts';

const missing = (about: string, missingRoute: MissingRoute): Dialect => ({
	about: `the inferred endpoints are missing: ${about}`,
	missingRoute,
});

/** Keeps `message` where there is nothing to complain of. */
const ofRefusals = (about: string, change: (envelope: WireObject) => WireObject): Dialect => ({
	about,
	envelope: (envelope) => (Number(envelope.code) === CODE.success ? envelope : change(envelope)),
});

const FIREWALL_PAGE =
	'<!DOCTYPE html>\n<html><head><title>Attention Required!</title></head><body><h1>Sorry, you have been blocked</h1><p>Ray ID: 8f1c2d7b8e05</p></body></html>\n';

/** How the envelope looks, how the service says no, and how it says that it has no such route. */
export const REFUSAL_DIALECTS = {
	'code-text': {
		about: '`code` as text',
		envelope: (envelope) => ({ ...envelope, code: String(envelope.code) }),
	},
	'message-msg': {
		about: '`msg` instead of `message`',
		envelope: (envelope) => rename(envelope, { message: 'msg' }),
	},
	'message-error': ofRefusals('the reason of a refusal in `error: { message }`', (envelope) => ({
		...without(envelope, 'message'),
		error: { message: envelope.message },
	})),
	'message-data': ofRefusals('the reason of a refusal as text in `data`', (envelope) => ({
		...without(envelope, 'message'),
		data: envelope.message,
	})),
	'code-goframe': {
		about: "refusals with GoFrame's own codes (51 for what the endpoint does not take)",
		refusal: (refusal) =>
			refusal.code === CODE.parameter ? new Refusal(51, refusal.message, 200) : refusal,
	},
	'key-61': {
		about: 'a refused key is told by code 61 in an answer with HTTP status 200',
		refusal: (refusal) =>
			refusal.httpStatus === 401 ? new Refusal(61, 'Not Authorized', 200) : refusal,
	},
	'inferred-401': {
		about: 'the inferred endpoints refuse every key with 401',
		instead: ({ endpoint }) =>
			isInferred(endpoint) ? enveloped(401, 401, 'unauthorized', null) : undefined,
	},
	'inferred-403': {
		about: 'the inferred endpoints refuse every key with 403',
		instead: ({ endpoint }) =>
			isInferred(endpoint) ? enveloped(403, 403, 'forbidden', null) : undefined,
	},
	'published-only': {
		about: 'a host that has what the vendor publishes, and nothing else',
		settings: { offers: 'published' },
	},
	'legacy-only': {
		about: 'one of the oldest hosts, which know the legacy prefix alone',
		settings: { offers: 'legacy' },
	},
	firewall: {
		about: 'a firewall answers everything with a web page and 403',
		instead: () => plain(403, 'text/html; charset=utf-8', FIREWALL_PAGE),
	},
	'missing-go': missing("Go's `404 page not found`", 'text404'),
	'missing-goframe-404': missing("GoFrame's code 65, with HTTP status 404", 'goframe404'),
	'missing-goframe-200': missing("GoFrame's code 65, with HTTP status 200", 'goframe200'),
	'missing-nginx': missing("nginx's web page", 'nginx'),
	'missing-spring': missing("Spring's JSON", 'spring'),
	'missing-express': missing("Express's `Cannot POST /…`", 'express'),
	'missing-chinese': missing('`接口不存在`, in an answer with HTTP status 200', 'chinese'),
	'missing-405': missing('405', 'plain405'),
} satisfies DialectTable;

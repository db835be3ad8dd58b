import { isInferred } from '../../sandbox/http/endpoints/standing.mts';
import type { DialectName } from '../../sandbox/dialects/table.mts';
import type { Manner, Seen } from './probes.mts';

/**
 * What a probe may come to in a dialect:
 *
 * - `same`: what comes out is what the plain sandbox gives, word for word
 * - `part`: it succeeds; what this dialect does not tell is `null`, empty or left out, everything else is the same
 * - `more`: it succeeds; this dialect tells more than the plain sandbox, and nothing else
 * - `done`: it succeeds; what comes out is the service's own words, or of another shape by its nature
 * - a sentence: nothing comes out, and this is told
 * - a function: looks for itself, and returns what is wrong
 */
export type Expectation =
	'same' | 'part' | 'more' | 'done' | RegExp | ((seen: Seen, plain: Seen) => string | undefined);

/** A probe's name, and the endpoints it asks when all is plain. */
interface Asking {
	readonly name: string;
	readonly asked: readonly string[];
}

/** The first rule that fits a probe counts; where none does, the result is the `same`. */
type Rule = readonly [where: (probe: Asking) => boolean, expectation: Expectation];

export interface Row extends Manner {
	/** Which probes hear of the dialect at all; the others would get the very bytes of the plain sandbox. Absent: all. */
	readonly only?: (probe: Asking) => boolean;
	readonly rules: readonly Rule[];
	/** Whether the reasons of refusals are looked at too. */
	readonly refuses?: boolean;
}

const always = () => true;
const named =
	(pattern: RegExp) =>
	({ name }: Asking) =>
		pattern.test(name);
const asking =
	(pattern: RegExp) =>
	({ asked }: Asking) =>
		asked.some((endpoint) => pattern.test(endpoint));
const askingInferred = ({ asked }: Asking) =>
	asked.some((endpoint) => endpoint.startsWith('/') && isApi(endpoint) && isInferred(endpoint));
const isApi = (endpoint: string) =>
	/^\/(order|transaction|refund|dispute|webhook|merchant|payment-methods|plugin)\b/.test(endpoint);

const isRaw = named(/^customApiCall: call$/);
const isOffline = ({ asked }: Asking) => !asked.some(isApi);

const NOT_OFFERED =
	/PonponPay does not offer (\S+ on this account or host|\S+ to this API key|to register webhooks)/;
const KEY_REFUSED = /PonponPay does not accept the API key/;
const FIREWALL = /firewall/i;
const NOT_THAT_THING = /PonponPay’s answer is not|PonponPay's answer is not/;
const NOT_A_LIST = /answer is not a list|PonponPay[’']s answer is not/;
const USED_UP = /is used up: the order that has it is expired/;
const OTHER_AMOUNT = /amount/i;

/** Nothing that cannot be known to be paid starts a workflow as paid. */
const neverPaid = ({ result }: Seen): string | undefined => {
	const { executions } = result as { executions: Array<Array<Record<string, never>>> };
	if (executions.length === 0) return 'An event of a new kind must start the workflow';
	const text = JSON.stringify(executions);
	return /"order\.paid"|"isPaid":true/.test(text) ? `It passes as paid: ${text}` : undefined;
};

const told = (sentence: RegExp): Rule => [always, sentence];
const raw: Rule = [isRaw, 'done'];
const offline: Rule = [isOffline, 'same'];
const spelt: Rule = [named(/searchNetworks|^paymentMethod/), 'done'];
const callbacks = named(/webhook trigger/);

const row = (dialects: DialectName[], ...rules: Rule[]): Row => ({ dialects, rules });
const refusing = (...dialects: DialectName[]): Row => ({ dialects, rules: [raw], refuses: true });

const LIST = asking(/\/list$/);
const lists = (...dialects: DialectName[]): Row => ({ dialects, only: LIST, rules: [] });
const ofCallbacks = (dialect: DialectName, ...rules: Rule[]): Row => ({
	dialects: [dialect],
	only: callbacks,
	rules,
});
const ofEndpoints = (endpoints: RegExp, dialects: DialectName[], ...rules: Rule[]): Row => ({
	dialects,
	only: asking(endpoints),
	rules,
});
const missing = (...dialects: DialectName[]): Row => ({
	dialects,
	only: askingInferred,
	// A wallet can send money back without PonponPay, and the records of the shop say what it has sent.
	rules: [[named(/^refund: createPaymentRequest$/), ofOwnRecords], told(NOT_OFFERED)],
});

/** Nothing but what the vendor publishes: everything that needs no more is as ever, the rest is told. */
const publishedOnly = (...dialects: DialectName[]): Row => ({
	dialects,
	rules: [
		[named(/^refund: createPaymentRequest$/), ofOwnRecords],
		[askingInferred, NOT_OFFERED],
	],
});

/** Reads of one thing, and changes and creates of one. */
const ONE_THING = asking(
	/\/(order|refund|dispute|transaction|merchant|webhook)\/(add|detail|cancel|respond|accept|checkout)$/,
);
const IS_NO_THING: Rule[] = [
	raw,
	offline,
	[named(/^transaction: getStatistics|^the/), neverSilent],
	// Its refusal says that there is an order of this ID; what comes when it is looked up proves none.
	[named(/with the ID/), /did not confirm the request for|answer is not/],
	[ONE_THING, NOT_THAT_THING],
];

// A webhook that was made without a readable answer is found among the others; only its secret was never told.
const MADE_AND_FOUND: Rule = [
	named(/^webhook: create/),
	({ result, told: sentence }) => {
		const found = JSON.stringify(result);
		return /"webhookId":"wh_.*"secret":null/.test(found) ? undefined : `${found} ${sentence}`;
	},
];

/** Told in whatever way, or still a success; but nothing is swallowed. */
function neverSilent({ result, told: sentence }: Seen): string | undefined {
	return result === null && sentence === '' ? 'Nothing came out, and nothing was told' : undefined;
}

/** Every dialect, alone or in the combinations that bite, and what is expected of it. */
export const ROWS: readonly Row[] = [
	row(['amount-actual'], raw, [named(/is expired$/), USED_UP], [asking(/^\/order\//), 'done']),
	ofEndpoints(
		/^\/order\/add$/,
		['create-repeated'],
		[named(/is expired$/), USED_UP],
		[always, 'more'],
	),
	ofEndpoints(
		/\/add$/,
		['create-altered'],
		[named(/^order: create(AndWait)?$|^refund: create$/), OTHER_AMOUNT],
	),
	ofEndpoints(/\/(cancel|respond|accept|delete)$/, ['change-null'], [always, 'part']),
	ofEndpoints(/checkout$/, ['checkout-url-only']),
	ofEndpoints(/checkout$/, ['checkout-url-opaque'], [always, checkoutByUrl]),
	row(['thing-nested'], MADE_AND_FOUND, ...IS_NO_THING),
	row(['thing-empty'], MADE_AND_FOUND, ...IS_NO_THING),
	row(
		['thing-foreign'],
		// Of what is made without an ID of ours in the answer, nobody can tell whether it is another.
		[named(/^order: create(AndWait|Checkout)?$|^webhook: create|^merchant/), 'done'],
		[named(/^refund: create$/), /answer is not|made something else than was asked for/],
		...IS_NO_THING,
	),

	row(['status-word'], raw),
	row(['status-canceled'], raw),
	row(['times-milliseconds'], raw),
	row(['times-iso'], raw),
	row(['network-titled'], raw, spelt),
	row(['network-alias'], raw, spelt),
	row(['hash-swapped'], raw),
	row(['numbers-text'], raw),

	lists('pages-small'),
	lists('pages-small', 'pages-bare'),
	lists('pages-small', 'pages-bare', 'total-absent'),
	lists('page-ignored'),
	ofEndpoints(
		/\/list$/,
		['page-ignored', 'pages-small', 'pages-bare', 'total-absent'],
		[asking(/\/(order|transaction|refund|dispute)\/list$/), neverMoreThanThere],
	),
	lists('hooks-paged'),
	lists('hooks-paged', 'pages-bare', 'total-absent'),
	lists('pages-bare'),
	lists('total-text'),
	lists('total-text', 'pages-small'),
	lists('total-absent'),
	lists('total-count'),
	lists('total-count', 'pages-small'),
	lists('total-total_count'),
	lists('list-null'),
	lists('list-items'),
	lists('list-records'),
	lists('list-rows'),
	lists('list-data'),
	lists('list-orders'),
	// Where there is nothing, the number of all may prove it.
	ofEndpoints(
		/\/list$/,
		['list-unknown'],
		[
			named(/order: getAll, in an empty|refund.*empty|dispute.*empty|transaction.*empty/),
			neverSilent,
		],
		told(NOT_A_LIST),
	),
	ofEndpoints(/\/list$/, ['list-unknown', 'total-absent'], told(NOT_A_LIST)),
	lists('list-bare'),
	lists('list-bare', 'list-null', 'pages-small'),

	refusing('code-text'),
	refusing('message-msg'),
	refusing('message-error'),
	refusing('message-data'),
	{ ...refusing('code-goframe'), refuses: false },
	{
		dialects: ['key-61'],
		isStranger: true,
		rules: [[named(/told by the notify URL/), neverSilent], offline, told(KEY_REFUSED)],
	},
	missing('inferred-401'),
	missing('inferred-403'),
	row(['firewall'], offline, [named(/told by the notify URL/), neverSilent], told(FIREWALL)),
	publishedOnly('published-only'),
	publishedOnly('published-only', 'missing-goframe-200'),
	row(['legacy-only']),
	missing('missing-go'),
	missing('missing-goframe-404'),
	missing('missing-goframe-200'),
	missing('missing-nginx'),
	missing('missing-spring'),
	missing('missing-express'),
	missing('missing-chinese'),
	missing('missing-405'),

	ofCallbacks('callback-envelope', [always, sameEvents]),
	ofCallbacks('callback-no-trade-id', [always, 'part']),
	ofCallbacks('callback-no-event-id', [always, 'part']),
	ofCallbacks('callback-environment'),
	ofCallbacks('callback-unknown-status', [always, neverPaid]),
	ofCallbacks('callback-contradicting', [always, sameEvents]),
	ofCallbacks('callback-extra'),

	row(['numbers-text', 'times-iso', 'status-word', 'hash-swapped', 'code-text', 'list-items'], raw),
	row(
		['numbers-text', 'times-milliseconds', 'network-alias', 'list-bare', 'pages-small'],
		raw,
		spelt,
	),
];

/** It counts what the shop says, and says that it knows of no list. */
function ofOwnRecords({ result, told: sentence }: Seen): string | undefined {
	const text = JSON.stringify(result);
	const isSo = /"alreadyAskedFor":"0","listedRefunds":null/.test(text);
	return isSo ? undefined : `It says otherwise: ${sentence || text}`;
}

/** Its link is there; the trade ID may be. */
function checkoutByUrl({ result, told: sentence }: Seen): string | undefined {
	const text = JSON.stringify(result);
	return /\/pay\/\w+\/checkout/.test(text) ? undefined : `There is no link: ${sentence || text}`;
}

/** The same events with the same order, as far as callbacks of both shapes tell of it. */
function sameEvents({ result, told: sentence }: Seen, plain: Seen): string | undefined {
	const core = ({ result: seen }: Seen) =>
		((seen as { executions?: Array<Array<Record<string, unknown>>> } | null)?.executions ?? [])
			.flat()
			.map(({ event, dedupeKey, order }) => {
				const { tradeId, merchantOrderId, status, isPaid, amount, actualAmount, network } =
					order as Record<string, unknown>;
				return {
					event,
					dedupeKey,
					tradeId,
					merchantOrderId,
					status,
					isPaid,
					amount,
					actualAmount,
					network,
				};
			});
	const [own, wanted] = [core({ result } as Seen), core(plain)].map((seen) => JSON.stringify(seen));
	return own === wanted ? undefined : `${own} instead of ${wanted} ${sentence}`;
}

/** A server that always gives the first page cannot be read to the end; but nothing is made up, and it ends. */
function neverMoreThanThere({ result, told: sentence }: Seen, plain: Seen): string | undefined {
	if (result === null) return sentence === '' ? 'Nothing is told' : undefined;
	const known = JSON.stringify(plain.result);
	const ids = JSON.stringify(result).match(/(PP|RF|DP|TX)[0-9A-F]{16,}/g) ?? [];
	const strange = ids.find((id) => !known.includes(id));
	return strange === undefined ? undefined : `${strange} is not there`;
}

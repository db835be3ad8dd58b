import { isInferred } from '../../sandbox/http/endpoints/standing.mts';
import type { DialectName } from '../../sandbox/dialects/table.mts';
import type { Manner, Seen } from './probes.mts';

/**
 * What a probe may come to in a dialect:
 *
 * - `same`: what comes out is what the plain sandbox gives, word for word
 * - `part`: it succeeds; what this dialect does not tell is `null`, empty or left out, everything else is the same
 * - `done`: it succeeds; what comes out is the service's own words, or of another shape by its nature
 * - a sentence: nothing comes out, and this is told
 * - a function: looks for itself, and returns what is wrong
 */
export type Expectation =
	'same' | 'part' | 'done' | RegExp | ((seen: Seen, plain: Seen) => string | undefined);

/** A probe's name, and the endpoints it asks when all is plain. */
interface Asking {
	readonly name: string;
	readonly asked: readonly string[];
}

/** The first rule that fits a probe counts; where none does, the result is the `same`. */
type Rule = readonly [where: (probe: Asking) => boolean, expectation: Expectation];

export interface Row extends Manner {
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

const isRaw = named(/^customApiCall/);
const isOffline = ({ asked }: Asking) => !asked.some(isApi);

/** Registration that is not offered is no failure: the trigger says so in the log, and waits for its hook. */
const NOT_OFFERED =
	/PonponPay does not offer (\S+ on this account or host|\S+ to this API key|to register webhooks)/;
const REGISTRATION = named(/registered by itself/);
const KEY_REFUSED = /PonponPay does not accept the API key/;
const FIREWALL = /firewall/i;
const NOT_THAT_THING = /PonponPay’s answer is not|PonponPay's answer is not/;
const NOT_A_LIST = /answer is not a list|PonponPay[’']s answer is not/;
const OTHER_AMOUNT = /amount/i;

/** A trigger that goes on as with "Manual": nothing thrown, no hook made, and the log tells what to do. */
const goesOnAsManual = ({ result, told }: Seen): string | undefined => {
	if (result === null) return `It did not go on: ${told}`;
	return NOT_OFFERED.test(told)
		? undefined
		: `The log does not say that it is not offered: ${told}`;
};

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

const same = (...dialects: DialectName[]): Row => ({ dialects, rules: [] });
const row = (dialects: DialectName[], ...rules: Rule[]): Row => ({ dialects, rules });
const refusing = (...dialects: DialectName[]): Row => ({ dialects, rules: [raw], refuses: true });
const missing = (...dialects: DialectName[]): Row =>
	row(dialects, offline, [REGISTRATION, goesOnAsManual], [askingInferred, NOT_OFFERED]);

/** Reads of one thing, and changes and creates of one. */
const ONE_THING = asking(
	/\/(order|refund|dispute|transaction|merchant|webhook)\/(add|detail|cancel|respond|accept|checkout)$/,
);
const THINGS: Rule[] = [
	raw,
	offline,
	[named(/^transaction: getStatistics|registered by itself/), always2('Statistics and hooks')],
	[ONE_THING, NOT_THAT_THING],
];

/** Told in any way, or not at all: what matters is that it is no success without its proof. */
function always2(what: string) {
	return ({ result, told: sentence }: Seen): string | undefined =>
		result === null && sentence === '' ? `${what}: nothing is told` : undefined;
}

/** Every dialect, alone or in the combinations that bite, and what is expected of it. */
export const ROWS: readonly Row[] = [
	row(['amount-actual'], raw, [asking(/^\/order\//), 'done']),
	row(['create-repeated']),
	row(['create-altered'], raw, [
		named(/^order: createAndWait|^order: create$|^refund: create$|with the ID/),
		OTHER_AMOUNT,
	]),
	row(['change-null'], [asking(/\/(cancel|respond|accept)$/), 'part']),
	same('checkout-url-only'),
	row(['checkout-url-opaque'], [named(/createCheckout/), checkoutByUrl]),
	row(['thing-nested'], ...THINGS),
	row(['thing-empty'], ...THINGS),
	row(['thing-foreign'], ...THINGS),

	row(['status-word'], raw),
	row(['status-canceled'], raw),
	row(['times-milliseconds'], raw),
	row(['times-iso'], raw),
	row(['network-titled'], raw, spelt),
	row(['network-alias'], raw, spelt),
	row(['hash-swapped'], raw),
	row(['numbers-text'], raw),

	same('pages-small'),
	same('pages-small', 'pages-bare'),
	same('pages-small', 'pages-bare', 'total-absent'),
	same('page-ignored'),
	row(
		['page-ignored', 'pages-small', 'pages-bare', 'total-absent'],
		[asking(/\/(order|transaction|refund|dispute)\/list$/), neverMoreThanThere],
	),
	same('hooks-paged'),
	same('hooks-paged', 'pages-bare', 'total-absent'),
	same('pages-bare'),
	same('total-text'),
	same('total-text', 'pages-small'),
	same('total-absent'),
	same('total-count'),
	same('total-count', 'pages-small'),
	same('total-total_count'),
	same('list-null'),
	same('list-items'),
	same('list-records'),
	same('list-rows'),
	same('list-data'),
	same('list-orders'),
	row(['list-unknown'], offline, [asking(/\/list$/), NOT_A_LIST]),
	same('list-bare'),
	same('list-bare', 'list-null', 'pages-small'),

	refusing('code-text'),
	refusing('message-msg'),
	refusing('message-error'),
	refusing('message-data'),
	{ ...refusing('code-goframe'), refuses: false },
	{
		dialects: ['key-61'],
		isStranger: true,
		rules: [offline, [callbacks, always2('A key')], told(KEY_REFUSED)],
	},
	row(['inferred-401'], offline, [REGISTRATION, goesOnAsManual], [askingInferred, NOT_OFFERED]),
	row(['inferred-403'], offline, [REGISTRATION, goesOnAsManual], [askingInferred, NOT_OFFERED]),
	row(
		['firewall'],
		offline,
		[named(/told by the notify URL/), always2('A firewall')],
		told(FIREWALL),
	),
	missing('missing-go'),
	missing('missing-goframe-404'),
	missing('missing-goframe-200'),
	missing('missing-nginx'),
	missing('missing-spring'),
	missing('missing-express'),
	missing('missing-chinese'),
	missing('missing-405'),

	row(['callback-envelope'], [callbacks, sameEvents]),
	row(['callback-no-trade-id'], [callbacks, 'part']),
	row(['callback-no-event-id'], [callbacks, 'part']),
	same('callback-environment'),
	row(['callback-unknown-status'], [callbacks, neverPaid]),
	row(['callback-contradicting'], [callbacks, sameEvents]),
	same('callback-extra'),

	row(['numbers-text', 'times-iso', 'status-word', 'hash-swapped', 'code-text', 'list-items'], raw),
	row(
		['numbers-text', 'times-milliseconds', 'network-alias', 'list-bare', 'pages-small'],
		raw,
		spelt,
	),
];

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

import { CHAINS } from '../chain.mts';
import { isStatus, statusWord } from '../state/status.mts';
import { isObject, NumberToken, type WireObject, type WireValue } from '../wire.mts';
import type { Dialect, DialectTable } from './dialect.mts';
import { eachObject, mapMembers, rename } from './transform.mts';

const TIMES = ['created_at', 'updated_at', 'expiration_time', 'expires_at', 'due_at'];

function times(about: string, write: (unixSeconds: number) => WireValue): Dialect {
	return {
		about,
		values: (value) =>
			eachObject(value, (object) =>
				mapMembers(object, (name, member) =>
					TIMES.includes(name) && typeof member === 'number' ? write(member) : member,
				),
			),
	};
}

const ALIASES: Readonly<Record<string, string>> = {
	tron: 'TRC20',
	ethereum: 'ERC20',
	bsc: 'BEP20',
	polygon: 'MATIC',
	solana: 'SOL',
};

const titleOf = (network: string) =>
	CHAINS.find((chain) => chain.network === network)?.displayName ?? network;

/** Callbacks write networks with a capital anyway. */
function networks(about: string, write: (network: string) => string): Dialect {
	const own = (name: string) =>
		CHAINS.find(({ network }) =>
			[network, titleOf(network), ALIASES[network]].some(
				(known) => known?.toLowerCase() === name.toLowerCase(),
			),
		)?.network;
	const translate = (object: WireObject, write: (network: string) => string) =>
		mapMembers(object, (name, member) => {
			if (name !== 'network' || typeof member !== 'string') return member;
			const network = own(member);
			return network === undefined ? member : write(network);
		});
	return {
		about,
		values: (value) => eachObject(value, (object) => translate(object, write)),
		understand: (fields) => translate(fields, (network) => network),
	};
}

function numbersAsText(value: WireValue): WireValue {
	if (typeof value === 'number') return String(value);
	if (value instanceof NumberToken) return value.text;
	if (Array.isArray(value)) return value.map(numbersAsText);
	return isObject(value) ? mapMembers(value, (_name, member) => numbersAsText(member)) : value;
}

function oneL(object: WireObject): WireObject {
	return mapMembers(object, (name, member) =>
		(name === 'status' || name === 'type') && typeof member === 'string'
			? member.replace('cancelled', 'canceled')
			: member,
	);
}

const statusAsWord = (body: WireObject): WireObject =>
	typeof body.status === 'number' && isStatus(body.status)
		? { ...body, status: statusWord(body.status) }
		: body;

/** How single values are written. */
export const VALUE_DIALECTS = {
	'status-word': {
		about: "an order's status as one of the four published words, in callbacks too",
		settings: { statusAs: 'word' },
		callback: statusAsWord,
	},
	'status-canceled': {
		about: 'statuses as words, and `canceled` with one l',
		settings: { statusAs: 'word' },
		values: (value) => eachObject(value, oneL),
		callback: (body) => oneL(statusAsWord(body)),
	},
	'times-milliseconds': times(
		'times in Unix milliseconds',
		(seconds) => new NumberToken(`${seconds}000`),
	),
	'times-iso': times('times as ISO 8601', (seconds) => new Date(seconds * 1000).toISOString()),
	'network-titled': networks('networks with capitals (`Tron`, `BSC`)', titleOf),
	'network-alias': networks(
		'networks by their token standard or coin (`TRC20`, `MATIC`)',
		(network) => ALIASES[network] ?? network,
	),
	'hash-swapped': {
		about: '`hash` where others say `tx_hash`, and the other way round',
		values: (value) =>
			eachObject(value, (object) => rename(object, { hash: 'tx_hash', tx_hash: 'hash' })),
	},
	'numbers-text': {
		about: 'every number as text, amounts, times and totals included',
		values: numbersAsText,
	},
} satisfies DialectTable;

import { requireAddress } from '../model/address';
import { requireKnownId, requireNewId } from '../model/identifiers';
import { HIDDEN, InvalidInput } from '../model/invalidInput';
import { requireHash } from '../model/network';
import { requireApiHost, requirePublicUrl } from '../model/publicUrl';
import { isExpression, isNothing } from './field';
import { single, type Look, type SingleField } from './single';

/** What JavaScript makes of a value that is none, when somebody puts it into a text. */
const NON_VALUES: ReadonlySet<string> = new Set([
	'NaN',
	'undefined',
	'null',
	'Infinity',
	'-Infinity',
	'Invalid Date',
	'Invalid DateTime',
]);
/** The same of an object; no text that is meant holds it, not even as a part. */
const OBJECT = /\[object \w+\]/;
/** The same of a number beyond 1e21; no ID looks like that. */
const LARGE_NUMBER = /^\d(\.\d+)?e\+\d+$/;

/** Of a list of missing values JavaScript makes a text too. */
function isNonValue(text: string): boolean {
	return text.split(',').every((part) => NON_VALUES.has(part.trim())) || OBJECT.test(text);
}

/**
 * A value as a text without surrounding space. Numbers count as their digits, as long as JavaScript has kept them all.
 *
 * @throws InvalidInput for what is no text, and for the texts that missing values turn into
 */
export function requireText(label: string, value: unknown): string {
	if (isNothing(value)) throw new InvalidInput(label, '', 'must be given');
	const isText = typeof value === 'string' || typeof value === 'bigint';
	if (!isText && typeof value !== 'number') {
		throw new InvalidInput(label, value, 'must be a text');
	}
	const text = String(value).trim();
	if (isNonValue(text)) {
		throw new InvalidInput(label, text, 'must be a text, and this stands for a missing value');
	}
	const isLarge = typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER);
	if (isLarge || LARGE_NUMBER.test(text)) {
		throw new InvalidInput(
			label,
			value,
			'must be given as a text: as a number this long it has lost digits',
		);
	}
	return text;
}

/** Filled unless it is {@link optional}. */
export function text(look: Look, initially = ''): SingleField<string> {
	const property = { type: 'string', required: true, default: initially } as const;
	return single(
		look,
		property,
		requireText,
		initially === '' || isExpression(initially) ? undefined : initially,
	);
}

/** A text that never appears in a message. */
export function secret(look: Look): SingleField<string> {
	const property = {
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
	} as const;
	return single(look, property, (label, value) => {
		if (isNothing(value)) throw new InvalidInput(label, '', 'must be given');
		const text = typeof value === 'string' ? value.trim() : '';
		// Anybody could sign with a secret that is such a text.
		if (isNonValue(text)) {
			throw new InvalidInput(label, text, 'must be given, and this stands for a missing value');
		}
		if (!/^[\x21-\x7e]+$/.test(text)) {
			throw new InvalidInput(
				label,
				HIDDEN,
				'must consist of plain letters, digits and signs: paste it again, without invisible characters and spaces',
			);
		}
		return text;
	});
}

/** Text that stays as it is, to the last blank: what is signed must not be trimmed. */
export function exactText(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) => {
		if (typeof value === 'string') return value;
		throw new InvalidInput(
			label,
			HIDDEN,
			'must be the raw text as it was sent: JSON that was parsed already cannot be checked',
		);
	});
}

/** An address that a browser or PonponPay opens: complete, and https. */
export function url(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requirePublicUrl(label, requireText(label, value)),
	);
}

/** The base address of an API: scheme and host, a path only where a proxy needs one, and no slash at its end. */
export function apiHost(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requireApiHost(label, requireText(label, value)),
	);
}

/** The end of an address on this server: no parts that a caller fills in, so that it is one address. */
export function urlPath(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) => {
		const path = requireText(label, value);
		if (/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(path)) return path;
		throw new InvalidInput(
			label,
			value,
			'must consist of letters, digits and hyphens, with single slashes between them and none at the ends',
		);
	});
}

/** An address that cannot be checked before it is known on which network it is to be. */
export type WalletAddress = {
	readonly text: string;
	/**
	 * @param receiving the wallet that the payment came in at, which it must not go back to
	 * @throws InvalidInput for an address that cannot exist there, or that nobody can spend from
	 */
	on(network: string | null, receiving: string | null): string;
};

/** A wallet that money goes to. */
export function address(look: Look): SingleField<WalletAddress> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) => {
		const text = requireText(label, value);
		return {
			text,
			on: (network, receiving) => requireAddress(label, text, network, receiving),
		};
	});
}

/** A currency of a country by the three letters that banks use, in capitals. */
export function currencyCode(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) => {
		const text = requireText(label, value);
		if (/^[a-z]{3}$/i.test(text)) return text.toUpperCase();
		throw new InvalidInput(label, text, 'must be three letters, such as EUR');
	});
}

/** A transaction hash, whose one spelling depends on its network. */
export type TransactionHash = {
	/**
	 * @param network `undefined` where it is not known
	 * @throws InvalidInput for the page of another network's explorer
	 */
	on(network: string | undefined): string;
};

/** A hash of the blockchain, or the link to its page on a block explorer. */
export function transactionHash(look: Look): SingleField<TransactionHash> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		readTransactionHash(label, requireText(label, value)),
	);
}

/** {@link transactionHash} of a text. @throws InvalidInput for what is no hash on any network */
export function readTransactionHash(label: string, text: string): TransactionHash {
	requireKnownId(label, requireHash(label, text));
	return { on: (network) => requireHash(label, text, network) };
}

/** An id of the merchant's own for something new. */
export function ownId(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requireNewId(label, requireText(label, value)),
	);
}

/** An id of something that exists. */
export function knownId(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requireKnownId(label, requireText(label, value)),
	);
}

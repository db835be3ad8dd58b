import { HIDDEN, InvalidInput } from './invalidInput';

/** The URL parser would mend a missing slash and drop line breaks; PonponPay gets the text and may not. */
const COMPLETE = /^https?:\/\/\S+$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address, or `undefined` when it is none.
 *
 * Not by `URL.canParse`: that of Node 20 refuses letters such as "ü" once it has been called often enough to be compiled.
 */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/**
 * An address that PonponPay or a customer's browser will open.
 *
 * @param field the field's label, for the message
 * @returns the text as given, without surrounding space
 * @throws InvalidInput unless it is absolute and https; http is allowed on this computer itself (loopback)
 */
export function requirePublicUrl(field: string, given: unknown): string {
	const text = typeof given === 'string' ? given.trim() : '';
	const url = COMPLETE.test(text) ? parseUrl(text) : undefined;
	if (url === undefined || !isPublicUrl(url)) {
		throw new InvalidInput(field, given, 'must be a complete address that starts with https://');
	}
	return text;
}

/** No address that anybody types is longer, and looking at it must not take time. */
const LONGEST_ADDRESS = 2048;
/** What the vendor's documents put behind the host, so that people paste it along, with an endpoint or without. */
const API_PATH = /\/api\/v1(\/pay(\/.*)?)?$/i;

/**
 * The base address of an API that paths are appended to.
 *
 * Messages show no more than its origin: user, path and query may hold secrets.
 *
 * @throws InvalidInput as {@link requirePublicUrl} does, and for one with user, query or fragment
 */
export function requireApiHost(field: string, given: string): string {
	const url = given.length <= LONGEST_ADDRESS && COMPLETE.test(given) ? parseUrl(given) : undefined;
	const shown = url?.host ? `${url.protocol}//${url.host}` : HIDDEN;
	if (url === undefined || !isPublicUrl(url)) {
		throw new InvalidInput(field, shown, 'must be a complete address that starts with https://');
	}
	if (/[@?#]/.test(given)) {
		throw new InvalidInput(field, shown, 'must be an address without user, query and fragment');
	}
	return url.origin + withoutSlashes(withoutSlashes(url.pathname).replace(API_PATH, ''));
}

function withoutSlashes(path: string): string {
	let end = path.length;
	while (path[end - 1] === '/') end -= 1;
	return path.slice(0, end);
}

function isPublicUrl(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/**
 * Names that no public name server knows: without a dot, reserved (RFC 6761, 6762, 7686, 8375, 9476, and ICANN's `internal`),
 * or what routers and companies call their own networks.
 */
const LOCAL_NAME =
	/^[^.[\]]+$|\.(localhost|local|localdomain|test|onion|alt|internal|intranet|private|corp|home|lan|home\.arpa|fritz\.box)$|^speedport\.ip$/;
/**
 * All that the IANA registry of special IPv4 addresses calls not globally reachable: this computer, private networks,
 * link-local and shared addresses, which tailnets use too, those for tests and documents, for groups and for nobody.
 */
const LOCAL_V4 =
	/^(0|10|127|169\.254|192\.168|192\.0\.[02]|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|198\.1[89]|198\.51\.100|203\.0\.113|22[4-9]|2[345]\d)\.[\d.]+$/;
/** An IPv4 address inside an IPv6 one, as URLs write it: mapped, compatible (RFC 4291), or behind NAT64 (RFC 6052). */
const INNER_V4 = /^\[(?:::ffff:|::|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})\]$/;
/** The same as of IPv4 for IPv6 (RFC 4291, 4193, 3849, and 3879 for `fec0::`). */
const LOCAL_V6 =
	/^\[(::[\da-f]{0,4}|f[cd][\da-f]{2}:[\da-f:]+|fe[89a-f][\da-f]:[\da-f:]+|ff[\da-f]{2}:[\da-f:]+|2001:db8:[\da-f:]+)\]$/;

/**
 * Whether callbacks to an address cannot arrive, because it means something only on its own computer or network.
 *
 * @param url the address that is to be called
 * @param caller the address of PonponPay: a stand-in that is local itself can call what is local
 */
export function isOutOfReach(url: string, caller: string): boolean {
	return isLocal(url) && !isLocal(caller);
}

/**
 * An address that PonponPay will call.
 *
 * @param caller the address of PonponPay
 * @returns the text as given, without surrounding space
 * @throws InvalidInput as {@link requirePublicUrl} does, and when callbacks to it could not arrive
 */
export function requireCallbackUrl(field: string, given: unknown, caller: string): string {
	const url = requirePublicUrl(field, given);
	if (isOutOfReach(url, caller)) {
		throw new InvalidInput(field, given, 'must be an address that PonponPay can reach');
	}
	return url;
}

function isLocal(address: string): boolean {
	const host = parseUrl(address)?.hostname.replace(/\.$/, '');
	if (host === undefined) return false;
	const inner = INNER_V4.exec(host);
	if (inner !== null) return LOCAL_V4.test(dotted(inner[1], inner[2]));
	return [LOCAL_NAME, LOCAL_V4, LOCAL_V6].some((form) => form.test(host));
}

function dotted(...words: string[]): string {
	return words
		.map((word) => parseInt(word, 16))
		.flatMap((word) => [word >> 8, word & 255])
		.join('.');
}

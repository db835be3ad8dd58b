import { InvalidInput } from './invalidInput';

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
	const isAllowed =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!isAllowed) {
		throw new InvalidInput(field, given, 'must be a complete address that starts with https://');
	}
	return text;
}

/** Names that no public name server knows: without a dot, or reserved (RFC 6761, 6762, 8375, and ICANN's `internal`). */
const LOCAL_NAME = /^[^.[\]]+$|\.(localhost|local|internal|lan|home\.arpa)$/;
/** This computer, private networks and link-local addresses (RFC 1122, 1918, 3927). */
const LOCAL_V4 = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/;
/** The same for IPv6 (RFC 4291, 4193). */
const LOCAL_V6 = /^\[(::1?|f[cd][\da-f:]+|fe[89ab][\da-f:]+)\]$/;

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
	return [LOCAL_NAME, LOCAL_V4, LOCAL_V6].some((form) => form.test(host));
}

import { InvalidInput } from './invalidInput';

/** The URL parser would mend a missing slash and drop line breaks; PonponPay gets the text and may not. */
const COMPLETE = /^https?:\/\/\S+$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address that PonponPay or a customer's browser will open.
 *
 * @param field the field's label, for the message
 * @returns the text as given, without surrounding space
 * @throws InvalidInput unless it is absolute and https; http is allowed on this computer itself (loopback)
 */
export function requirePublicUrl(field: string, given: unknown): string {
	const text = typeof given === 'string' ? given.trim() : '';
	const url = COMPLETE.test(text) && URL.canParse(text) ? new URL(text) : undefined;
	const isAllowed =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!isAllowed) {
		throw new InvalidInput(field, given, 'must be a complete address that starts with https://');
	}
	return text;
}

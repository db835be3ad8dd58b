import { writeJson, type WireObject, type WireValue } from '../wire.mts';

/** A whole answer, before it is sent. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** The envelope's code, for the log. */
	readonly code: number | undefined;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function enveloped(status: number, code: number, message: string, data: WireValue): Answer {
	return envelopeOf(status, code, { code, message, data });
}

/** @param code the envelope's code, however the envelope writes it */
export function envelopeOf(status: number, code: number, envelope: WireObject): Answer {
	return { ...plain(status, JSON_TYPE, writeJson(envelope)), code };
}

/** JSON without the envelope. */
export function plainJson(status: number, value: WireValue): Answer {
	return plain(status, JSON_TYPE, writeJson(value));
}

export function plain(status: number, contentType: string, body: string): Answer {
	return { status, headers: { 'content-type': contentType }, body, code: undefined };
}

import { CODE, type Refusal } from '../refusal.mts';
import { writeJson, type WireValue } from '../wire.mts';

/** A whole answer, before it is sent. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** The envelope's code, for the log. */
	readonly code: number | undefined;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function success(data: WireValue): Answer {
	return enveloped(200, CODE.success, 'success', data);
}

export function refused({ httpStatus, code, message }: Refusal): Answer {
	return enveloped(httpStatus, code, message, null);
}

export function enveloped(status: number, code: number, message: string, data: WireValue): Answer {
	return {
		status,
		headers: { 'content-type': JSON_TYPE },
		body: writeJson({ code, message, data }),
		code,
	};
}

export function plainJson(status: number, value: WireValue): Answer {
	return {
		status,
		headers: { 'content-type': JSON_TYPE },
		body: writeJson(value),
		code: undefined,
	};
}

import type { Answer } from '../http/answer.mts';
import type { MissingRoute } from '../http/missingRoute.mts';
import type { Refusal } from '../refusal.mts';
import type { SandboxSettings } from '../settings.mts';
import type { WireObject, WireValue } from '../wire.mts';

/** One request to one endpoint, as far as a dialect may look at it. */
export interface Asked {
	/** Path after the API's prefix. */
	readonly endpoint: string;
	/** What came, before any dialect has understood it otherwise; empty where the body is no object. */
	readonly fields: WireObject;
}

/**
 * A habit of speech that a service behind the same contract may have. Each changes one thing, so that any may be combined;
 * they are applied in the order of the table.
 */
export interface Dialect {
	/** One line, for people who choose. */
	readonly about: string;
	/** Habits that are settings already. */
	readonly settings?: Partial<SandboxSettings>;
	/** What every request is answered, before anything is looked at; `undefined`: as usual. */
	instead?(asked: Asked): Answer | undefined;
	/** How this service says that it has no such route. Where it is set, the inferred endpoints are missing. */
	readonly missingRoute?: MissingRoute;
	/** What the service makes of the fields of a request. */
	understand?(fields: WireObject, endpoint: string): WireObject;
	/** A refusal in this service's terms. */
	refusal?(refusal: Refusal): Refusal;
	/** How values are written, in answers and callbacks alike. */
	values?(value: WireValue): WireValue;
	/** What stands in the envelope of a success. */
	data?(data: WireValue, asked: Asked): WireValue;
	/** The envelope itself, of successes and refusals. */
	envelope?(envelope: WireObject): WireObject;
	/** The body of a callback. */
	callback?(body: WireObject): WireObject;
}

export type DialectTable = Readonly<Record<string, Dialect>>;

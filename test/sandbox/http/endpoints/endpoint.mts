import type { Account } from '../../state/accounts.mts';
import type { WireValue } from '../../wire.mts';
import type { World } from '../../world.mts';
import type { Input } from '../input.mts';

/** One authenticated request to one endpoint. */
export interface Call {
	readonly world: World;
	readonly account: Account;
	readonly input: Input;
}

/**
 * Does an endpoint's work and returns the envelope's `data`; `null` where it has none.
 *
 * @throws Refusal for an envelope that says no
 */
export type Handler = (call: Call) => WireValue | Promise<WireValue>;

/** Handlers by their path after the API's prefix. */
export type Endpoints = Readonly<Record<string, Handler>>;

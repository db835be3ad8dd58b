import type { X402Request } from '../../state/facilitator.mts';
import { writeJson } from '../../wire.mts';
import type { Input } from '../input.mts';
import type { Endpoints } from './endpoint.mts';

/** Published under the canonical prefix alone. */
export const X402_ENDPOINTS: Endpoints = {
	'/x402/verify': async ({ world, account, input }) =>
		await world.facilitator.verify(account, readRequest(input)),

	'/x402/settle': async ({ world, account, input }) =>
		await world.facilitator.settle(account, readRequest(input)),
};

function readRequest(input: Input): X402Request {
	const read = (name: string): unknown => {
		const value = input.value(name);
		// No number of x402 is too long for JavaScript: amounts are texts.
		return value === undefined ? undefined : JSON.parse(writeJson(value));
	};
	return {
		version: read('x402Version'),
		payload: read('paymentPayload'),
		requirements: read('paymentRequirements'),
		method: read('method'),
		resource: read('resource'),
	};
}

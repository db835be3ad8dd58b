import type { Chance } from '../unit/signature/chance';
import { encoded, type Payload } from './buyer.mts';

/** What happened to a header, for a report. */
export interface Mutation {
	how: string;
	header: string;
}

type Change = (payload: Payload, chance: Chance) => void;

const digit = (chance: Chance) => String(1 + chance.below(9));
const address = (chance: Chance) => `0x${chance.bytes(20).toString('hex')}`;
const oddity = (chance: Chance): unknown =>
	chance.pick([null, 0, -1, '', 'NaN', [], {}, true, '0x', '1e6', ' 1', 1e21, 'é', '__proto__']);

/** Parts of a payment that decide what is paid, and by whom. Each changes something for good. */
const CHANGES: Record<string, Change> = {
	from: ({ payload }, chance) => (payload.authorization.from = address(chance)),
	to: ({ payload }, chance) => (payload.authorization.to = address(chance)),
	less: ({ payload }) =>
		(payload.authorization.value = String(Number(payload.authorization.value) - 1)),
	more: ({ payload }, chance) => (payload.authorization.value += digit(chance)),
	nonce: ({ payload }, chance) =>
		(payload.authorization.nonce = `0x${chance.bytes(32).toString('hex')}`),
	earlier: ({ payload }, chance) =>
		(payload.authorization.validAfter = String(
			Number(payload.authorization.validAfter) - 1 - chance.below(1000),
		)),
	longer: ({ payload }, chance) =>
		(payload.authorization.validBefore = String(
			Number(payload.authorization.validBefore) + 1 + chance.below(100),
		)),
	expired: ({ payload }) => (payload.authorization.validBefore = '1'),
	signature: ({ payload }, chance) => {
		const at = 2 + chance.below(128);
		const { signature } = payload;
		const other = signature[at] === '0' ? '1' : '0';
		payload.signature = signature.slice(0, at) + other + signature.slice(at + 1);
	},
	'no signature': ({ payload }) => (payload.signature = '0x'),
	version: (payload, chance) => (payload.x402Version = chance.pick([0, 1, 3, 22])),
	network: (payload, chance) =>
		(payload.accepted = {
			...payload.accepted,
			network: chance.pick(['eip155:8453', 'eip155:1', 'base', 'solana', '']),
		}),
	asset: (payload, chance) => (payload.accepted = { ...payload.accepted, asset: address(chance) }),
	payTo: (payload, chance) => (payload.accepted = { ...payload.accepted, payTo: address(chance) }),
	amount: (payload, chance) => (payload.accepted = { ...payload.accepted, amount: digit(chance) }),
	resource: (payload) => (payload.resource = { url: 'https://other.example/call' }),
	member: (payload, chance) => {
		const places = [payload, payload.accepted, payload.payload, payload.payload.authorization];
		const place = chance.pick(places) as unknown as Record<string, unknown>;
		const name = chance.pick(
			Object.keys(place).filter(
				(one) => !['resource', 'extensions', 'extra', 'maxTimeoutSeconds'].includes(one),
			),
		);
		if (chance.below(2) === 0) delete place[name];
		else place[name] = oddity(chance);
	},
};

/**
 * A header that is not the one that was signed.
 *
 * @param genuine on another network than those that `network` draws
 */
export function mutate(genuine: Payload, chance: Chance): Mutation {
	if (chance.below(4) === 0) return mutateText(encoded(genuine), chance);
	const how = chance.pick(Object.keys(CHANGES));
	const payload = JSON.parse(JSON.stringify(genuine)) as Payload;
	CHANGES[how](payload, chance);
	return { how, header: encoded(payload) };
}

/** A bite out of the text, a character more, or nothing that is readable. */
function mutateText(header: string, chance: Chance): Mutation {
	const at = 1 + chance.below(header.length - 2);
	switch (chance.below(4)) {
		case 0:
			return { how: 'cut', header: header.slice(0, at) };
		case 1:
			return { how: 'comma', header: `${header},${header}` };
		case 2:
			return { how: 'foreign sign', header: `${header.slice(0, at)}*${header.slice(at)}` };
		default:
			return { how: 'noise', header: chance.alphanumeric(at) };
	}
}

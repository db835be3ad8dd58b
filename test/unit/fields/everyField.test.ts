import {
	callbacks,
	executionUrl,
	files,
	firstTime,
	inputItem,
	outsidePost,
} from '../../../nodes/PonponPay/capabilities';
import type { OperationContext } from '../../../nodes/PonponPay/actions/operation';
import { PonponPayClient, type Transport } from '../../../nodes/shared/api/client';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { isNothing, isRecord, type ParameterSource } from '../../../nodes/shared/fields/field';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { FakeEnvironment, HOST, success } from '../api/support';
import { everyPlace, goodValue, titleOf, withValue, type Place } from './everyProperty';
import { ODD_VALUES, verdictOn } from './oddValues';

/** Their absence changes nothing but that they are missing, so that an expression may give nothing. */
const REMARKS = new Set(['Reason', 'Locale']);

/** Knows every order, refund and dispute, on a network whose addresses nobody here can check. */
const KNOWN = {
	trade_id: 'P20261122083015123456',
	refund_id: 'R2026112208301512',
	dispute_id: 'D2026112208301512',
	status: 2,
	amount: 25,
	network: 'newchain',
	payment_url: 'https://pay.example.com/p',
	methods: [],
	list: [],
};

/** Does what the operation does, and tells all that left it. */
async function run(place: Place, parameters: Record<string, unknown>, isExpression: boolean) {
	const left: unknown[] = [];
	const transport: Transport = async ({ url, body }) => {
		left.push([url, body]);
		const isNew = /qr/i.test(place.operationName);
		return success({ ...KNOWN, ...(isNew && { status: 1 }) }) as never;
	};
	const tell =
		<T>(answer: T) =>
		async (...given: unknown[]) => {
			left.push(given);
			return answer;
		};
	const capabilities = new Map<unknown, unknown>([
		[callbacks, { check: tell({ refusal: { reason: 'stale', status: 401 } }), sign: tell(SIGNED) }],
		[executionUrl, () => 'https://n8n.example.com/webhook-waiting/1'],
		[files, { read: tell(undefined), attach: tell(undefined) }],
		[firstTime, tell(true)],
		[inputItem, {}],
		[outsidePost, tell({ status: 200, answer: 'OK' })],
	]);
	const context: OperationContext = {
		client: new PonponPayClient(HOST, transport, DEFAULT_RETRY, new FakeEnvironment()),
		derivedId: (purpose) => `n8n-${purpose}-1`,
		timezone: 'Europe/Berlin',
		hint: () => {},
		use: (capability) => capabilities.get(capability) as ReturnType<typeof capability>,
	};
	const outcome = await place.operation
		.run(sourceOf(place, parameters, isExpression), context)
		.catch((error: unknown) => error);
	return { left, outcome };
}

const SIGNED = { headers: {}, body: Buffer.from('{}'), environment: 'sandbox', schemes: [] };

/** Parameters in which the tested field is an expression that has given its value, or is fixed. */
function sourceOf(
	{ property, collection }: Place,
	parameters: Record<string, unknown>,
	isExpression: boolean,
): ParameterSource {
	const expression = '={{ $json.value }}';
	return {
		given(name) {
			const value = parameters[name];
			if (!isExpression) return { raw: value, value };
			if (name === collection) return { raw: { [property.name]: asRaw(value) }, value };
			return { raw: name === property.name ? asRaw(value) : value, value };
		},
		timezone: 'Europe/Berlin',
	};
	function asRaw(value: unknown): unknown {
		const inner =
			collection === undefined ? value : (value as Record<string, unknown>)[property.name];
		const isLocator = isRecord(inner) && inner.__rl === true;
		return isLocator ? { ...inner, value: expression } : expression;
	}
}

const inField = ({ property }: Place, value: unknown) =>
	property.type === 'resourceLocator' ? { ...(goodValue(property) as object), value } : value;

const places = everyPlace();

describe.each(places.map((place) => [titleOf(place), place] as const))('%s', (_title, place) => {
	const { property } = place;

	it.each(ODD_VALUES)(
		'takes %s for what it says, or refuses it in one sentence',
		async (_name, value) => {
			const { left, outcome } = await run(place, withValue(place, inField(place, value)), true);
			const verdict = verdictOn(property, value);
			if (isNothing(value) && REMARKS.has(property.displayName)) {
				expect(outcome).not.toBeInstanceOf(InvalidInput);
				return;
			}
			if (outcome instanceof InvalidInput) {
				expect(left).toEqual([]);
				expect(outcome.message).toMatch(/^[A-Z][^\n]{10,400}\.$/);
				expect(verdict.is).not.toBe('meant');
				return;
			}
			expect(verdict.is).not.toBe('refused');
			const canonical = (verdict as { as: unknown }).as;
			const fixed = await run(place, withValue(place, inField(place, canonical)), false);
			expect(left).toEqual(fixed.left);
		},
	);
});

it('there are hundreds of fields, each with a value that is accepted', async () => {
	expect(places.length).toBeGreaterThan(150);
	const refused = [];
	for (const place of places) {
		const { outcome } = await run(place, withValue(place, goodValue(place.property)), false);
		if (outcome instanceof InvalidInput) refused.push(`${titleOf(place)}: ${outcome.message}`);
	}
	expect(refused).toEqual([]);
});

import {
	callbacks,
	executionUrl,
	files,
	firstTime,
	inputItem,
	outsidePost,
} from '../../../nodes/PonponPay/capabilities';
import { readRequestPolicy } from '../../../nodes/PonponPay/requestPolicy';
import type { OperationContext } from '../../../nodes/PonponPay/actions/operation';
import { PonponPayClient, type Transport } from '../../../nodes/shared/api/client';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { isNothing, isRecord, type ParameterSource } from '../../../nodes/shared/fields/field';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { FakeEnvironment, HOST, success } from '../api/support';
import { everyPlace, goodValue, titleOf, withValue, type Place } from './everyProperty';
import { ODD_VALUES, verdictOn, verdictOnExactText } from './oddValues';

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

async function attempt(work: () => Promise<unknown>): Promise<unknown> {
	return await work().catch((error: unknown) => error);
}

/** Does what the operation does, and tells all that left it. */
async function run(place: Place, parameters: Record<string, unknown>, isExpression: boolean) {
	const left: unknown[] = [];
	const policies: unknown[] = [];
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
	const source = sourceOf(place, parameters, isExpression);
	const outcome = await attempt(async () => {
		// As the node does, once for all its items.
		const policy = place.operation.isLocal ? undefined : readRequestPolicy(source);
		policies.push(policy);
		return await place.operation.run(source, context);
	});
	return { left, outcome, policy: policies[0] };
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

/** What is signed counts to the last blank. */
const isSignedText = ({ operationName, property }: Place) =>
	operationName === 'verify' && property.name === 'body';

/** What is left of an order only PonponPay knows. */
const isReading = (request: unknown) => /\/(detail|list)$/.test(String((request as unknown[])[0]));

function isSameJson(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** What is wrong with how the field takes the value; `undefined` where nothing is. */
async function fault(place: Place, value: unknown): Promise<string | undefined> {
	const { property } = place;
	const { left, outcome, policy } = await run(place, withValue(place, inField(place, value)), true);
	const verdict = isSignedText(place) ? verdictOnExactText(value) : verdictOn(property, value);
	if (isNothing(value) && REMARKS.has(property.displayName)) {
		return outcome instanceof InvalidInput ? 'is refused, although it is only a remark' : undefined;
	}
	if (outcome instanceof InvalidInput) {
		if (!left.every(isReading)) return 'is refused after something was changed';
		if (!/^[A-Z][^\n]{10,400}\.$/.test(outcome.message)) return `is told as: ${outcome.message}`;
		const isConsent = property.name === 'confirm';
		return verdict.is === 'meant' && !isConsent ? `is refused: ${outcome.message}` : undefined;
	}
	if (verdict.is === 'refused') return 'is taken';
	const fixed = await run(place, withValue(place, inField(place, verdict.as)), false);
	const isSame = isSameJson([left, policy], [fixed.left, fixed.policy]);
	return isSame ? undefined : 'counts as something else';
}

it.each(places.map((place) => [titleOf(place), place] as const))(
	'%s takes an odd value for what it says, or refuses it in one sentence before anything is sent',
	async (_title, place) => {
		const faults = [];
		for (const [name, value] of ODD_VALUES) {
			const found = await fault(place, value);
			if (found !== undefined) faults.push(`${name} ${found}`);
		}
		expect(faults).toEqual([]);
	},
);

it('these are hundreds of fields, each with a value that is accepted', async () => {
	expect(places.length).toBeGreaterThan(150);
	const refused = [];
	for (const place of places) {
		const { outcome } = await run(place, withValue(place, goodValue(place.property)), false);
		if (outcome instanceof InvalidInput) refused.push(`${titleOf(place)}: ${outcome.message}`);
	}
	expect(refused).toEqual([]);
});

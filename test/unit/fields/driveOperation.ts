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
import { DEFAULT_RETRY, type RetryPolicy } from '../../../nodes/shared/api/retry';
import { isRecord, type ParameterSource } from '../../../nodes/shared/fields/field';
import { FakeEnvironment, HOST, success } from '../api/support';
import { goodValue, type Place } from './everyProperty';

/** n8n's own, where neither it nor the workflow is set to another one. */
const TIMEZONE = 'America/New_York';

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

/** What PonponPay answers to everything that the operation asks. */
export function knownTo({ operationName }: Place): Record<string, unknown> {
	const isNew = /qr/i.test(operationName);
	// A wallet is asked for money only where its address could be checked.
	const isOfWallet = operationName === 'createPaymentRequest';
	return {
		...KNOWN,
		...(isNew && { status: 1 }),
		...(isOfWallet && { network: 'tron', currency: 'USDT' }),
	};
}

async function attempt(work: () => Promise<unknown>): Promise<unknown> {
	return await work().catch((error: unknown) => error);
}

/** What came of an operation. */
type Driven = {
	/** All that left it: requests as address and body, and what else it gave away. */
	readonly left: unknown[];
	/** Its result, or what it threw. */
	readonly outcome: unknown;
	/** How requests were to be tried. */
	readonly policy: unknown;
};

/**
 * Does what the operation does, without n8n.
 *
 * @param isExpression whether the field of the place holds an expression, which has given its value
 */
export async function driveOperation(
	place: Place,
	parameters: Record<string, unknown>,
	isExpression: boolean,
	retry: RetryPolicy = DEFAULT_RETRY,
): Promise<Driven> {
	const left: unknown[] = [];
	const policies: unknown[] = [];
	const transport: Transport = async ({ url, body }) => {
		left.push([url, body]);
		return success(knownTo(place)) as never;
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
		client: new PonponPayClient(HOST, transport, retry, new FakeEnvironment()),
		derivedId: (purpose) => `n8n-${purpose}-1`,
		timezone: TIMEZONE,
		hint: () => {},
		use: (capability) => capabilities.get(capability) as ReturnType<typeof capability>,
	};
	const source = sourceOf(place, parameters, isExpression);
	const outcome = await attempt(async () => {
		// As the node does, once for all its items.
		const policy = place.operation.isLocal ? undefined : readRequestPolicy(source);
		policies.push(policy);
		return await place.operation.prepare(source)(context);
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
		timezone: TIMEZONE,
	};
	function asRaw(value: unknown): unknown {
		const inner =
			collection === undefined ? value : (value as Record<string, unknown>)[property.name];
		const isLocator = isRecord(inner) && inner.__rl === true;
		return isLocator ? { ...inner, value: expression } : expression;
	}
}

/** The value as the parameter that holds it: a resource locator has it inside. */
export const inField = ({ property }: Place, value: unknown): unknown =>
	property.type === 'resourceLocator' ? { ...(goodValue(property) as object), value } : value;

/** What is left of an order only PonponPay knows. */
export const isReading = (request: unknown) =>
	/\/(detail|list)$/.test(String((request as unknown[])[0]));

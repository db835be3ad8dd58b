import type { Shape } from './shapes/shape';
import { SHAPES } from './shapes/table';

/** What is known of an endpoint. */
export type Endpoint<A = unknown> = {
	/** From the host on. */
	readonly path: string;
	/** Where it stands at hosts that have no such route under {@link path}. */
	readonly legacyPath?: string;
	/**
	 * - `asked`: nothing is known of it; its path is the user's own
	 * - `mcp`: it is the MCP server, and what it offers is told by the server itself
	 */
	readonly standing: 'published' | 'inferred' | 'asked' | 'mcp';
	/**
	 * - `read`: repeating is harmless
	 * - `create`: makes something that must not be made twice; always carries an id of ours
	 * - `change`: changes something that exists; sent once
	 * - `receive`: takes in what somebody else has signed; the same once more is answered the same. No limit of a credential
	 *   applies: money only comes in
	 */
	readonly effect: 'read' | 'create' | 'change' | 'receive';
	/** What a success carries, and what proves it. */
	readonly answers: Shape<A>;
};

/** Below this stands everything that PonponPay offers by HTTP [P]. */
export const CANONICAL_PREFIX = '/api/v1/pay';
/** The same, as it was at first: "legacy compatibility" [P]. The oldest hosts know no other. */
const LEGACY_PREFIX = `${CANONICAL_PREFIX}/sdk`;

/** Under both prefixes. */
const both = (path: string) => ({
	path: CANONICAL_PREFIX + path,
	legacyPath: LEGACY_PREFIX + path,
});
/** Published under the legacy prefix alone, or under the canonical one alone. */
const legacy = (path: string) => ({ path: LEGACY_PREFIX + path });
const canonical = (path: string) => ({ path: CANONICAL_PREFIX + path });

const read = { effect: 'read' } as const;
const create = { effect: 'create' } as const;
const change = { effect: 'change' } as const;
const receive = { effect: 'receive' } as const;
const published = { standing: 'published' } as const;
const inferred = { standing: 'inferred' } as const;

/**
 * Every endpoint this package calls: the one table (contract, section 3).
 *
 * `published` endpoints are in the vendor's documentation, SDK or plugins. `inferred` ones are announced by the vendor
 * but published nowhere: their shape is our guess after the vendor's own conventions, and an answer "no such route"
 * there is told to the user as such. Correcting a guess is a change of one line here.
 */
export const ENDPOINTS = {
	orderAdd: { ...both('/order/add'), ...published, ...create, answers: SHAPES.madeOrder },
	orderCheckout: { ...both('/order/checkout'), ...published, ...create, answers: SHAPES.checkout },
	orderDetail: { ...both('/order/detail'), ...published, ...read, answers: SHAPES.order },
	orderCancel: {
		...both('/order/cancel'),
		...published,
		...change,
		answers: SHAPES.cancelledOrder,
	},
	orderList: { ...both('/order/list'), ...inferred, ...read, answers: SHAPES.orderList },
	paymentMethods: {
		...legacy('/payment-methods'),
		...published,
		...read,
		answers: SHAPES.paymentMethods,
	},
	merchantDetail: {
		...legacy('/merchant/detail'),
		...published,
		...read,
		answers: SHAPES.merchant,
	},
	transactionList: {
		...both('/transaction/list'),
		...inferred,
		...read,
		answers: SHAPES.transactionList,
	},
	transactionDetail: {
		...both('/transaction/detail'),
		...inferred,
		...read,
		answers: SHAPES.transaction,
	},
	transactionStatistics: {
		...both('/transaction/statistics'),
		...inferred,
		...read,
		answers: SHAPES.statistics,
	},
	refundAdd: { ...both('/refund/add'), ...inferred, ...create, answers: SHAPES.madeRefund },
	refundDetail: { ...both('/refund/detail'), ...inferred, ...read, answers: SHAPES.refund },
	refundList: { ...both('/refund/list'), ...inferred, ...read, answers: SHAPES.refundList },
	refundCancel: {
		...both('/refund/cancel'),
		...inferred,
		...change,
		answers: SHAPES.cancelledRefund,
	},
	disputeList: { ...both('/dispute/list'), ...inferred, ...read, answers: SHAPES.disputeList },
	disputeDetail: { ...both('/dispute/detail'), ...inferred, ...read, answers: SHAPES.dispute },
	disputeRespond: {
		...both('/dispute/respond'),
		...inferred,
		...change,
		answers: SHAPES.answeredDispute,
	},
	disputeAccept: {
		...both('/dispute/accept'),
		...inferred,
		...change,
		answers: SHAPES.acceptedDispute,
	},
	webhookList: { ...both('/webhook/list'), ...inferred, ...read, answers: SHAPES.webhookList },
	webhookAdd: { ...both('/webhook/add'), ...inferred, ...change, answers: SHAPES.madeWebhook },
	x402Verify: {
		...canonical('/x402/verify'),
		...published,
		...receive,
		answers: SHAPES.verification,
	},
	x402Settle: {
		...canonical('/x402/settle'),
		...published,
		...receive,
		answers: SHAPES.settlement,
	},
	webhookDelete: { ...both('/webhook/delete'), ...inferred, ...change, answers: SHAPES.nothing },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;

/** What an endpoint answers, by the table. */
export type AnswerOf<N extends EndpointName> =
	(typeof ENDPOINTS)[N]['answers'] extends Shape<infer A> ? A : never;

/** The endpoints that answer such a thing. */
export type EndpointsOf<A> = {
	[N in EndpointName]: AnswerOf<N> extends A ? N : never;
}[EndpointName];

/** Whether sending a request once more does no harm. */
export function isRepeatable({ effect }: Endpoint): boolean {
	return effect === 'read' || effect === 'receive';
}

/** The public keys of signature C: no key is needed [P]. */
export const JWKS_PATH = `${CANONICAL_PREFIX}/public/webhook-jwks`;

/** What else the vendor publishes that only looks, as a customer's browser and wallet do [P]. */
const PUBLIC_READS = ['checkout-counter', 'order/payment-methods', 'check-status'].map(
	(path) => `${CANONICAL_PREFIX}/public/${path}`,
);

/** All paths of which it is known that a request there only looks, under every prefix. */
export const READING_PATHS: readonly string[] = [
	...Object.values<Endpoint>(ENDPOINTS)
		.filter(({ effect }) => effect === 'read')
		.flatMap(({ path, legacyPath }) => [path, ...(legacyPath === undefined ? [] : [legacyPath])]),
	JWKS_PATH,
	...PUBLIC_READS,
];

/**
 * The endpoint that stands at a path of the user's own.
 *
 * @param path below {@link CANONICAL_PREFIX}, or with it; without a slash at its end. In its short form it may be meant
 *   under either prefix, as the table says where it knows it
 * @param isRead whether the user says that repeating is harmless
 */
export function endpointAt(path: string, isRead: boolean, answers: Shape<unknown>): Endpoint {
	const isWhole = path.startsWith(`${CANONICAL_PREFIX}/`);
	const paths = isWhole ? { path } : pathsOf(path);
	const isKnownRead = READING_PATHS.includes(paths.path);
	return {
		...paths,
		standing: 'asked',
		effect: isRead || isKnownRead ? 'read' : 'change',
		answers,
	};
}

function pathsOf(short: string): Pick<Endpoint, 'path' | 'legacyPath'> {
	if (/^\/(sdk|public|x402)\//.test(short)) return canonical(short);
	const isPublishedAsLegacy = Object.values<Endpoint>(ENDPOINTS).some(
		({ path }) => path === legacy(short).path,
	);
	return isPublishedAsLegacy ? legacy(short) : both(short);
}

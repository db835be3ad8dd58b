import type { Shape } from './shapes/shape';
import { SHAPES } from './shapes/table';

/** What is known of an endpoint. */
export type Endpoint<A = unknown> = {
	/** Path after the API prefix. */
	readonly path: string;
	/** Where it is another prefix than {@link API_PREFIX}. */
	readonly prefix?: string;
	readonly standing: 'published' | 'inferred';
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
	orderAdd: { path: '/order/add', ...published, ...create, answers: SHAPES.madeOrder },
	orderCheckout: { path: '/order/checkout', ...published, ...create, answers: SHAPES.checkout },
	orderDetail: { path: '/order/detail', ...published, ...read, answers: SHAPES.order },
	orderCancel: { path: '/order/cancel', ...published, ...change, answers: SHAPES.cancelledOrder },
	orderList: { path: '/order/list', ...inferred, ...read, answers: SHAPES.orderList },
	paymentMethods: {
		path: '/payment-methods',
		...published,
		...read,
		answers: SHAPES.paymentMethods,
	},
	merchantDetail: { path: '/merchant/detail', ...published, ...read, answers: SHAPES.merchant },
	transactionList: {
		path: '/transaction/list',
		...inferred,
		...read,
		answers: SHAPES.transactionList,
	},
	transactionDetail: {
		path: '/transaction/detail',
		...inferred,
		...read,
		answers: SHAPES.transaction,
	},
	transactionStatistics: {
		path: '/transaction/statistics',
		...inferred,
		...read,
		answers: SHAPES.statistics,
	},
	refundAdd: { path: '/refund/add', ...inferred, ...create, answers: SHAPES.madeRefund },
	refundDetail: { path: '/refund/detail', ...inferred, ...read, answers: SHAPES.refund },
	refundList: { path: '/refund/list', ...inferred, ...read, answers: SHAPES.refundList },
	refundCancel: { path: '/refund/cancel', ...inferred, ...change, answers: SHAPES.cancelledRefund },
	disputeList: { path: '/dispute/list', ...inferred, ...read, answers: SHAPES.disputeList },
	disputeDetail: { path: '/dispute/detail', ...inferred, ...read, answers: SHAPES.dispute },
	disputeRespond: {
		path: '/dispute/respond',
		...inferred,
		...change,
		answers: SHAPES.answeredDispute,
	},
	disputeAccept: {
		path: '/dispute/accept',
		...inferred,
		...change,
		answers: SHAPES.acceptedDispute,
	},
	webhookList: { path: '/webhook/list', ...inferred, ...read, answers: SHAPES.webhookList },
	webhookAdd: { path: '/webhook/add', ...inferred, ...change, answers: SHAPES.madeWebhook },
	x402Verify: {
		path: '/x402/verify',
		prefix: '/api/v1/pay',
		...published,
		...receive,
		answers: SHAPES.verification,
	},
	x402Settle: {
		path: '/x402/settle',
		prefix: '/api/v1/pay',
		...published,
		...receive,
		answers: SHAPES.settlement,
	},
	webhookDelete: { path: '/webhook/delete', ...inferred, ...change, answers: SHAPES.nothing },
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

/** Under this prefix every published endpoint exists that names no other [P]. */
export const API_PREFIX = '/api/v1/pay/sdk';

/** The public keys of signature C: no API prefix, no key [P]. */
export const JWKS_PATH = '/api/v1/pay/public/webhook-jwks';

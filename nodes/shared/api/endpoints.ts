/** What is known of an endpoint. */
export type Endpoint = {
	/** Path after the API prefix. */
	readonly path: string;
	readonly standing: 'published' | 'inferred';
	/**
	 * - `read`: repeating is harmless
	 * - `create`: makes something that must not be made twice; always carries an id of ours
	 * - `change`: changes something that exists; sent once
	 */
	readonly effect: 'read' | 'create' | 'change';
	/** Whether a success carries `data`. */
	readonly hasData: boolean;
	/** Wire name of the id of what was created: an answer without it does not tell what was done. */
	readonly createdId?: string;
};

const read = { effect: 'read', hasData: true } as const;
const create = { effect: 'create', hasData: true } as const;
const change = { effect: 'change', hasData: true } as const;
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
	orderAdd: { path: '/order/add', ...published, ...create, createdId: 'trade_id' },
	orderCheckout: { path: '/order/checkout', ...published, ...create, createdId: 'trade_id' },
	orderDetail: { path: '/order/detail', ...published, ...read },
	orderCancel: { path: '/order/cancel', ...published, ...change },
	orderList: { path: '/order/list', ...inferred, ...read },
	paymentMethods: { path: '/payment-methods', ...published, ...read },
	merchantDetail: { path: '/merchant/detail', ...published, ...read },
	transactionList: { path: '/transaction/list', ...inferred, ...read },
	transactionDetail: { path: '/transaction/detail', ...inferred, ...read },
	transactionStatistics: { path: '/transaction/statistics', ...inferred, ...read },
	refundAdd: { path: '/refund/add', ...inferred, ...create, createdId: 'refund_id' },
	refundDetail: { path: '/refund/detail', ...inferred, ...read },
	refundList: { path: '/refund/list', ...inferred, ...read },
	refundCancel: { path: '/refund/cancel', ...inferred, ...change },
	disputeList: { path: '/dispute/list', ...inferred, ...read },
	disputeDetail: { path: '/dispute/detail', ...inferred, ...read },
	disputeRespond: { path: '/dispute/respond', ...inferred, ...change },
	disputeAccept: { path: '/dispute/accept', ...inferred, ...change },
	webhookList: { path: '/webhook/list', ...inferred, ...read },
	webhookAdd: { path: '/webhook/add', ...inferred, ...change },
	webhookDelete: { path: '/webhook/delete', ...inferred, ...change, hasData: false },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;

/** Under this prefix every published endpoint exists [P]. */
export const API_PREFIX = '/api/v1/pay/sdk';

/** The public keys of signature C: no API prefix, no key [P]. */
export const JWKS_PATH = '/api/v1/pay/public/webhook-jwks';

/** What a tool does here, whatever it is called: an endpoint of the API, or something that only MCP has. */
export type Work =
	| { readonly endpoint: string }
	/** Deliveries of an order are sent once more. */
	| { readonly redeliver: true }
	/** The documentation is looked through. */
	| { readonly search: true };

/** A field of a tool's input: its JSON schema, and under which name the work knows it. */
export interface ToolField {
	readonly schema: object;
	/** Absent: under its own name. */
	readonly means?: string;
}

export interface SandboxTool {
	readonly name: string;
	readonly description: string;
	/** Whether it changes nothing. The others want an idempotency key. */
	readonly isReadOnly: boolean;
	readonly fields: Readonly<Record<string, ToolField>>;
	readonly required?: readonly string[];
	readonly work: Work;
}

/** How a set of tools answers: as text, beside it as a value, or in the API's envelope. */
export type ToolAnswer = 'text' | 'value' | 'envelope';

export interface ToolSet {
	readonly answer: ToolAnswer;
	readonly tools: readonly SandboxTool[];
}

const text = (description = '') => ({ schema: { type: 'string', description } });
const whole = () => ({ schema: { type: 'integer', minimum: 0 } });
const number = () => ({ schema: { type: 'number', exclusiveMinimum: 0 } });
const texts = () => ({ schema: { type: 'array', items: { type: 'string' } } });
const choice = (...values: string[]) => ({ schema: { type: 'string', enum: values } });

/** The same field under another name. */
const as = (means: string, field: ToolField): ToolField => ({ ...field, means });

const STATUSES = ['pending', 'paid', 'expired', 'cancelled'];

const read = { isReadOnly: true };
const write = { isReadOnly: false };

/**
 * The vendor announces what its tools do, and publishes neither their names nor their schemas: three ways in which they may
 * be called. Each also has the tools that look like those that are wanted, and are not.
 */
export const TOOL_SETS = {
	/** Verb first, fields as the API has them, answers as JSON text. */
	verbs: {
		answer: 'text',
		tools: [
			{
				...read,
				name: 'get_merchant_profile',
				description: 'The merchant account this key belongs to.',
				fields: {},
				work: { endpoint: '/merchant/detail' },
			},
			{
				...read,
				name: 'list_orders',
				description: 'List orders, newest first, with optional filters.',
				fields: {
					page: whole(),
					page_size: whole(),
					status: choice(...STATUSES),
					currency: text(),
					network: text(),
					mch_order_id: text(),
					start_time: whole(),
					end_time: whole(),
				},
				work: { endpoint: '/order/list' },
			},
			{
				...write,
				name: 'create_order',
				description: 'Create a payment order.',
				fields: {
					amount: number(),
					currency: text(),
					network: text(),
					mch_order_id: text('Your own order ID, at most 32 characters.'),
				},
				required: ['amount', 'currency', 'network'],
				work: { endpoint: '/order/add' },
			},
			{
				...write,
				name: 'cancel_order',
				description: 'Cancel a pending order.',
				fields: { trade_id: text(), mch_order_id: text() },
				work: { endpoint: '/order/cancel' },
			},
			{
				...read,
				name: 'list_webhooks',
				description: 'List the webhook endpoints of the account.',
				fields: {},
				work: { endpoint: '/webhook/list' },
			},
			{
				...write,
				name: 'create_webhook',
				description: 'Register a webhook endpoint.',
				fields: { url: text(), events: texts() },
				required: ['url'],
				work: { endpoint: '/webhook/add' },
			},
			{
				...write,
				name: 'delete_webhook',
				description: 'Remove a webhook endpoint.',
				fields: { webhook_id: text() },
				required: ['webhook_id'],
				work: { endpoint: '/webhook/delete' },
			},
			{
				...write,
				name: 'redeliver_webhook',
				description: 'Send the callbacks of an order once more.',
				fields: { trade_id: text() },
				required: ['trade_id'],
				work: { redeliver: true },
			},
			{
				...read,
				name: 'search_documentation',
				description: 'Search the developer documentation.',
				fields: { query: text() },
				required: ['query'],
				work: { search: true },
			},
		],
	},
	/** Thing first, fields in camel case, answers as values. */
	things: {
		answer: 'value',
		tools: [
			{
				...read,
				name: 'merchant.profile',
				description: 'Merchant profile.',
				fields: {},
				work: { endpoint: '/merchant/detail' },
			},
			{
				...read,
				name: 'orders.list',
				description: 'Orders, page by page.',
				fields: {
					page: whole(),
					pageSize: as('page_size', whole()),
					status: choice(...STATUSES),
					merchantOrderId: as('mch_order_id', text()),
					startTime: as('start_time', whole()),
					endTime: as('end_time', whole()),
				},
				work: { endpoint: '/order/list' },
			},
			{
				...write,
				name: 'orders.create',
				description: 'Creates an order.',
				fields: {
					amount: number(),
					currency: text(),
					network: text(),
					merchantOrderId: as('mch_order_id', text()),
				},
				required: ['amount', 'currency', 'network'],
				work: { endpoint: '/order/add' },
			},
			{
				...write,
				name: 'orders.cancel',
				description: 'Cancels an order.',
				fields: { tradeId: as('trade_id', text()) },
				required: ['tradeId'],
				work: { endpoint: '/order/cancel' },
			},
			{
				...read,
				name: 'webhooks.list',
				description: 'Webhook endpoints.',
				fields: {},
				work: { endpoint: '/webhook/list' },
			},
			{
				...write,
				name: 'webhooks.create',
				description: 'Adds a webhook endpoint.',
				fields: { url: text(), events: texts() },
				required: ['url', 'events'],
				work: { endpoint: '/webhook/add' },
			},
			{
				...write,
				name: 'webhooks.delete',
				description: 'Deletes a webhook endpoint.',
				fields: { webhookId: as('webhook_id', text()) },
				required: ['webhookId'],
				work: { endpoint: '/webhook/delete' },
			},
			{
				...write,
				name: 'webhooks.redeliver',
				description: 'Repeats the deliveries of an order.',
				fields: { tradeId: as('trade_id', text()) },
				required: ['tradeId'],
				work: { redeliver: true },
			},
			{
				...read,
				name: 'docs.search',
				description: 'Documentation search.',
				fields: { query: text() },
				required: ['query'],
				work: { search: true },
			},
		],
	},
	/** With the vendor's name before each, and the API's envelope around each answer. */
	branded: {
		answer: 'envelope',
		tools: [
			{
				...read,
				name: 'polypay_merchant_get',
				description: 'Get the merchant.',
				fields: {},
				work: { endpoint: '/merchant/detail' },
			},
			{
				...read,
				name: 'polypay_order_list',
				description: 'Query orders.',
				fields: { page: whole(), page_size: whole(), status: choice(...STATUSES) },
				required: ['page'],
				work: { endpoint: '/order/list' },
			},
			{
				...write,
				name: 'polypay_order_create',
				description: 'Create an order.',
				fields: { amount: number(), currency: text(), network: text(), mch_order_id: text() },
				required: ['amount', 'currency', 'network', 'mch_order_id'],
				work: { endpoint: '/order/add' },
			},
			{
				...write,
				name: 'polypay_order_cancel',
				description: 'Cancel an order.',
				fields: { trade_id: text() },
				required: ['trade_id'],
				work: { endpoint: '/order/cancel' },
			},
			{
				...read,
				name: 'polypay_webhook_list',
				description: 'List webhooks.',
				fields: { page: whole(), page_size: whole() },
				work: { endpoint: '/webhook/list' },
			},
			{
				...write,
				name: 'polypay_webhook_add',
				description: 'Add a webhook.',
				fields: { url: text(), events: texts() },
				required: ['url'],
				work: { endpoint: '/webhook/add' },
			},
			{
				...write,
				name: 'polypay_webhook_remove',
				description: 'Remove a webhook.',
				fields: { id: as('webhook_id', text()) },
				required: ['id'],
				work: { endpoint: '/webhook/delete' },
			},
			{
				...write,
				name: 'polypay_webhook_resend',
				description: 'Resend callbacks.',
				fields: { trade_id: text() },
				required: ['trade_id'],
				work: { redeliver: true },
			},
		],
	},
} as const satisfies Record<string, ToolSet>;

export type ToolSetName = keyof typeof TOOL_SETS;

import { InvalidInput } from '../../shared/model/invalidInput';
import { call } from './customApiCall/call.operation';
import { accept as acceptDispute } from './dispute/accept.operation';
import { get as getDispute } from './dispute/get.operation';
import { getMany as getDisputes } from './dispute/getMany.operation';
import { respond as respondToDispute } from './dispute/respond.operation';
import { get as getMerchant } from './merchant/get.operation';
import type { Operation, Resource } from './operation';
import { cancel as cancelOrder } from './order/cancel.operation';
import { create as createOrder } from './order/create.operation';
import { createAndWait } from './order/createAndWait.operation';
import { createCheckout } from './order/createCheckout.operation';
import { createPaymentQr } from './order/createPaymentQr.operation';
import { get as getOrder } from './order/get.operation';
import { getMany as getOrders } from './order/getMany.operation';
import { wait } from './order/wait.operation';
import { getMany as getPaymentMethods } from './paymentMethod/getMany.operation';
import { cancel as cancelRefund } from './refund/cancel.operation';
import { create as createRefund } from './refund/create.operation';
import { get as getRefund } from './refund/get.operation';
import { getMany as getRefunds } from './refund/getMany.operation';
import { get as getTransaction } from './transaction/get.operation';
import { getMany as getTransactions } from './transaction/getMany.operation';
import { getStatistics } from './transaction/getStatistics.operation';
import { create as createWebhook } from './webhook/create.operation';
import { deleteWebhook } from './webhook/delete.operation';
import { getMany as getWebhooks } from './webhook/getMany.operation';
import { removeDuplicates } from './webhook/removeDuplicates.operation';
import { sendTestEvent } from './webhook/sendTestEvent.operation';
import { verify as verifyWebhook } from './webhook/verify.operation';

/**
 * Everything the action node can do: resource → operation → its file. The editor's fields and the execution are both
 * made from this table, in its order: what is used most comes first. "Custom API Call" must stay last: n8n appends an
 * entry of that very name to the list unless the last one has it.
 */
export const resources = {
	order: {
		name: 'Order',
		description: 'A request for payment that a customer pays',
		operations: {
			cancel: cancelOrder,
			create: createOrder,
			createAndWait,
			createCheckout,
			createPaymentQr,
			get: getOrder,
			getAll: getOrders,
			wait,
		},
		defaultOperation: 'create',
	},
	dispute: {
		name: 'Dispute',
		description: 'A complaint of a customer about an order',
		operations: {
			accept: acceptDispute,
			get: getDispute,
			getAll: getDisputes,
			respond: respondToDispute,
		},
		defaultOperation: 'getAll',
	},
	merchant: {
		name: 'Merchant',
		description: 'Your own PonponPay account',
		operations: { get: getMerchant },
		defaultOperation: 'get',
	},
	paymentMethod: {
		name: 'Payment Method',
		description: 'The networks and currencies customers can pay with',
		operations: { getAll: getPaymentMethods },
		defaultOperation: 'getAll',
	},
	refund: {
		name: 'Refund',
		description: 'Money of a paid order on its way back to the customer',
		operations: {
			cancel: cancelRefund,
			create: createRefund,
			get: getRefund,
			getAll: getRefunds,
		},
		defaultOperation: 'create',
	},
	transaction: {
		name: 'Transaction',
		description: 'Payments and refunds as they happened on the blockchain, and their sums',
		operations: { get: getTransaction, getAll: getTransactions, getStatistics },
		defaultOperation: 'getAll',
	},
	webhook: {
		name: 'Webhook',
		description: 'The addresses PonponPay calls when something happens',
		operations: {
			create: createWebhook,
			delete: deleteWebhook,
			getAll: getWebhooks,
			removeDuplicates,
			sendTestEvent,
			verify: verifyWebhook,
		},
		defaultOperation: 'getAll',
	},
	customApiCall: {
		name: 'Custom API Call',
		description: 'Any endpoint of PonponPay that has no operation of its own yet',
		operations: { call },
		defaultOperation: 'call',
	},
} as const satisfies Record<string, Resource>;

/**
 * The operation an item asks for.
 *
 * @throws InvalidInput for a pair that is not in the table, as an imported workflow may hold
 */
export function findOperation(resourceName: unknown, operationName: unknown): Operation {
	const table: Record<string, Resource> = resources;
	const operations = Object.hasOwn(table, String(resourceName))
		? table[String(resourceName)].operations
		: {};
	if (!Object.hasOwn(operations, String(operationName))) {
		throw new InvalidInput(
			'Operation',
			`${String(resourceName)}: ${String(operationName)}`,
			'must be one of the list',
		);
	}
	return operations[String(operationName)];
}

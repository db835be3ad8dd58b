import { InvalidInput } from '../../shared/model/invalidInput';
import { callEndpoint } from './customApiCall/callEndpoint.operation';
import { acceptDispute } from './dispute/acceptDispute.operation';
import { getDispute } from './dispute/getDispute.operation';
import { getDisputes } from './dispute/getDisputes.operation';
import { respondToDispute } from './dispute/respondToDispute.operation';
import { getMerchant } from './merchant/getMerchant.operation';
import type { Operation, Resource } from './operation';
import { cancelOrder } from './order/cancelOrder.operation';
import { createAndWait } from './order/createAndWait.operation';
import { createCheckoutLink } from './order/createCheckoutLink.operation';
import { createOrder } from './order/createOrder.operation';
import { createPaymentQr } from './order/createPaymentQr.operation';
import { getLedger } from './order/getLedger.operation';
import { getOrder } from './order/getOrder.operation';
import { getOrders } from './order/getOrders.operation';
import { waitForPayment } from './order/waitForPayment.operation';
import { getPaymentMethods } from './paymentMethod/getPaymentMethods.operation';
import { requirePayment } from './paywall/requirePayment.operation';
import { settlePayment } from './paywall/settlePayment.operation';
import { cancelRefund } from './refund/cancelRefund.operation';
import { createPaymentRequest } from './refund/createPaymentRequest.operation';
import { createRefund } from './refund/createRefund.operation';
import { getRefund } from './refund/getRefund.operation';
import { getRefunds } from './refund/getRefunds.operation';
import { getStatistics } from './transaction/getStatistics.operation';
import { getTransaction } from './transaction/getTransaction.operation';
import { getTransactions } from './transaction/getTransactions.operation';
import { createWebhook } from './webhook/createWebhook.operation';
import { deleteWebhook } from './webhook/deleteWebhook.operation';
import { getWebhooks } from './webhook/getWebhooks.operation';
import { removeDuplicates } from './webhook/removeDuplicates.operation';
import { sendTestEvent } from './webhook/sendTestEvent.operation';
import { verifyWebhook } from './webhook/verifyWebhook.operation';

/**
 * Everything the action node can do: resource → operation → its file. The editor's fields and the execution are both
 * made from this table, in its order: what is used most comes first. Saved workflows hold the keys: they never change.
 */
export const resources = {
	order: {
		name: 'Order',
		description: 'A request for payment that a customer pays',
		operations: {
			cancel: cancelOrder,
			create: createOrder,
			createAndWait,
			createCheckout: createCheckoutLink,
			createPaymentQr,
			get: getOrder,
			getAll: getOrders,
			getLedger,
			wait: waitForPayment,
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
	paywall: {
		name: 'Paywall',
		description: 'Calls that buyers pay for one by one, with x402',
		operations: { requirePayment, settlePayment },
		defaultOperation: 'settlePayment',
	},
	refund: {
		name: 'Refund',
		description: 'Money of a paid order on its way back to the customer',
		operations: {
			cancel: cancelRefund,
			create: createRefund,
			createPaymentRequest,
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
		name: 'API Request',
		description: 'Any path of PonponPay that has no operation of its own yet',
		operations: { call: callEndpoint },
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

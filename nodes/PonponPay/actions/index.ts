import { InvalidInput } from '../../shared/model/invalidInput';
import { get as getMerchant } from './merchant/get.operation';
import type { Operation, Resource } from './operation';
import { cancel } from './order/cancel.operation';
import { create } from './order/create.operation';
import { createCheckout } from './order/createCheckout.operation';
import { get as getOrder } from './order/get.operation';
import { getMany as getPaymentMethods } from './paymentMethod/getMany.operation';

/**
 * Everything the action node can do: resource → operation → its file. The editor's fields and the execution are both
 * made from this table.
 */
export const resources = {
	merchant: {
		name: 'Merchant',
		description: 'Your own PonponPay account',
		operations: { get: getMerchant },
		defaultOperation: 'get',
	},
	order: {
		name: 'Order',
		description: 'A request for payment that a customer pays',
		operations: { cancel, create, createCheckout, get: getOrder },
		defaultOperation: 'create',
	},
	paymentMethod: {
		name: 'Payment Method',
		description: 'The networks and currencies customers can pay with',
		operations: { getAll: getPaymentMethods },
		defaultOperation: 'getAll',
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

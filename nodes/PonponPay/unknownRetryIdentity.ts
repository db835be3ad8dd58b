import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** What a person is told before something would be created that may be there already. */
export function unknownRetryIdentity(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		'n8n was stopped in the middle of the execution that is tried again, and does not say which one that was',
		{
			description:
				'Nothing was created, because it could have been the second time. Look at PonponPay for what the first try has ' +
				'created, and start the workflow anew for what is missing. n8n 2.15 and newer can go on here. Any n8n can, if ' +
				'Merchant Order ID or Merchant Refund ID under Options is filled in.',
		},
	);
}

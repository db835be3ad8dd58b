import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { readRawBody } from '../shared/n8n/rawBody';
import { networkName } from '../shared/model/network';
import { usdcText } from '../shared/x402/requirement';
import type { Settlement } from '../shared/x402/settlement';

/** What must not go into the data of executions: what proves who somebody is, and the proof of the payment. */
const SECRET_HEADER =
	/^(?:authorization|proxy-authorization|cookie|payment-signature|x-payment|.*(?:api-?key|token|secret|password).*)$/;

/** The item with which a paid call starts the workflow. @param isReplay whether the payment had been settled before */
export async function paidItem(
	context: IWebhookFunctions,
	{ paymentId, payer, amount, network, transaction }: Settlement,
	isReplay: boolean,
): Promise<INodeExecutionData> {
	const { method, headers } = context.getRequestObject();
	const shown = Object.entries(headers).filter(([name]) => !SECRET_HEADER.test(name));
	return {
		json: {
			payment: {
				paymentId,
				payer,
				amount: usdcText(amount),
				network: networkName(network),
				transaction: transaction === '' ? null : transaction,
				isReplay,
			},
			request: {
				method,
				query: context.getQueryData() as IDataObject,
				headers: Object.fromEntries(shown) as IDataObject,
				body: await bodyOf(context),
			},
		},
	};
}

/** As n8n has parsed it; what n8n leaves alone is text, if it is that at all. */
async function bodyOf(context: IWebhookFunctions): Promise<IDataObject[string]> {
	const parsed: unknown = context.getRequestObject().body;
	if (parsed !== undefined && parsed !== null) return parsed as IDataObject;
	const text = (await readRawBody(context)).toString('utf8');
	return text === '' || text.includes('\uFFFD') ? null : text;
}

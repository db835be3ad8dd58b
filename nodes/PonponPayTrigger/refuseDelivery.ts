import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { respondRefusal } from '../shared/n8n/respondRefusal';
import type { Refusal } from '../shared/signature/refusal';
import { receiverMemoryOf } from './receiverMemory';

/** Answers a delivery that the trigger does not let in, and says in n8n's log why. */
export async function refuseDelivery(
	context: IWebhookFunctions,
	refusal: Refusal,
	investigate?: () => Promise<string | undefined>,
): Promise<IWebhookResponseData> {
	const subject = `PonponPay Trigger "${context.getNode().name}" refused a delivery`;
	return await respondRefusal(
		context,
		refusal,
		receiverMemoryOf(context).refusals,
		subject,
		investigate,
	);
}

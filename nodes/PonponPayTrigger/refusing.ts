import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answerRefusal as answer } from '../shared/webhook/answerRefusal';
import type { Refusal } from '../shared/signature/refusal';
import { memoryOf } from './memory';

/** Answers a delivery that the trigger does not let in, and says in n8n's log why. */
export async function answerRefusal(
	context: IWebhookFunctions,
	refusal: Refusal,
	investigate?: () => Promise<string | undefined>,
): Promise<IWebhookResponseData> {
	const subject = `PonponPay Trigger "${context.getNode().name}" refused a delivery`;
	return await answer(context, refusal, memoryOf(context).refusals, subject, investigate);
}

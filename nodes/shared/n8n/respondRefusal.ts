import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../api/credential';
import { explainRefusal } from '../signature/explainRefusal';
import type { Refusal } from '../signature/refusal';
import type { RefusalLog } from '../signature/refusalLog';

/**
 * Answers a delivery that is not let in, and says in n8n's log why.
 *
 * n8n gives everything that a node returns the status 200; a real status has to be sent past it.
 *
 * @param subject begins the line in the log: who refused what
 * @param investigate looks for more to tell; asked only when a line is written
 */
export async function respondRefusal(
	context: IWebhookFunctions,
	refusal: Refusal,
	refusals: RefusalLog,
	subject: string,
	investigate: () => Promise<string | undefined> = async () => undefined,
): Promise<IWebhookResponseData> {
	const { reason, status, scheme, header, field } = refusal;
	const untold = refusals.note([reason, scheme, header, field].join(' '));
	if (untold !== undefined) {
		const line = [
			`${subject}: ${explainRefusal(refusal)}`,
			await investigate(),
			`Credential: "${credentialName(context)}"`,
			untold > 0 && `${untold} more like it were refused since the last line`,
		];
		context.logger.warn(`${line.filter((sentence) => sentence).join('. ')}.`, {
			workflowId: context.getWorkflow().id,
			...refusal,
		});
	}
	context.getResponseObject().status(status).json({ message: reason });
	return { noWebhookResponse: true };
}

function credentialName(context: IWebhookFunctions): string {
	return context.getNode().credentials?.[CREDENTIAL_TYPE]?.name ?? 'none';
}

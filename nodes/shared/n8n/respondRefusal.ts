import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { explainRefusal, refusalBody } from '../signature/explainRefusal';
import type { Refusal } from '../signature/refusal';
import type { RefusalLog } from '../signature/refusalLog';

/**
 * Answers a delivery that is not let in, and says in n8n's log why.
 *
 * Seen in n8n 1.123.81 and 2.41.1: everything that a node returns gets the status 200, so that a real status has to be sent
 * past n8n. Without that PonponPay would take a refusal for the end of the delivery. It is held there by
 * test/e2e/loop.test.mts.
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
	context.getResponseObject().status(status).json(refusalBody(refusal));
	return { noWebhookResponse: true };
}

function credentialName(context: IWebhookFunctions): string {
	// Every node of this package has one credential.
	const [credential] = Object.values(context.getNode().credentials ?? {});
	return credential?.name ?? 'none';
}

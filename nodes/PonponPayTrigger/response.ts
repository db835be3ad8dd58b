import {
	webhookDescriptionFields,
	type IWebhookDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';

const OK = 'OK';

/** Whether n8n can call functions for the fields of a webhook; older ones evaluate expressions for every delivery. */
const callsFunctions = typeof webhookDescriptionFields === 'function';

/**
 * Answers as soon as the execution is stored.
 *
 * `onReceived` means that since n8n 2.7 (github.com/n8n-io/n8n/pull/24876), and so in all that call functions. Before, it
 * answered 200 first, also when nothing could be stored; there it is what n8n has for the start of forms.
 */
const AT_ONCE = callsFunctions ? 'onReceived' : 'formPage';

type Parameters = { options?: { respond?: string } };

const isAtTheEnd = (parameters: object) =>
	(parameters as Parameters).options?.respond === 'lastNode';

const IS_AT_THE_END = '$parameter["options"]["respond"] === "lastNode"';

/** What n8n answers to a delivery that starts the workflow, and when. */
const FIELDS = {
	responseMode: {
		template: `={{ ${IS_AT_THE_END} ? "lastNode" : "${AT_ONCE}" }}`,
		resolve: (parameters: object) => (isAtTheEnd(parameters) ? 'lastNode' : AT_ONCE),
	},
	// What the last node puts out is none of the sender's business.
	responseData: {
		template: `={{ ${IS_AT_THE_END} ? "noData" : "${OK}" }}`,
		resolve: (parameters: object) => (isAtTheEnd(parameters) ? 'noData' : OK),
	},
};

export const RESPONSE: Pick<IWebhookDescription, 'responseMode' | 'responseData'> = callsFunctions
	? webhookDescriptionFields(FIELDS)
	: {
			responseMode: FIELDS.responseMode.template,
			responseData: FIELDS.responseData.template,
		};

/** Lets n8n's answer to a form that was started, which names the execution, be the one of all other deliveries. */
export function hideStartedForm(context: IWebhookFunctions): void {
	if (AT_ONCE !== 'formPage') return;
	const response = context.getResponseObject();
	const send = response.send.bind(response);
	response.send = (body: unknown) => send(isStartedForm(body) ? OK : body);
}

function isStartedForm(body: unknown): boolean {
	return typeof body === 'object' && body !== null && 'formWaitingUrl' in body;
}

import { webhookDescriptionFields, type IWebhookDescription } from 'n8n-workflow';

import { ACCEPTED, AT_ONCE, CALLS_FUNCTIONS } from '../shared/webhook/answerAtOnce';

type Parameters = { options?: { respond?: string } };

const isAtTheEnd = (parameters: object) =>
	(parameters as Parameters).options?.respond === 'lastNode';

const IS_AT_THE_END = '$parameter["options"]["respond"] === "lastNode"';

/** What n8n answers to a delivery that starts the workflow, and when; for n8n's expressions, and as functions. */
const FIELDS = {
	responseMode: {
		template: `={{ ${IS_AT_THE_END} ? "lastNode" : "${AT_ONCE}" }}`,
		resolve: (parameters: object) => (isAtTheEnd(parameters) ? 'lastNode' : AT_ONCE),
	},
	// What the last node puts out is none of the sender's business.
	responseData: {
		template: `={{ ${IS_AT_THE_END} ? "noData" : "${ACCEPTED}" }}`,
		resolve: (parameters: object) => (isAtTheEnd(parameters) ? 'noData' : ACCEPTED),
	},
};

export const RESPONSE: Pick<IWebhookDescription, 'responseMode' | 'responseData'> = CALLS_FUNCTIONS
	? webhookDescriptionFields(FIELDS)
	: {
			responseMode: FIELDS.responseMode.template,
			responseData: FIELDS.responseData.template,
		};

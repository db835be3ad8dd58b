import { webhookDescriptionFields, type IWebhookDescription } from 'n8n-workflow';

type Parameters = { options?: { respond?: string } };

const respond = (parameters: object) => (parameters as Parameters).options?.respond;

/** What n8n answers to a delivery that starts the workflow, and when; for n8n's expressions, and as functions. */
const FIELDS = {
	responseMode: {
		template: '={{ $parameter["options"]["respond"] || "onReceived" }}',
		resolve: (parameters: object) => respond(parameters) || 'onReceived',
	},
	// What the last node puts out is none of the sender's business.
	responseData: {
		template: '={{ $parameter["options"]["respond"] === "lastNode" ? "noData" : "OK" }}',
		resolve: (parameters: object) => (respond(parameters) === 'lastNode' ? 'noData' : 'OK'),
	},
};

/** Newer n8n calls the functions; older ones, which do not know them, evaluate the expressions for every delivery. */
export const RESPONSE: Pick<IWebhookDescription, 'responseMode' | 'responseData'> =
	typeof webhookDescriptionFields === 'function'
		? webhookDescriptionFields(FIELDS)
		: {
				responseMode: FIELDS.responseMode.template,
				responseData: FIELDS.responseData.template,
			};

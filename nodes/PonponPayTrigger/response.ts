import { ACCEPTED, AT_ONCE } from '../shared/n8n/answerAtOnce';
import { describeByParameters } from '../shared/n8n/webhookDescription';

type Parameters = { options?: { respond?: string } };

const isAtTheEnd = (parameters: object) =>
	(parameters as Parameters).options?.respond === 'lastNode';

const IS_AT_THE_END = '$parameter["options"]["respond"] === "lastNode"';

/** What n8n answers to a delivery that starts the workflow, and when. */
export const RESPONSE = describeByParameters({
	responseMode: {
		template: `={{ ${IS_AT_THE_END} ? "lastNode" : "${AT_ONCE}" }}`,
		resolve: (parameters) => (isAtTheEnd(parameters) ? 'lastNode' : AT_ONCE),
	},
	// What the last node puts out is none of the sender's business.
	responseData: {
		template: `={{ ${IS_AT_THE_END} ? "noData" : "${ACCEPTED}" }}`,
		resolve: (parameters) => (isAtTheEnd(parameters) ? 'noData' : ACCEPTED),
	},
});

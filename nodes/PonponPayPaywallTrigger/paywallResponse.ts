import { describeByParameters } from '../shared/n8n/webhookDescription';

type Parameters = {
	httpMethod?: string;
	path?: string;
	respond?: string;
	responseData?: string;
};

const read = (name: keyof Parameters, otherwise: string) => ({
	template: `={{ $parameter["${name}"] || "${otherwise}" }}`,
	resolve: (parameters: object) => (parameters as Parameters)[name] || otherwise,
});

/** The webhook as the node's parameters have it: where it is, and what n8n answers to a call that is paid. */
export const PAYWALL_WEBHOOK = describeByParameters({
	httpMethod: read('httpMethod', 'GET'),
	path: read('path', ''),
	responseMode: read('respond', 'lastNode'),
	responseData: read('responseData', 'firstEntryJson'),
});

import { webhookDescriptionFields } from 'n8n-workflow';

/**
 * Whether n8n can call functions for the fields of a webhook.
 *
 * Seen missing in n8n-core 1.120 to 2.30, seen in 2.41; where it is missing and we called it, n8n could not load the package. The package is built with the types of the
 * newest n8n, in which the function is always there.
 */
export const CALLS_FUNCTIONS = typeof webhookDescriptionFields === 'function';

type FieldName = 'httpMethod' | 'path' | 'responseMode' | 'responseData';

/** A field of a webhook, as an expression and as a function of the node's parameters; both say the same. */
export type DescribedField = { template: string; resolve: (parameters: object) => string };

/**
 * Fields of a webhook that depend on the node's parameters.
 *
 * Seen in n8n-core 2.41: n8n calls functions, and so needs no expression engine for a delivery, which takes as long to make
 * as all the rest of a request. Without them (1.120 to 2.30) it reads the expressions; a trigger is only slower then. That
 * the server reads either is held on 2.41.1 and 1.123.81 by test/e2e/loop.test.mts.
 */
export function describeByParameters<Name extends FieldName>(
	fields: Record<Name, DescribedField>,
): Record<Name, string> {
	if (CALLS_FUNCTIONS) return webhookDescriptionFields(fields);
	const templates = Object.entries<DescribedField>(fields).map(([name, { template }]) => [
		name,
		template,
	]);
	return Object.fromEntries(templates) as Record<Name, string>;
}

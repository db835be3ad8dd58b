import type {
	IExecuteFunctions,
	IHookFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { isExpression, type ParameterSource } from './field';

/** What stands for a parameter that is not there: n8n takes `undefined` for none given, and throws. */
const ABSENT = null;

/** The parameters of a node for one of its items. */
export function itemParameters(context: IExecuteFunctions, itemIndex: number): ParameterSource {
	return {
		given: (name) =>
			lookUp(
				() => context.getNodeParameter(name, itemIndex, ABSENT, { rawExpressions: true }),
				() => context.getNodeParameter(name, itemIndex, ABSENT),
			),
		timezone: context.getTimezone(),
		hint: (message) => context.addExecutionHints({ message, location: 'outputPane' }),
	};
}

/**
 * The parameters of a trigger, whose panel has no place for hints: they go into the log.
 *
 * @param isAnnounced whether to tell hints; a trigger reads its parameters with every delivery, and says it once
 */
export function triggerParameters(
	context: IHookFunctions | IPollFunctions | IWebhookFunctions,
	isAnnounced: boolean,
): ParameterSource {
	const hint = (message: string) =>
		context.logger.warn(`"${context.getNode().name}": ${message}`, {
			workflowId: context.getWorkflow().id,
		});
	return {
		given: (name) =>
			lookUp(
				() => context.getNodeParameter(name, ABSENT, { rawExpressions: true }),
				() => context.getNodeParameter(name, ABSENT),
			),
		timezone: context.getTimezone(),
		...(isAnnounced && { hint }),
	};
}

/** What holds no expression is what it says: n8n would copy it once more for nothing. */
function lookUp(readRaw: () => unknown, resolve: () => unknown) {
	const raw = readRaw() ?? undefined;
	return { raw, value: holdsExpression(raw) ? (resolve() ?? undefined) : raw };
}

function holdsExpression(raw: unknown): boolean {
	if (typeof raw !== 'object' || raw === null) return isExpression(raw);
	return Object.values(raw).some(holdsExpression);
}

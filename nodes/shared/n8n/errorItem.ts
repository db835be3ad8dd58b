import type { IDataObject } from 'n8n-workflow';

/**
 * What the json of an item must be that stands for a failure, so that n8n sends it to the error output.
 *
 * Seen in n8n-core 1.120 to 2.41: with "Continue (using error output)" n8n looks for exactly these members, and none of them empty; an
 * item with any other member leaves by the success output. Were that changed, failed orders would go on as if they were
 * created.
 */
export function errorJson(message: string, description?: string | null): IDataObject {
	return description ? { error: message, message: description } : { error: message };
}

import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { clientClosed } from '../n8n/httpResponse';
import type { Attempt } from './attempt';

/**
 * How long a delivery waits for the end of its copy, in milliseconds. PonponPay hangs up after ten seconds; it must hear an answer
 * before, and repeats what takes longer.
 */
export const COPY_WAITS_MS = 7_000;

/** No timer is left behind for longer. */
const NAP_MS = 250;

/**
 * Waits until another delivery has ended, but not for ever, and not for a sender that has gone.
 *
 * @returns whether it has ended
 */
export async function waitForEnd(
	attempt: Attempt,
	response: ReturnType<IWebhookFunctions['getResponseObject']>,
	atMostMs = COPY_WAITS_MS,
): Promise<boolean> {
	const closed = clientClosed(response);
	for (let left = atMostMs; left > 0 && !response.closed; left -= NAP_MS) {
		await Promise.race([attempt.ended, closed, sleep(Math.min(left, NAP_MS))]);
		if (attempt.wasTaken !== undefined) break;
	}
	// Nobody is there to hear the answer.
	return attempt.wasTaken !== undefined && !response.closed;
}

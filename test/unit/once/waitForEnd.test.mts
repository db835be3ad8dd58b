import { EventEmitter } from 'node:events';
import type { IWebhookFunctions } from 'n8n-workflow';

import { Attempt } from '../../../nodes/shared/once/attempt';
import { waitForEnd } from '../../../nodes/shared/once/waitForEnd';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** A response as long as its connection is open, and then. */
function newResponse() {
	const response = Object.assign(new EventEmitter(), { closed: false });
	const close = () => {
		response.closed = true;
		response.emit('close');
	};
	return { response: response as unknown as Response, close };
}

describe('A delivery that waits for its copy', () => {
	it('learns the end of it', async () => {
		const attempt = new Attempt(1);
		const waiting = waitForEnd(attempt, newResponse().response);
		attempt.end(false);
		expect(await waiting).toBe(true);
		expect(attempt.wasTaken).toBe(false);
	});

	it('does not wait for an end that never comes', async () => {
		expect(await waitForEnd(new Attempt(1), newResponse().response, 1)).toBe(false);
	});

	it('waits no longer once its sender has gone', async () => {
		const { response, close } = newResponse();
		const waiting = waitForEnd(new Attempt(1), response);
		close();
		expect(await waiting).toBe(false);
	});
});

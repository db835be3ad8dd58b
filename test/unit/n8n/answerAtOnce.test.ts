import type { IWebhookFunctions } from 'n8n-workflow';

/** What an n8n of that kind answers to a delivery it has taken, and whether it gave its expression engine back. */
async function answerOf(parts: object, body: unknown) {
	jest.resetModules();
	jest.doMock('n8n-workflow', () => parts);
	const { answerAtOnce, AT_ONCE } = await import('../../../nodes/shared/n8n/answerAtOnce');
	const sent: unknown[] = [];
	const response = { send: (text: unknown) => sent.push(text) };
	let released = 0;
	const releaseIsolate = async () => {
		released += 1;
		throw new Error('It was given back already');
	};
	answerAtOnce({
		getResponseObject: () => response,
		workflow: { expression: { releaseIsolate } },
	} as unknown as IWebhookFunctions);
	response.send(body);
	return { mode: AT_ONCE, sent, released };
}

const STARTED = { formWaitingUrl: 'https://n8n.example.com/form-waiting/7' };

describe('The answer to a delivery that n8n has taken', () => {
	afterEach(() => jest.dontMock('n8n-workflow'));

	it('is left to newer n8n', async () => {
		const parts = { webhookDescriptionFields: () => ({}) };
		expect(await answerOf(parts, 'OK')).toEqual({ mode: 'onReceived', sent: ['OK'], released: 0 });
	});

	it('does not name the execution on older n8n, which then gets its expression engine back', async () => {
		expect(await answerOf({}, STARTED)).toEqual({ mode: 'formPage', sent: ['OK'], released: 1 });
	});

	it('stays as it is on older n8n when it tells a failure', async () => {
		const failure = '{"message":"Error in workflow"}';
		expect(await answerOf({}, failure)).toEqual({ mode: 'formPage', sent: [failure], released: 0 });
	});
});

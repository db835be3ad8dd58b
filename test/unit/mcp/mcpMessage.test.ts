import { messageIn } from '../../../nodes/shared/mcp/mcpMessage';

const json = (body: unknown) => ({
	status: 200,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(body),
});
const stream = (body: string) => ({
	status: 200,
	headers: { 'content-type': 'text/event-stream; charset=utf-8' },
	body,
});
const answer = (id: number | null, result: unknown = { ok: id }) => ({
	jsonrpc: '2.0',
	id,
	result,
});

describe('the message that answers a request', () => {
	it('is the one with its id, alone or among others', () => {
		expect(messageIn(json(answer(7)), 7)).toEqual({ result: { ok: 7 } });
		expect(messageIn(json([answer(6), answer(7)]), 7)).toEqual({ result: { ok: 7 } });
		expect(messageIn(json(answer(6)), 7)).toBeUndefined();
		expect(messageIn(json(answer(7, 'text')), 7)).toBeUndefined();
	});

	it.each([
		['\n', ''],
		['\r\n', 'id: 1'],
		['\r', ': a comment'],
	])('is found in a stream of events with lines that end by %j', (end, first) => {
		const notice = { jsonrpc: '2.0', method: 'notifications/message', params: {} };
		const [head, tail] = JSON.stringify(answer(7, { text: 'a b' })).split('"text"');
		const lines = [
			first,
			'event: message',
			`data: ${JSON.stringify(notice)}`,
			'',
			'event: message',
			`data:${head}`,
			`data: "text"${tail}`,
			'',
			'data: [broken',
			'',
		];
		expect(messageIn(stream(lines.join(end)), 7)).toEqual({ result: { text: 'a b' } });
	});

	it('may be a refusal, also one that does not know which request it refuses', () => {
		const error = { code: -32602, message: 'no such tool' };
		expect(messageIn(json({ id: 7, error }), 7)).toEqual({ error });
		expect(messageIn(json({ id: null, error }), 7)).toEqual({ error });
		expect(messageIn(json({ id: 6, error }), 7)).toBeUndefined();
	});

	it('keeps every digit of its numbers', () => {
		const body = '{"id":7,"result":{"amount":25.000000000000000001}}';
		expect(messageIn({ status: 200, headers: {}, body }, 7)).toEqual({
			result: { amount: '25.000000000000000001' },
		});
	});

	it.each(['', '<html>', 'null', '"text"', '{}'])('is not there in %j', (body) => {
		expect(messageIn({ status: 200, headers: {}, body }, 7)).toBeUndefined();
	});
});

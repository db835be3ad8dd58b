import { beginToolCall } from '../../../nodes/shared/once/toolCalls';

describe('A call of a tool', () => {
	it('is another one while one that says the same is under way, and after that was answered', () => {
		const execution = {};
		const numbers = [1, 2, 3].map(() => beginToolCall(execution, 'seven dollars').number);
		expect(numbers).toEqual([0, 1, 2]);
	});

	it('is another try of one that failed', () => {
		const execution = {};
		const first = beginToolCall(execution, 'seven dollars');
		beginToolCall(execution, 'seven dollars');
		first.failed();
		expect(beginToolCall(execution, 'seven dollars').number).toBe(first.number);
	});

	it('is told from those of other executions, as clients of an MCP Server Trigger make one for each call', () => {
		const [one, other] = [{}, {}].map((execution) => beginToolCall(execution, 'seven dollars'));
		expect(one.drawn).not.toBe(other.drawn);
	});
});

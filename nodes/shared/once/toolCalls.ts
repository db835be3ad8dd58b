import { randomUUID } from 'crypto';

type Execution = {
	readonly drawn: string;
	/** Which numbers are taken, under way or answered, by what calls say. */
	readonly calls: Map<string, Set<number>>;
};

/** Holds nothing by itself: what is known of an execution goes with it. */
const executions = new WeakMap<object, Execution>();

/** One call of a tool. */
export type ToolCall = {
	/** Tells it from other calls that say the same. A call that takes the place of a failed one has the number of that. */
	readonly number: number;
	/** Drawn for the execution: a client of an MCP Server Trigger calls a tool in one that has no ID. */
	readonly drawn: string;
	/** Must be called where it failed: the next one that says the same is then another try of it. */
	failed(): void;
};

/**
 * Begins a call of a tool. One that says the same as a call under way, or as one that has been answered, is another call; one
 * that says the same as a call that failed is another try of that.
 *
 * @param execution what n8n keeps of the execution in this process
 * @param says the tool and its arguments
 */
export function beginToolCall(execution: object, says: string): ToolCall {
	const known = executions.get(execution) ?? { drawn: randomUUID(), calls: new Map() };
	executions.set(execution, known);
	const { drawn, calls } = known;
	const taken = calls.get(says) ?? new Set<number>();
	calls.set(says, taken);
	let number = 0;
	while (taken.has(number)) number += 1;
	taken.add(number);
	return { number, drawn, failed: () => taken.delete(number) };
}

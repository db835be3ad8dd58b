/** For each execution, and in it for each kind of call, which numbers are taken: under way or answered. */
const executions = new WeakMap<object, Map<string, Set<number>>>();

/** One call of a tool. */
export type ToolCall = {
	/** Tells it from other calls that say the same. A call that takes the place of a failed one has the number of that. */
	readonly number: number;
	/** Must be called where it failed: the next one that says the same is then another try of it. */
	failed(): void;
};

/**
 * Begins a call of a tool. One that says the same as a call under way, or as one that has been answered, is another call; one
 * that says the same as a call that failed is another try of that.
 *
 * @param execution what n8n keeps of the execution in this process
 * @param says the tool, its arguments, and the ID of the call where n8n has one
 */
export function beginToolCall(execution: object, says: string): ToolCall {
	const calls = executions.get(execution) ?? new Map<string, Set<number>>();
	executions.set(execution, calls);
	const taken = calls.get(says) ?? new Set<number>();
	calls.set(says, taken);
	let number = 0;
	while (taken.has(number)) number += 1;
	taken.add(number);
	return { number, failed: () => taken.delete(number) };
}

import {
	ExecutionCancelledError,
	type INodeExecutionData,
	type IPollFunctions,
	type IRun,
} from 'n8n-workflow';

/** Members of a poll's context that n8n has added since. */
type Newer = { __commitCursor?: unknown };

/**
 * Hands what a poll has found to n8n, where n8n tells what became of it.
 *
 * n8n saves what a poll remembers and stores the execution after that, each on its own: when it cannot store it, as on a full
 * disk, the poll has remembered what nobody was told. Who returns items never hears of that; who emits them does.
 *
 * Seen in n8n-core 2.41, whose server takes care of both ends of the promise. 1.123.81 takes the promise, but leaves a
 * failure before the execution to nobody, which ends the process; so nothing is emitted where a context knows of no cursors,
 * as up to 2.30. Without it a payment found while n8n could store nothing would never be told; held on 2.41.1 by
 * test/e2e/poll.test.mts.
 *
 * @param onLost called where n8n has started nothing with it
 * @returns whether it was handed over; if not, it is to be returned from poll()
 */
export function emitPolled(
	context: IPollFunctions,
	data: INodeExecutionData[][],
	onLost: () => void,
): boolean {
	if (typeof (context as Newer).__commitCursor !== 'function') return false;
	type Result = IRun | undefined;
	let resolve: (run: Result | PromiseLike<Result>) => void = () => {};
	let reject: (error: Error) => void = () => {};
	const promise = new Promise<Result>((...ends) => ([resolve, reject] = ends));
	promise.catch((error: unknown) => {
		// Who stops an execution does not want it again.
		if (!(error instanceof ExecutionCancelledError)) onLost();
	});
	context.__emit(data, undefined, { promise, resolve, reject });
	return true;
}

/**
 * One run of the action node in a process of its own, to be killed.
 *
 * Reads what to run (a `NodeRun`) as JSON from its argument, and prints the resulting items as JSON.
 */
import '../harness/outside.mts';
import { engine } from '../action/support.mts';
import type { NodeRun } from '../harness/run.mts';

const run = JSON.parse(process.argv[2] ?? '{}') as NodeRun;

async function main(): Promise<void> {
	const { json, pairedWith, error } = await engine.runNode(run);
	process.stdout.write(JSON.stringify({ json, pairedWith, stoppedBy: error?.message }), () =>
		process.exit(),
	);
}

void main();

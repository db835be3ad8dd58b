/**
 * `npm run demo`: a sandbox and a real n8n with the package, a credential and three workflows.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { OWNER } from '../n8n/client.mts';
import { sayOnStderr as say } from '../n8n/commands.mts';
import { releaseLock, takeLock } from '../n8n/lock.mts';
import { repositoryRoot } from '../n8n/repository.mts';
import { goAround } from './loop.mts';
import { setStage, type Stage } from './stage.mts';

const USAGE = `npm run demo               starts everything and says what to open; Ctrl-C stops it
npm run demo -- --once     creates, pays and reports one order, then stops

  --n8n-port <port>        where n8n listens (else as the last time, or a free port)
  --sandbox-port <port>    where the sandbox listens (likewise)
  --fresh                  forgets the account, workflows and executions of earlier demos
  --help                   this text`;

const { values: flags } = parseArgs({
	options: {
		once: { type: 'boolean', default: false },
		'n8n-port': { type: 'string' },
		'sandbox-port': { type: 'string' },
		fresh: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

class Interruption extends Error {}

/** Fails with the first Ctrl-C or its like. Further ones change nothing: stopping takes seconds at most. */
const interruption = new Promise<never>((_resolve, reject) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => reject(new Interruption('Interrupted.')));
	}
});
interruption.catch(() => {});

function orInterrupted<T>(work: Promise<T>): Promise<T> {
	return Promise.race([work, interruption]);
}

function port(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const number = Number(text);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	throw new Error(`"${text}" is not a port; give a number from 1 to 65535.`);
}

async function main(): Promise<void> {
	const home = join(repositoryRoot(), '.demo');
	const lock = join(home, 'running');
	const holder = await takeLock(lock);
	if (holder !== undefined) {
		throw new Error(`A demo is running already, as process ${holder}. Stop it with Ctrl-C first.`);
	}
	const started = Date.now();
	try {
		const stage = await orInterrupted(
			setStage({
				home,
				ports: { n8n: port(flags['n8n-port']), sandbox: port(flags['sandbox-port']) },
				fresh: flags.fresh,
				say,
			}),
		);
		try {
			say(`Up after ${Math.round((Date.now() - started) / 1000)} s.`);
			if (flags.once)
				console.log(JSON.stringify(await orInterrupted(goAround(stage, say)), null, 2));
			else await showAround(stage);
		} finally {
			say('Stopping …');
			await stage.shop.close();
		}
	} finally {
		await releaseLock(lock);
	}
}

/** Says what to open and what to click; ends with Ctrl-C. */
async function showAround({ shop: { n8n, sandbox } }: Stage): Promise<void> {
	console.log(`
  n8n       ${n8n.url}
            log in as ${OWNER.email} with the password ${OWNER.password}
  Sandbox   ${sandbox.url}
            PonponPay on this computer: orders, callbacks, and buttons to play the customer

  1. In n8n open the workflow "Create order" and press "Execute workflow".
     Double-click the node "Create order" to see the order and its payment link.
  2. On the sandbox's page press "Pay" beside that order.
  3. In n8n open "On paid order → notify", tab "Executions":
     the payment has started it. Double-click "Message" there to read what it says.

  Or create an order from a terminal, as a shop does:
     curl -H 'Content-Type: application/json' -d '{ "amount": "20" }' ${n8n.url}/webhook/create-order

  Ctrl-C stops both. The next start takes less than a minute. Your workflows and executions are
  kept; the sandbox begins without orders.
`);
	await interruption.catch(() => {});
}

if (flags.help) {
	console.log(USAGE);
} else {
	try {
		await main();
		process.exit(0);
	} catch (error) {
		const { message } = error as Error;
		say(error instanceof Interruption ? message : `The demo did not work: ${message}`);
		// What is still starting ends with this process.
		process.exit(1);
	}
}

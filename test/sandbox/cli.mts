import { parseArgs } from 'node:util';

import { DIALECT_NAMES, DIALECTS, type DialectName } from './dialects/table.mts';
import { startSandbox } from './sandbox.mts';

const HELP = `A PonponPay on this machine, for workflows without an account.

  npm run sandbox -- [options]

  --port N      the port to listen on (default 4010; 0: a free one)
  --seed N      begin with N orders of the last thirty days
  --delay N     answer every request N milliseconds later (default 0)
  --published-only  have what the vendor publishes, and nothing else
  --legacy-only     have the legacy prefix alone, as the oldest hosts
  --dialect A,B speak otherwise than the contract, in these ways:

${Object.entries(DIALECTS)
	.map(([name, { about }]) => `      ${name.padEnd(24)}${about}`)
	.join('\n')}

  --help        this text
`;

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		seed: { type: 'string', default: '0' },
		delay: { type: 'string', default: '0' },
		dialect: { type: 'string', multiple: true, default: [] },
		'published-only': { type: 'boolean', default: false },
		'legacy-only': { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	process.stdout.write(HELP);
} else {
	await run(
		numberOf('port', values.port),
		numberOf('seed', values.seed),
		numberOf('delay', values.delay),
		[
			...values.dialect.flatMap((names) => names.split(',')),
			...(['published-only', 'legacy-only'] as const).filter((name) => values[name]),
		].map(dialectOf),
	);
}

function numberOf(option: string, text: string): number {
	if (/^\d+$/.test(text)) return Number(text);
	return quit(`--${option} takes a whole number, not "${text}".`);
}

function dialectOf(text: string): DialectName {
	const name = DIALECT_NAMES.find((known) => known === text.trim());
	return name ?? quit(`--dialect takes names of the list that --help shows, not "${text}".`);
}

function quit(why: string): never {
	process.stderr.write(`${why}\n`);
	process.exit(1);
}

async function run(
	port: number,
	seed: number,
	delayMs: number,
	dialects: readonly DialectName[],
): Promise<void> {
	const sandbox = await startSandbox({ port, seed, dialects, ticking: true }).catch(
		(cause: Error) => quit(`The sandbox could not start: ${cause.message}`),
	);
	sandbox.faults.latency(delayMs);
	process.stdout.write(
		[
			`PonponPay sandbox: ${sandbox.url}`,
			...(dialects.length === 0 ? [] : [`It speaks ${dialects.join(', ')}.`]),
			'',
			'In the n8n credential "PonponPay API":',
			`  Host         Custom URL: ${sandbox.url}`,
			`  API key      ${sandbox.apiKey}`,
			`               ${sandbox.sandboxApiKey} (the vendor's own sandbox: trade ids begin with SB)`,
			`  Merchant ID  ${sandbox.merchantId}`,
			'',
			'Open the address above to pay, expire or cancel orders. Ctrl+C stops it.',
			'',
		].join('\n'),
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

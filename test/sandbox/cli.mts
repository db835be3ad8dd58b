import { parseArgs } from 'node:util';

import { startSandbox } from './sandbox.mts';

const HELP = `A PonponPay on this machine, for workflows without an account.

  npm run sandbox -- [options]

  --port N      the port to listen on (default 4010; 0: a free one)
  --help        this text
`;

const { values } = parseArgs({
	options: { port: { type: 'string', default: '4010' }, help: { type: 'boolean', default: false } },
});

if (values.help) {
	process.stdout.write(HELP);
} else {
	await run(Number(values.port));
}

async function run(port: number): Promise<void> {
	const sandbox = await startSandbox({ port, ticking: true });
	process.stdout.write(
		[
			`PonponPay sandbox: ${sandbox.url}`,
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

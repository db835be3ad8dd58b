/**
 * What verifying a delivery of 2 kB costs beside the bare cryptography, in turn within one run:
 *
 *     node test/bootstrap.mjs test/bench/verification.mts
 */
import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { signWithApiKey } from '../../nodes/shared/webhook/apiKey';
import { signWithSecret } from '../../nodes/shared/webhook/sharedSecret';
import { verify, type Trust } from '../../nodes/shared/webhook/verify';
import { summarise } from './statistics.mts';

const ROUNDS = 31;
const PER_ROUND = 2_000;
const NOW = 1_790_000_000;
const KEY = 'sk_sandbox_9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const SECRET = 'whsec_0123456789abcdef0123456789abcdef';
const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(2_037) }));
const tools = {
	now: () => NOW * 1000,
	lookUpKey: () => Promise.reject(new Error('No key set is needed')),
	nonces: { claim: () => 'first' as const },
};
const lowerCase = (headers: Record<string, string>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

async function timeOf(work: () => unknown): Promise<number> {
	const start = performance.now();
	for (let count = 0; count < PER_ROUND; count += 1) await work();
	return performance.now() - start;
}

async function main(): Promise<void> {
	const signed = {
		secret: signWithSecret(body, SECRET),
		apiKey: signWithApiKey(body, KEY, { timestamp: NOW, nonce: '0123456789abcdef' }),
	};
	for (const signature of ['secret', 'apiKey'] as const) {
		const trust: Trust = {
			signature,
			apiKey: KEY,
			secrets: [SECRET],
			merchantId: '',
			environment: 'sandbox',
		};
		const delivery = { headers: lowerCase(signed[signature]), body };
		if (!(await verify(delivery, trust, tools)).accepted) throw new Error('Refused');
		const ratios: number[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			const bare = await timeOf(() => createHmac('sha256', SECRET).update(body).digest());
			ratios.push((await timeOf(() => verify(delivery, trust, tools))) / bare);
		}
		const { median, least, most } = summarise(ratios.slice(1));
		process.stdout.write(
			`${signature}: ${median.toFixed(2)} × a bare createHmac (${least.toFixed(2)}–${most.toFixed(2)})\n`,
		);
	}
}

void main();

/**
 * Measures what verifying a delivery of 2 kB costs beside the bare cryptography, and sends it to its parent:
 *
 *     verification <signature> <rounds>
 *
 * One kind of signature a process, as an n8n meets it. The nodes' own code as it is packed, every delivery with a nonce of
 * its own, the key set warm. Bare and ours take turns within each round, so that what disturbs the machine disturbs both.
 */
import { createHmac, generateKeyPairSync, verify as verifyBare } from 'node:crypto';

import { UsedOnce } from '../../nodes/shared/once/usedOnce';
import { RequestHeaders } from '../../nodes/shared/signature/headers';
import { KeySet } from '../../nodes/shared/signature/keySet';
import { signDelivery } from '../../nodes/shared/signature/signDelivery';
import type { Trust } from '../../nodes/shared/signature/trust';
import { verifySignature, type Delivery } from '../../nodes/shared/signature/verifySignature';

const PER_ROUND = 5_000;
/** So few that reading them from memory is not what is measured; the bare cryptography has its one body at hand, too. */
const AT_A_TIME = 50;
const NOW = 1_790_000_000;
const API_KEY = 'sk_sandbox_9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const SECRET = 'whsec_0123456789abcdef0123456789abcdef';
const MERCHANT = { merchantId: 'M100001', environment: 'sandbox' as const };
const BODY = Buffer.from(JSON.stringify({ text: 'x'.repeat(2_037) }));
/** What a delivery brings along besides. */
const USUAL_HEADERS = {
	host: 'n8n.example.com',
	'user-agent': 'PonponPay/1.0',
	'content-type': 'application/json',
	'content-length': String(BODY.length),
	accept: '*/*',
	'x-forwarded-for': '192.0.2.1',
	'x-forwarded-proto': 'https',
};

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const keySet = new KeySet(() => NOW * 1000);
const fetchKeys = async () =>
	JSON.stringify({
		keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'EdDSA', use: 'sig' }],
	});

const CONTESTS = [
	{
		signature: 'secret',
		keys: { secret: SECRET },
		bare: () => createHmac('sha256', SECRET).update(BODY).digest(),
	},
	{
		signature: 'apiKey',
		keys: { apiKey: API_KEY },
		bare: () => createHmac('sha256', SECRET).update(BODY).digest(),
	},
	{
		signature: 'ed25519',
		keys: { ed25519: { privateKey, keyId: 'key-1', ...MERCHANT } },
		bare: (signature: Buffer) => verifyBare(null, BODY, publicKey, signature),
	},
] as const;

type Contest = (typeof CONTESTS)[number];

/** The delivery as it comes out of a real HTTP request's head, byte for byte. */
function delivery({ keys }: Contest, nonce: string): Delivery {
	const signature = signDelivery(BODY, keys, { timestamp: NOW, nonce });
	const head = Object.entries({ ...USUAL_HEADERS, ...signature });
	const headers: Record<string, string> = {};
	for (const [name, value] of head) {
		headers[name.toLowerCase()] = Buffer.from(value).toString('latin1');
	}
	return { headers: RequestHeaders.fromNode(headers), body: BODY };
}

/** Microseconds of processor time: on a busy machine, too, what the work costs. */
function since(start: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(start);
	return user + system;
}

async function ratioOf(contest: Contest): Promise<number> {
	const { signature, bare } = contest;
	const deliveries = Array.from({ length: AT_A_TIME }, (_, index) =>
		delivery(contest, String(index).padStart(32, '0')),
	);
	const trust: Trust = { signature, apiKey: API_KEY, secrets: [SECRET], ...MERCHANT };
	const now = () => NOW * 1000;
	const lookUpKey = async (keyId: string) => await keySet.find(keyId, fetchKeys);
	const ofBody = Buffer.alloc(64);

	let start = process.cpuUsage();
	for (let count = 0; count < PER_ROUND; count += 1) bare(ofBody);
	const bareTime = since(start);

	let accepted = 0;
	start = process.cpuUsage();
	while (accepted < PER_ROUND) {
		const tools = { now, lookUpKey, nonces: new UsedOnce(now) };
		for (const each of deliveries) {
			const verdict = await verifySignature(each, trust, tools);
			if (!verdict.accepted)
				throw new Error(`A good delivery was refused: ${verdict.refusal.reason}`);
			accepted += 1;
		}
	}
	const time = since(start);
	return time / bareTime;
}

async function main(): Promise<void> {
	const [signature, rounds] = process.argv.slice(2);
	const contest = CONTESTS.find((each) => each.signature === signature);
	if (contest === undefined) throw new Error(`There is no signature ${signature}`);
	const ratios: number[] = [];
	// The first rounds warm up.
	for (let round = -5; round < Number(rounds); round += 1) {
		const ratio = await ratioOf(contest);
		if (round >= 0) ratios.push(ratio);
	}
	process.send?.(ratios, () => process.exit());
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});

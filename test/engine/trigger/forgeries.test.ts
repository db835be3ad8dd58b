import { Forger, type Forgery } from '../../unit/signature/forgeries';
import { startServer, type LoopbackServer } from '../harness/server.mts';
import type { Trigger } from '../harness/trigger.mts';
import { credential, manual, openTrigger } from './support.mts';

const SEED = 7;
const FORGERIES = 1_000;

/** HTTP carries nothing else; white space around a value it drops. */
const SENDABLE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

describe(`Of ${FORGERIES} forgeries sent over HTTP`, () => {
	let pages: LoopbackServer;
	let trigger: Trigger;

	it('none starts the workflow, none gets a 2xx, and all keys are downloaded once', async () => {
		const forger = new Forger(SEED, Math.floor(Date.now() / 1000), 120);
		pages = await startServer((_request, response) => void response.end(forger.keySet));
		trigger = await openTrigger({ parameters: manual(), credentials: {} });
		const wrong: string[] = [];
		for (let sent = 0; sent < FORGERIES;) {
			const forgery = forger.forge(forger.genuine());
			if (!isSendable(forgery)) continue;
			const { status } = await send(forgery);
			if (status < 400 || status === 500) wrong.push(`${sent}: ${forgery.how}: ${status}`);
			sent += 1;
		}
		expect(wrong).toEqual([]);
		expect(trigger.executions).toEqual([]);
		expect(trigger.crashes).toEqual([]);
		expect(pages.requests).toHaveLength(1);
	}, 60_000);

	afterEach(async () => {
		await trigger.close();
		await pages.close();
	});

	async function send({ headers, body, trust }: Forgery) {
		const { signature, apiKey, secrets, merchantId } = trust;
		trigger.edit({
			parameters: manual({ events: ['*'], options: { signature } }),
			credentials: credential(
				{ url: pages.url, apiKey },
				{ merchantId, webhookSecret: secrets[0] ?? '' },
			),
		});
		return await trigger.deliver({
			body,
			// n8n itself refuses JSON that is none; what it lets through is what the trigger has to judge.
			headers: { ...(headers as Record<string, string>), 'Content-Type': 'text/plain' },
		});
	}

	function isSendable({ headers, keySet }: Forgery): boolean {
		const names = Object.keys(headers).map((name) => name.toLowerCase());
		return (
			keySet === undefined &&
			new Set(names).size === names.length &&
			Object.values(headers).every((value) =>
				(Array.isArray(value) ? value : [value]).every(
					(each) => typeof each === 'string' && SENDABLE.test(each),
				),
			)
		);
	}
});

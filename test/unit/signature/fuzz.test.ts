import { readMessage } from '../../../nodes/shared/signature/message';
import { Forger, type Forgery } from './forgeries';
import { newReceiver } from './receiver';
import { TIMESTAMP } from './vectors.mts';

/** Change it to look elsewhere; a report names it together with the number of the forgery. */
const SEED = 20_260_101;
const FORGERIES = 100_000;
/** So many forgeries are made of one genuine delivery. */
const PER_DELIVERY = 25;

describe(`Among ${FORGERIES} forgeries`, () => {
	it('none is accepted, none crashes, none answers 2xx, none uses up a nonce', async () => {
		const forger = new Forger(SEED, TIMESTAMP);
		const receiver = newReceiver(forger.keySet);
		const reasons = new Map<string, number>();
		const wrong: string[] = [];
		for (let number = 0; number < FORGERIES;) {
			const genuine = forger.genuine();
			for (let each = 0; each < PER_DELIVERY; each += 1, number += 1) {
				const forgery = forger.forge(genuine);
				const outcome = await judge(receiver, forgery);
				reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
				if (!/^(401|503) /.test(outcome)) wrong.push(`${number}: ${forgery.how}: ${outcome}`);
			}
			const verdict = await receiver.verify(genuine, genuine.trust);
			if (!verdict.accepted) wrong.push(`${number}: the genuine delivery was refused`);
		}
		expect(wrong).toEqual([]);
		// One download for all of them, however many key ids were invented.
		expect(receiver.downloads.count).toBe(1);
		// The forgeries came as far as every check there is.
		for (const reason of [
			'notSigned',
			'missingHeader',
			'badHeader',
			'wrongKey',
			'wrongMerchant',
			'wrongEnvironment',
			'wrongSignature',
			'stale',
			'unknownKeyId',
		]) {
			expect(reasons.get(`401 ${reason}`)).toBeGreaterThan(100);
		}
		expect(reasons.get('503 keysUnavailable')).toBeGreaterThan(10);
	}, 120_000);

	it('one of 5 MB is refused like any other', async () => {
		const forger = new Forger(SEED, TIMESTAMP);
		for (let times = 0; times < 12; times += 1) {
			const genuine = forger.genuine();
			const body = Buffer.concat([genuine.body, Buffer.alloc(5_000_000, 0x20)]);
			const verdict = await newReceiver(forger.keySet).verify({ ...genuine, body }, genuine.trust);
			expect(verdict).toMatchObject({ refusal: { reason: 'wrongSignature' } });
		}
	});
});

async function judge(
	receiver: ReturnType<typeof newReceiver>,
	{ headers, body, trust, keySet }: Forgery,
): Promise<string> {
	try {
		const asked = keySet === undefined ? receiver : newReceiver(keySet);
		const verdict = await asked.verify({ headers, body }, trust);
		return verdict.accepted
			? `accepted by ${verdict.scheme}`
			: `${verdict.refusal.status} ${verdict.refusal.reason}`;
	} catch (error) {
		return `threw ${String(error)}`;
	}
}

describe('A body that PonponPay signed, whatever is in it,', () => {
	const read = (body: string | Buffer) => readMessage(Buffer.from(body), 'production', 0);

	it.each([
		['nothing', ''],
		['white space', ' \n'],
		['no JSON', '{"status":2'],
		['no object', '[{"status":2}]'],
		['no event', '{"amount":25}'],
		['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
		['a byte order mark', '\uFEFF{"status":2}'],
		['a million brackets', '['.repeat(1_000_000)],
		['a deeply nested object', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
		['a status from the prototype', '{"__proto__":{"status":2}}'],
		['a type from the prototype', '{"__proto__":{"type":"order.paid","data":{}}}'],
		['a status that is a name of the prototype', '{"status":"constructor"}'],
	])('is no event when it holds %s', (_what, body) => {
		expect(read(body)).toMatchObject({ status: 400, reason: 'notAnEvent' });
	});

	it('changes no prototype', () => {
		const body =
			'{"trade_id":"T1","status":2,"__proto__":{"isPolluted":true},"constructor":{"prototype":{"a":1}}}';
		expect(read(body)).toMatchObject({ event: { type: 'order.paid' } });
		expect(Object.hasOwn(Object.prototype, 'isPolluted')).toBe(false);
		expect(({} as Record<string, unknown>).isPolluted).toBeUndefined();
	});

	it('says of a doubled key what it says last, to us as to PonponPay', () => {
		expect(read('{"trade_id":"T1","status":2,"status":3}')).toMatchObject({
			event: { type: 'order.expired' },
		});
	});

	it('is read with 5 MB as with one kilobyte', () => {
		const body = JSON.stringify({ status: 2, trade_id: 'T1', note: '9'.repeat(5_000_000) });
		expect(read(body)).toMatchObject({ event: { order: { tradeId: 'T1', isPaid: true } } });
	});
});

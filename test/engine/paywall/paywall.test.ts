import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { Chance } from '../../unit/signature/chance';
import { decoded, encoded, makeBuyer, signPayment } from '../../x402/buyer.mts';
import { PAYING_CLIENTS } from '../../x402/clients.mts';
import { mutate } from '../../x402/mutations.mts';
import type { PaymentRequired } from '../../../nodes/shared/x402/paymentRequired';
import type { Trigger } from '../harness/trigger.mts';
import {
	askedAt,
	buyer,
	callWith,
	jsonOf,
	openPaywall,
	paymentOf,
	paywall,
	proofFor,
	SHOP_WALLET,
} from './support.mts';

let sandbox: Sandbox;
let trigger: Trigger;
beforeEach(async () => (sandbox = await startSandbox()));
afterEach(async () => {
	await trigger.close();
	await sandbox.close();
});

const asked = (name: 'verify' | 'settle') => sandbox.requests.count(`/x402/${name}`);

/** Nothing was run and nothing was taken. */
function expectNothing() {
	expect(trigger.executions).toEqual([]);
	expect(trigger.crashes).toEqual([]);
	expect(sandbox.x402.payments()).toEqual([]);
}

describe('A call that is not paid', () => {
	it('is answered 402, with the same in header and body, and starts nothing', async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ description: 'Tomorrow’s weather', mimeType: 'text/plain' }),
		});
		const outcome = await trigger.deliver({ method: 'GET', headers: { accept: '*/*' } });
		expect(outcome).toMatchObject({ status: 402, items: undefined });
		expect(outcome.headers['content-type']).toBe('application/json; charset=utf-8');
		expect(outcome.headers['access-control-expose-headers']).toContain('PAYMENT-REQUIRED');
		const required = decoded<PaymentRequired>(outcome.headers['payment-required']);
		expect(jsonOf(outcome)).toEqual(required);
		expect(required).toMatchObject({
			x402Version: 2,
			error: 'this call must be paid',
			resource: { url: trigger.url, description: 'Tomorrow’s weather', mimeType: 'text/plain' },
			accepts: [
				{ network: 'eip155:8453', amount: '10000', payTo: SHOP_WALLET },
				{ network: 'eip155:137', amount: '10000', payTo: SHOP_WALLET },
			],
			extensions: {},
		});
		expect(sandbox.requests.count()).toBe(0);
		expectNothing();
	});

	it('is answered with a page in a browser, which programs can read, too', async () => {
		trigger = await openPaywall(sandbox);
		const outcome = await trigger.deliver({
			method: 'GET',
			headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
		});
		expect(outcome.status).toBe(402);
		expect(outcome.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(outcome.body).toContain('A call costs 0.01 USDC');
		expect(decoded(outcome.headers['payment-required'])).toMatchObject({ x402Version: 2 });
	});

	it('names the address of n8n, or the one given by hand, whatever its Host header says', async () => {
		trigger = await openPaywall(sandbox);
		const host = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
		expect((await askedAt(trigger, { headers: host })).resource.url).toBe(trigger.url);
		const resourceUrl = 'https://shop.example/answers';
		trigger.edit({ parameters: paywall({ options: { resourceUrl } }) });
		expect((await askedAt(trigger, { headers: host })).resource.url).toBe(resourceUrl);
	});

	it('is turned away where its client makes too many, and is let in again for money', async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ options: { unpaidPerMinute: 20 } }),
		});
		const paid = await proofFor(trigger);
		for (let number = 0; number < 9; number += 1) await askedAt(trigger);
		expect(await callWith(trigger, paid)).toMatchObject({ status: 200 });
		// The paid call has given back its 402.
		for (let number = 0; number < 11; number += 1) {
			expect(await trigger.deliver({ method: 'GET' })).toMatchObject({ status: 402 });
		}
		const outcome = await trigger.deliver({ method: 'GET' });
		expect(outcome).toMatchObject({ status: 429 });
		expect(Number(outcome.headers['retry-after'])).toBeGreaterThan(0);
		expect(trigger.logs.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('turned calls away'),
		);
	});
});

describe('A paid call', () => {
	it('starts the workflow once it is settled, and gets its answer with the receipt', async () => {
		trigger = await openPaywall(
			sandbox,
			{ parameters: paywall({ httpMethod: 'POST', path: 'answers/weather' }) },
			'POST',
		);
		expect(trigger.url).toMatch(/\/webhook\/answers\/weather$/);
		const proof = await proofFor(trigger);
		const outcome = await callWith(trigger, proof, {
			method: 'POST',
			query: '?city=Bern',
			body: { days: 3 },
			headers: { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k', 'x-agent': 'one' },
		});
		const [payment] = sandbox.x402.payments();
		const { paymentId, transaction } = payment;
		expect(outcome.status).toBe(200);
		expect(decoded(outcome.headers['payment-response'])).toEqual({
			success: true,
			transaction,
			network: 'eip155:8453',
			payer: buyer.address.toLowerCase(),
			amount: '10000',
			extensions: { polypay: { paymentId } },
		});
		expect(trigger.executions).toHaveLength(1);
		const { json } = trigger.executions[0][0];
		expect(jsonOf(outcome)).toEqual(json);
		expect(json).toMatchObject({
			payment: {
				paymentId,
				payer: buyer.address.toLowerCase(),
				amount: '0.01',
				network: 'base',
				transaction,
				isReplay: false,
			},
			request: { method: 'POST', query: { city: 'Bern' }, body: { days: 3 } },
		});
		const { headers } = json.request as { headers: object };
		expect(headers).toHaveProperty('x-agent', 'one');
		expect(JSON.stringify(json)).not.toContain(proof);
		expect(Object.keys(headers)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/authorization|cookie|api-key|payment/)]),
		);
		expect([asked('verify'), asked('settle')]).toEqual([1, 1]);
		expect(sandbox.x402.unverifiedSettles()).toBe(0);
	});

	it('may be answered by the workflow itself, with the receipt on it', async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ respond: 'responseNode' }),
			onExecution: (_items, response) => {
				response.status(201).type('text/plain').send('from within');
			},
		});
		const proof = await proofFor(trigger);
		for (const times of [1, 2]) {
			const outcome = await callWith(trigger, proof);
			expect({ times, ...outcome }).toMatchObject({ times, status: 201, body: 'from within' });
			expect(outcome.headers['content-type']).toBe('text/plain; charset=utf-8');
			expect(decoded(outcome.headers['payment-response'])).toMatchObject({ success: true });
		}
		expect(trigger.executions).toHaveLength(1);
	});

	it('may be answered with a file that n8n holds in memory', async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ responseData: 'firstEntryBinary' }),
			onExecution: (_items, response) => {
				response.setHeader('Content-Type', 'text/plain');
				// As n8n 1 does it.
				response.json(Buffer.from('a book'));
			},
		});
		const outcome = await callWith(trigger, await proofFor(trigger));
		expect(outcome).toMatchObject({ status: 200, body: 'a book' });
		expect(outcome.headers['content-type']).toMatch(/^text\/plain/);
	});

	it('may be answered in pieces, and gets them again as a whole', async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ respond: 'responseNode' }),
			onExecution: (_items, response) => {
				response.setHeader('Content-Type', 'text/plain');
				response.write('one ');
				response.end('two');
			},
		});
		const proof = await proofFor(trigger);
		for (const times of [1, 2]) {
			const outcome = await callWith(trigger, proof);
			expect({ times, ...outcome }).toMatchObject({ times, status: 200, body: 'one two' });
			expect(outcome.headers['content-type']).toBe('text/plain');
		}
		expect(trigger.executions).toHaveLength(1);
	});

	it.each(Object.entries(PAYING_CLIENTS))('is made by %s', async (_name, clientOf) => {
		trigger = await openPaywall(sandbox);
		const answer = await clientOf(buyer)(trigger.url);
		expect(answer.status).toBe(200);
		expect(sandbox.x402.payments()).toHaveLength(1);
		expect(trigger.executions).toHaveLength(1);
	});
});

describe('A payment that comes again', () => {
	it('gets the first answer, without asking PonponPay', async () => {
		let runs = 0;
		trigger = await openPaywall(sandbox, { onExecution: () => ({ run: (runs += 1) }) });
		const proof = await proofFor(trigger);
		const first = await callWith(trigger, proof);
		const second = await callWith(trigger, proof);
		expect(jsonOf(first)).toEqual({ run: 1 });
		expect(second).toMatchObject({ status: 200, body: first.body });
		expect(second.headers['payment-response']).toBe(first.headers['payment-response']);
		expect(runs).toBe(1);
		expect([asked('verify'), asked('settle')]).toEqual([1, 1]);
	});

	it('gets nothing for another request: a payment is public once it is on the chain', async () => {
		trigger = await openPaywall(sandbox, { parameters: paywall({ httpMethod: 'POST' }) }, 'POST');
		const proof = await proofFor(trigger);
		const request = { method: 'POST', query: '?city=Bern', body: { days: 3 } };
		const first = await callWith(trigger, proof, request);
		for (const other of [{ query: '?city=Basel' }, { body: { days: 4 } }, { query: '' }]) {
			const outcome = await callWith(trigger, proof, { ...request, ...other });
			const [{ paymentId }] = sandbox.x402.payments();
			expect(outcome.status).toBe(409);
			expect(jsonOf(outcome)).toMatchObject({ code: 'paid_for_another_request', paymentId });
		}
		expect(await callWith(trigger, proof, request)).toMatchObject({ body: first.body });
		expect(trigger.executions).toHaveLength(1);
	});

	it('gets it while the first call is still being answered', async () => {
		let runs = 0;
		let begin = () => {};
		let finish = () => {};
		const begun = new Promise<void>((resolve) => (begin = resolve));
		const finished = new Promise<void>((resolve) => (finish = resolve));
		trigger = await openPaywall(sandbox, {
			onExecution: async () => {
				runs += 1;
				begin();
				await finished;
				return { run: runs };
			},
		});
		const proof = await proofFor(trigger);
		const calls = [callWith(trigger, proof), callWith(trigger, proof), callWith(trigger, proof)];
		await begun;
		finish();
		const outcomes = await Promise.all(calls);
		expect(outcomes.map(jsonOf)).toEqual([{ run: 1 }, { run: 1 }, { run: 1 }]);
		expect(sandbox.x402.payments()).toMatchObject([{ settles: 1 }]);
	});

	it('gets 409 with its ID where the answer was too long to be kept, or is not to be kept', async () => {
		trigger = await openPaywall(sandbox, { onExecution: () => ({ text: 'x'.repeat(300_000) }) });
		const proof = await proofFor(trigger);
		expect((await callWith(trigger, proof)).body.length).toBeGreaterThan(300_000);
		const again = await callWith(trigger, proof);
		const [{ paymentId }] = sandbox.x402.payments();
		expect(again.status).toBe(409);
		expect(jsonOf(again)).toMatchObject({ code: 'already_answered', paymentId });
		trigger.edit({ parameters: paywall({ options: { keepFor: 0 } }) });
		const other = await proofFor(trigger);
		await callWith(trigger, other);
		expect(await callWith(trigger, other)).toMatchObject({ status: 409 });
		expect(trigger.executions).toHaveLength(2);
	});

	it('runs the workflow again where that is wanted', async () => {
		trigger = await openPaywall(sandbox, { parameters: paywall({ options: { again: 'run' } }) });
		const proof = await proofFor(trigger);
		await callWith(trigger, proof);
		await callWith(trigger, proof);
		expect(trigger.executions.map((items) => paymentOf(items).isReplay)).toEqual([false, true]);
		expect(sandbox.x402.payments()).toMatchObject([{ settles: 1 }]);
	});

	it('runs the workflow again where it did not come to its end, and is not charged twice', async () => {
		let runs = 0;
		trigger = await openPaywall(sandbox, {
			onExecution: () => {
				runs += 1;
				if (runs === 1) throw new Error('not today');
				return { runs };
			},
		});
		const proof = await proofFor(trigger);
		const failed = await callWith(trigger, proof);
		const [{ paymentId }] = sandbox.x402.payments();
		expect(failed.status).toBe(500);
		expect(jsonOf(failed)).toMatchObject({ code: 'workflow_not_finished', paymentId });
		expect(decoded(failed.headers['payment-response'])).toMatchObject({ success: true });
		const again = await callWith(trigger, proof);
		expect(again).toMatchObject({ status: 200, body: '{"runs":2}' });
		expect(sandbox.x402.payments()).toMatchObject([{ settles: 1 }]);
		expect(paymentOf(trigger.executions[1]).isReplay).toBe(true);
	});

	it('is one payment however its signature is written', async () => {
		trigger = await openPaywall(sandbox);
		const payload = await signPayment(buyer, await askedAt(trigger));
		await callWith(trigger, encoded(payload));
		payload.payload.signature = payload.payload.signature.toUpperCase().replace('0X', '0x');
		expect(await callWith(trigger, encoded(payload))).toMatchObject({ status: 200 });
		expect(trigger.executions).toHaveLength(1);
	});
});

describe('A payment that is not right', () => {
	it.each([
		['of another amount', { value: '9999' }, /exactly the amount/],
		['to another wallet', { to: makeBuyer('thief').address }, /another wallet/],
		['that has expired', { validBefore: '1' }, /expired/],
		['that does not count yet', { validAfter: String(2 ** 40) }, /does not count yet/],
		['that counts for ever', { validBefore: String(2 ** 40) }, /longer than maxTimeoutSeconds/],
	])('%s is refused without asking PonponPay', async (_what, changes, error) => {
		trigger = await openPaywall(sandbox);
		const outcome = await callWith(trigger, await proofFor(trigger, changes));
		expect(outcome.status).toBe(402);
		expect(jsonOf(outcome).error).toMatch(error);
		expect(decoded(outcome.headers['payment-required'])).toEqual(jsonOf(outcome));
		expect(sandbox.requests.count()).toBe(0);
		expectNothing();
	});

	it('is refused in two headers, in the old one, and twice in one', async () => {
		trigger = await openPaywall(sandbox);
		const proof = await proofFor(trigger);
		const outcomes = [
			await callWith(trigger, proof, { headers: { 'X-PAYMENT': proof } }),
			await trigger.deliver({ method: 'GET', headers: { 'X-PAYMENT': proof } }),
			await trigger.deliver({ method: 'GET', headers: { 'PAYMENT-SIGNATURE': [proof, proof] } }),
		];
		expect(outcomes.map(({ status }) => status)).toEqual([402, 402, 402]);
		expect(sandbox.requests.count()).toBe(0);
		expectNothing();
	});

	it('is refused where PonponPay holds it for wrong: forged, without money, or of a Resource it does not know', async () => {
		trigger = await openPaywall(sandbox);
		const forged = await signPayment(buyer, await askedAt(trigger));
		forged.payload.authorization.from = makeBuyer('victim').address;
		const poor = makeBuyer('poor');
		sandbox.x402.setBalance(poor.address, 9_999n);
		const uncovered = encoded(await signPayment(poor, await askedAt(trigger)));
		const refusals = [await callWith(trigger, encoded(forged)), await callWith(trigger, uncovered)];
		expect(refusals.map((outcome) => jsonOf(outcome).error)).toEqual([
			'the payment was refused: invalid_exact_evm_payload_signature',
			'the payment was refused: insufficient_funds',
		]);
		const proof = await proofFor(trigger);
		sandbox.x402.addResource({
			url: trigger.url,
			method: 'GET',
			payTo: SHOP_WALLET,
			isEnabled: false,
		});
		const unknown = await callWith(trigger, proof);
		expect(unknown.status).toBe(402);
		expect(jsonOf(unknown).error).toContain('resource_not_enabled');
		expect(asked('settle')).toBe(0);
		expectNothing();
		expect(trigger.logs.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('did not take a payment: resource_not_enabled'),
		);
	});

	it('is refused where it is true and cannot be settled all the same', async () => {
		trigger = await openPaywall(sandbox);
		const data = { success: false, errorReason: 'gas_station_closed' };
		const body = JSON.stringify({ code: 0, data });
		sandbox.faults.script('/x402/settle', [{ kind: 'raw', body, when: 'before' }]);
		const proof = await proofFor(trigger);
		const outcome = await callWith(trigger, proof);
		expect(outcome.status).toBe(402);
		expect(decoded(outcome.headers['payment-response'])).toMatchObject({
			success: false,
			errorReason: 'gas_station_closed',
		});
		expectNothing();
		expect(await callWith(trigger, proof)).toMatchObject({ status: 200 });
	});

	it('cannot use up what PonponPay lets this account ask', async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ options: { unpaidPerMinute: 40 } }),
		});
		const required = await askedAt(trigger);
		const statuses: number[] = [];
		for (let number = 0; number < 10; number += 1) {
			const forged = await signPayment(makeBuyer(`forger ${number}`), required);
			forged.payload.authorization.from = buyer.address;
			statuses.push((await callWith(trigger, encoded(forged))).status);
		}
		expect(statuses.filter((status) => status === 402)).toHaveLength(3);
		expect(statuses.filter((status) => status === 429)).toHaveLength(7);
		expect(asked('verify')).toBe(3);
		expectNothing();
	});

	const SEED = 402;
	const MUTATIONS = 1_000;
	it(`starts nothing, of ${MUTATIONS} that were bent (seed ${SEED})`, async () => {
		trigger = await openPaywall(sandbox, {
			parameters: paywall({ networks: ['arbitrum'], options: { unpaidPerMinute: 1_000_000 } }),
		});
		const genuine = await signPayment(buyer, await askedAt(trigger));
		const chance = new Chance(SEED);
		const wrong: string[] = [];
		for (let number = 0; number < MUTATIONS; number += 1) {
			const { how, header } = mutate(genuine, chance);
			const { status } = await callWith(trigger, header);
			if (status !== 402) wrong.push(`${number} (${how}): ${status}`);
		}
		expect(wrong).toEqual([]);
		expect(asked('verify')).toBeGreaterThan(100);
		expect(asked('settle')).toBe(0);
		expectNothing();
		expect(await callWith(trigger, encoded(genuine))).toMatchObject({ status: 200 });
	}, 120_000);
});

describe('Where PonponPay does not answer as it should', () => {
	const patient = (options = {}) => ({
		parameters: paywall({ options: { timeout: 2, ...options } }),
	});

	it('verifies nothing, and asks to come again', async () => {
		trigger = await openPaywall(sandbox, patient());
		sandbox.faults.always('/x402/verify', { kind: 'status', status: 503, when: 'before' });
		const proof = await proofFor(trigger);
		const outcome = await callWith(trigger, proof);
		expect(outcome.status).toBe(503);
		expect(outcome.headers['retry-after']).toBe('5');
		expect(asked('settle')).toBe(0);
		expectNothing();
		sandbox.faults.clear();
		expect(await callWith(trigger, proof)).toMatchObject({ status: 200 });
	});

	it.each([
		['a status 502 after it has settled', { kind: 'status', status: 502, when: 'after' }],
		['a lost answer', { kind: 'reset', when: 'after' }],
		['half an answer', { kind: 'truncated' }],
		['something unreadable', { kind: 'invalidJson' }],
		[
			'a success without an ID',
			{ kind: 'raw', body: '{"code":0,"data":{"success":true}}', when: 'after' },
		],
	] as const)(
		'settles the same proof again after %s, and runs the workflow once',
		async (_what, fault) => {
			trigger = await openPaywall(sandbox, patient());
			sandbox.faults.script('/x402/settle', [fault]);
			expect(await callWith(trigger, await proofFor(trigger))).toMatchObject({ status: 200 });
			expect(sandbox.x402.payments()).toMatchObject([{ settles: 2 }]);
			expect(trigger.executions).toHaveLength(1);
			expect(paymentOf(trigger.executions[0]).isReplay).toBe(false);
		},
	);

	it('asks to come again with the same proof, however late, and never loses sight of the money', async () => {
		trigger = await openPaywall(sandbox, patient());
		sandbox.faults.always('/x402/settle', { kind: 'status', status: 500, when: 'after' });
		const proof = await proofFor(trigger);
		const unclear = await callWith(trigger, proof);
		expect(unclear).toMatchObject({ status: 503, items: undefined });
		expect(jsonOf(unclear)).toMatchObject({ code: 'settlement_unclear' });
		expect(unclear.headers['retry-after']).toBe('5');
		expect(sandbox.x402.payments()).toMatchObject([{ settles: 3 }]);
		sandbox.faults.clear();
		// PonponPay has held it for true: it is not asked again whether it is.
		sandbox.faults.always('/x402/verify', { kind: 'status', status: 500, when: 'before' });
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 3_600_000);
		const outcome = await callWith(trigger, proof).finally(() => clock.mockRestore());
		expect(outcome).toMatchObject({ status: 200 });
		expect(trigger.executions).toHaveLength(1);
		expect(sandbox.x402.payments()).toHaveLength(1);
	});

	it('takes no settlement of something else for this one', async () => {
		trigger = await openPaywall(sandbox, patient());
		const body = JSON.stringify({
			code: 0,
			data: { success: true, paymentId: 'x402_1', amount: '1', network: 'eip155:8453' },
		});
		sandbox.faults.always('/x402/settle', { kind: 'raw', body, when: 'before' });
		expect(await callWith(trigger, await proofFor(trigger))).toMatchObject({ status: 503 });
		expectNothing();
	});

	it('gives every one of 200 payers an answer, with a fifth of its answers lost', async () => {
		trigger = await openPaywall(sandbox, patient({ unpaidPerMinute: 1_000_000, timeout: 20 }));
		sandbox.faults.rate({
			share: 0.2,
			seed: 'payers',
			faults: [
				{ kind: 'status', status: 502, when: 'after' },
				{ kind: 'reset', when: 'after' },
				{ kind: 'status', status: 503, when: 'before' },
				{ kind: 'truncated' },
			],
		});
		const required = await askedAt(trigger);
		const pay = async (number: number) => {
			const payload = await signPayment(makeBuyer(`payer ${number % 50}`), required);
			for (let tries = 1; tries <= 10; tries += 1) {
				const outcome = await callWith(trigger, encoded(payload), { query: `?number=${number}` });
				if (outcome.status !== 503) return outcome;
			}
			throw new Error(`Payer ${number} had no answer`);
		};
		const outcomes = await Promise.all(Array.from({ length: 200 }, (_, number) => pay(number)));
		const numbers = outcomes.map(
			(outcome) =>
				(jsonOf(outcome) as { request: { query: { number: string } } }).request.query.number,
		);
		expect(numbers).toEqual(Array.from({ length: 200 }, (_, number) => String(number)));
		const ids = trigger.executions.map((items) => paymentOf(items).paymentId);
		expect(new Set(ids).size).toBe(200);
		expect(ids).toHaveLength(200);
		expect(
			sandbox.x402
				.payments()
				.map(({ paymentId }) => paymentId)
				.sort(),
		).toEqual(ids.sort());
		expect(sandbox.x402.unverifiedSettles()).toBe(0);
		expect(trigger.crashes).toEqual([]);
	}, 120_000);
});

describe('A paywall that is not set up', () => {
	it.each([
		['without a price', { price: '' }, /^Price \(USD\) must be a number/],
		['with a price too fine', { price: '0.0000001' }, /at most 6 decimals/],
		['without a wallet', { wallet: '' }, /^Wallet must be given/],
		[
			'with a mistyped wallet',
			{ wallet: makeBuyer('shop').address.replace(/[a-f](?=[^a-f]*$)/, 'A') },
			/^Wallet/,
		],
		[
			'with a token for a wallet',
			{ wallet: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913' },
			/^Wallet/,
		],
		['with an unknown network', { networks: ['tron'] }, /^Networks must be one of/],
		['with a path that callers fill in', { path: 'a/:b' }, /^Path must consist/],
	])('%s cannot be published, and takes no calls', async (_what, changes, message) => {
		trigger = await openPaywall(sandbox, { parameters: paywall(changes) });
		const { error } = await trigger.activate();
		expect(error?.message).toMatch(message);
		expect(await trigger.deliver({ method: 'GET' })).toMatchObject({ status: 503 });
		expectNothing();
	});

	it('with a sandbox key cannot be published, because nobody could pay', async () => {
		const { url: customUrl, sandboxApiKey: apiKey } = sandbox;
		trigger = await openPaywall(sandbox, {
			credentials: { ponponPayApi: { host: 'custom', customUrl, apiKey } },
		});
		expect((await trigger.activate()).error?.message).toContain('sandbox key');
	});

	it('with a credential that cannot be used charges nothing', async () => {
		trigger = await openPaywall(sandbox);
		const proof = await proofFor(trigger);
		trigger.editCredential({ ponponPayApi: { host: 'custom', customUrl: '', apiKey: 'x' } });
		expect(await callWith(trigger, proof)).toMatchObject({ status: 503 });
		expectNothing();
	});

	it('is published with what is right, and with a credential that is for reading only', async () => {
		trigger = await openPaywall(sandbox);
		const { url: customUrl, apiKey } = sandbox;
		trigger.editCredential({
			ponponPayApi: {
				host: 'custom',
				customUrl,
				apiKey,
				readOnly: true,
				highestOrderAmount: '0.001',
			},
		});
		expect(await trigger.activate()).toMatchObject({ result: true, error: undefined });
		expect(await callWith(trigger, await proofFor(trigger))).toMatchObject({ status: 200 });
		expect((await trigger.deactivate()).result).toBe(true);
	});
});

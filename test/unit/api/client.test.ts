import {
	PonponPayClient,
	type OnceRequest,
	type Transport,
	type OnceVerdict,
} from '../../../nodes/shared/api/client';
import { ENDPOINTS, type EndpointName } from '../../../nodes/shared/api/endpoints';
import { isAlreadyThere } from '../../../nodes/shared/api/failure';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { Decimal } from '../../../nodes/shared/model/money';
import {
	busy,
	down,
	failureOf,
	FakeEnvironment,
	fault,
	HOST,
	refusal,
	reply,
	scripted,
	success,
	provenBy,
	type Step,
} from './support';

const PREFIX = '/api/v1/pay';

function clientOf(
	transport: Transport,
	environment = new FakeEnvironment(),
	policy = DEFAULT_RETRY,
) {
	return new PonponPayClient(HOST, transport, policy, environment);
}

const paths = (sent: Array<{ path: string }>) => sent.map(({ path }) => path);

const names = (effect: string) =>
	(Object.keys(ENDPOINTS) as EndpointName[]).filter((name) => ENDPOINTS[name].effect === effect);

describe('a call', () => {
	it('posts JSON to the endpoint and gives its data', async () => {
		const { sent, transport } = scripted(success({ trade_id: 'P1' }));
		const body = { trade_id: 'P1', absent: undefined, amount: Decimal.parse('0.10000000') };
		const { value, wire } = await clientOf(transport).ask('orderDetail', body);
		expect(value).toMatchObject({ tradeId: 'P1' });
		expect(wire).toEqual({ trade_id: 'P1' });
		expect(sent).toEqual([
			{
				path: `${PREFIX}/order/detail`,
				body: { trade_id: 'P1', amount: 0.1 },
				timeoutMs: 20_000,
			},
		]);
	});

	it('posts an empty object where there is nothing to say', async () => {
		const { sent, transport } = scripted(success({ mch_id: 'M1' }));
		await clientOf(transport).ask('merchantDetail');
		expect(sent[0].body).toEqual({});
	});

	it('tells host, endpoint and vendor’s words of a refusal, and sends it once', async () => {
		const { sent, transport } = scripted(refusal(10003, 'order not found'));
		const { details } = await failureOf(clientOf(transport).ask('orderDetail'));
		expect(details).toMatchObject({
			kind: 'refused',
			host: HOST,
			endpoint: ENDPOINTS.orderDetail,
			code: 10003,
			detail: 'order not found',
			tries: 1,
		});
		expect(sent).toHaveLength(1);
	});

	it.each([
		['Sun, 22 Nov 2026 12:05:00 GMT', 300],
		['Sun, 22 Nov 2026 11:00:00 GMT', -3600],
		['Sun, 22 Nov 2026 12:00:00 GMT', 0],
		['noon', undefined],
		[undefined, undefined],
	])('tells from the date %p how far the clocks are apart: %p seconds', async (date, seconds) => {
		const ok = JSON.stringify({ code: 0, data: { mch_id: 'M1' } });
		const client = clientOf(scripted(reply(200, ok, { date })).transport);
		expect(client.secondsAhead).toBeUndefined();
		await client.ask('merchantDetail');
		expect(client.secondsAhead).toBe(seconds);
	});

	it('sends nothing in a cancelled execution', async () => {
		const environment = new FakeEnvironment();
		environment.isDone = true;
		const { sent, transport } = scripted();
		const { kind } = await failureOf(clientOf(transport, environment).ask('orderDetail'));
		expect(kind).toBe('cancelled');
		expect(sent).toEqual([]);
	});

	const UNCLEAR = [
		['502', down(502)],
		['503', down(503)],
		['504', down(504)],
		['a reset', fault('interrupted', 'ECONNRESET')],
		['a time-out', fault('interrupted', 'ECONNABORTED')],
		['a web page', reply(200, '<html>')],
		['half a body', reply(200, '{"code":0,"da')],
	] as const;

	describe.each(names('read'))('of the read %s', (name) => {
		it.each([...UNCLEAR, ['429', busy()] as const])('is repeated after %s', async (_what, step) => {
			const { asked, data } = provenBy(name);
			const { sent, transport } = scripted(step, step, success(data));
			await clientOf(transport).ask(name, asked);
			expect(sent).toHaveLength(3);
			expect(new Set(sent.map((request) => JSON.stringify(request.body))).size).toBe(1);
		});
	});

	describe.each([...names('change'), ...names('create')])('of the change %s', (name) => {
		it.each(UNCLEAR)('is not repeated after %s', async (_what, step) => {
			const { sent, transport } = scripted(step);
			await failureOf(clientOf(transport).ask(name, provenBy(name).asked));
			expect(sent).toHaveLength(1);
		});

		it('is repeated after 429, because PonponPay did nothing', async () => {
			const { asked, data } = provenBy(name);
			const { sent, transport } = scripted(busy('2'), success(data));
			await clientOf(transport).ask(name, asked);
			expect(sent).toHaveLength(2);
		});
	});

	it.each([
		['a refused key', reply(401, '')],
		['a redirect', reply(307, '')],
		['a refusal', refusal(10001, 'no')],
		['no connection', fault('unreachable', 'ENOTFOUND')],
	])('is not repeated after %s, not even a read', async (_what, step) => {
		const { sent, transport } = scripted(step);
		await failureOf(clientOf(transport).ask('orderDetail'));
		expect(sent).toHaveLength(1);
	});

	it('gives up when the tries are used up, and tells what came last', async () => {
		const { sent, transport } = scripted(down(), down(), fault('interrupted', 'ETIMEDOUT'));
		const client = clientOf(transport, new FakeEnvironment(), { ...DEFAULT_RETRY, mostTries: 3 });
		const { details } = await failureOf(client.ask('orderDetail'));
		expect(details).toMatchObject({ kind: 'interrupted', detail: 'ETIMEDOUT', tries: 3 });
		expect(sent).toHaveLength(3);
	});

	it('tells how long PonponPay asked to wait when that is too long', async () => {
		const { transport } = scripted(busy('3600'));
		const { details } = await failureOf(clientOf(transport).ask('orderDetail'));
		expect(details).toMatchObject({ kind: 'rateLimited', retryAfterMs: 3_600_000, tries: 1 });
	});
});

describe('a call to an endpoint that is not in the table', () => {
	it('posts the JSON as it is and gives the data, or nothing where there is none', async () => {
		const { sent, transport } = scripted(success({ is: 'new' }), reply(200, '{"code":0}'));
		const client = clientOf(transport);
		expect(
			await client.callPath({ path: '/coupon/list', json: '{"page":1}', isRead: true }),
		).toEqual({ is: 'new' });
		expect(
			await client.callPath({ path: '/coupon/use', json: '{"id":7}', isRead: false }),
		).toBeUndefined();
		expect(sent).toMatchObject([
			{ path: `${PREFIX}/coupon/list`, body: { page: 1 } },
			{ path: `${PREFIX}/coupon/use`, body: { id: 7 } },
		]);
	});

	it('is repeated only where that is harmless', async () => {
		const read = scripted(down(), success(1));
		expect(
			await clientOf(read.transport).callPath({ path: '/coupon/list', json: '{}', isRead: true }),
		).toBe(1);

		const change = scripted(down());
		const { details } = await failureOf(
			clientOf(change.transport).callPath({ path: '/coupon/use', json: '{}', isRead: false }),
		);
		expect(details).toMatchObject({ kind: 'unavailable', tries: 1 });
		expect(details.endpoint).toMatchObject({ path: `${PREFIX}/coupon/use`, standing: 'asked' });
	});
});

describe('a question', () => {
	it('is answered in our shape and as it was sent', async () => {
		const { transport } = scripted(success({ trade_id: 'P1', status: 'paid' }));
		const { value, wire } = await clientOf(transport).ask('orderDetail', { trade_id: 'P1' });
		expect(value).toMatchObject({ tradeId: 'P1', isPaid: true });
		expect(wire).toEqual({ trade_id: 'P1', status: 'paid' });
	});

	it('is asked again where the answer is something else', async () => {
		const { sent, transport } = scripted(success({}), success({ trade_id: 'P1' }));
		const { value } = await clientOf(transport).ask('orderDetail', { trade_id: 'P1' });
		expect(value.tradeId).toBe('P1');
		expect(sent).toHaveLength(2);
	});

	it('that changes something is not asked again where the answer is something else', async () => {
		const { sent, transport } = scripted(success({ ok: true }));
		const asking = clientOf(transport).ask('disputeRespond', { dispute_id: 'D1' });
		expect((await failureOf(asking)).details).toMatchObject({
			kind: 'unreadable',
			expected: 'a dispute',
		});
		expect(sent).toHaveLength(1);
	});
});

describe('a key that is refused at an announced endpoint', () => {
	const asking = (client: PonponPayClient) => client.ask('refundDetail', { refund_id: 'R1' });
	const MERCHANT = success({ mch_id: 'M1' });

	it('is a good key where the merchant can be asked: the function is not offered to it', async () => {
		const { sent, transport } = scripted(reply(403, ''), MERCHANT);
		const { details } = await failureOf(asking(clientOf(transport)));
		expect(details).toMatchObject({ kind: 'notOffered', isKeyAccepted: true, httpStatus: 403 });
		expect(paths(sent)).toEqual([`${PREFIX}/refund/detail`, `${PREFIX}/sdk/merchant/detail`]);
	});

	it('is known to be good once anything was answered', async () => {
		const { sent, transport } = scripted(MERCHANT, refusal(61, 'Not Authorized'));
		const client = clientOf(transport);
		await client.ask('merchantDetail');
		expect((await failureOf(asking(client))).kind).toBe('notOffered');
		expect(sent).toHaveLength(2);
	});

	it('is a bad key where the merchant cannot be asked either', async () => {
		const { transport } = scripted(reply(401, ''), reply(401, ''));
		expect((await failureOf(asking(clientOf(transport)))).kind).toBe('unauthorized');
	});

	it('is a bad key at a published endpoint, and nothing more is asked', async () => {
		const { sent, transport } = scripted(MERCHANT, reply(403, ''));
		const client = clientOf(transport);
		await client.ask('merchantDetail');
		const { kind } = await failureOf(client.ask('orderDetail', { trade_id: 'P1' }));
		expect(kind).toBe('unauthorized');
		expect(sent).toHaveLength(2);
	});
});

describe('what must happen once', () => {
	const FOUND = { trade_id: 'P1', mch_order_id: 'shop-1', amount: 10 };
	const NOT_THERE = refusal(10003, 'order not found');
	const TAKEN = refusal(10001, 'mch_order_id already exists');
	const ADD = `${PREFIX}/order/add`;
	const DETAIL = `${PREFIX}/order/detail`;

	const create = (verdict: OnceVerdict = 'done'): OnceRequest<'orderAdd'> => ({
		endpoint: 'orderAdd',
		body: { mch_order_id: 'shop-1', amount: Decimal.parse('10') },
		id: 'shop-1',
		lookUp: { endpoint: 'orderDetail', body: { mch_order_id: 'shop-1' } },
		judge: () => verdict,
		mayBeDone: isAlreadyThere,
	});

	it('is sent once when all is well', async () => {
		const { sent, transport } = scripted(success(FOUND));
		expect(await clientOf(transport).once(create())).toMatchObject({ wire: FOUND });
		expect(sent).toEqual([
			{ path: ADD, body: { mch_order_id: 'shop-1', amount: 10 }, timeoutMs: 20_000 },
		]);
	});

	describe.each([
		['500', down(500)],
		['502', down(502)],
		['a reset', fault('interrupted', 'ECONNRESET')],
		['a time-out', fault('interrupted', 'ECONNABORTED')],
		['half a body', reply(200, '{"code":0,"data":{"tra')],
		['a success without data', reply(200, '{"code":0}')],
		['a web page', reply(200, '<html>')],
	] as const)('after %s', (_what, unclear) => {
		it('is looked up, and what is found is the result', async () => {
			const { sent, transport } = scripted(unclear, success(FOUND));
			expect(await clientOf(transport).once(create())).toMatchObject({ wire: FOUND });
			expect(paths(sent)).toEqual([ADD, DETAIL]);
			expect(sent[1].body).toEqual({ mch_order_id: 'shop-1' });
		});

		it('is sent again, with the same id, when it is not there', async () => {
			const { sent, transport } = scripted(unclear, NOT_THERE, success(FOUND));
			expect(await clientOf(transport).once(create())).toMatchObject({ wire: FOUND });
			expect(paths(sent)).toEqual([ADD, DETAIL, ADD]);
			expect(sent[2].body).toEqual(sent[0].body);
		});

		it('is not sent again when nobody can tell, and the id is named', async () => {
			const { sent, transport } = scripted(unclear, reply(401, ''));
			const { details } = await failureOf(clientOf(transport).once(create()));
			expect(details).toMatchObject({ unclearId: 'shop-1', endpoint: ENDPOINTS.orderAdd });
			expect(paths(sent)).toEqual([ADD, DETAIL]);
		});

		it('is refused when the id belongs to something else', async () => {
			const { transport } = scripted(unclear, success(FOUND));
			const conflict = { conflict: 'its amount is 10 instead of 12' };
			const { details } = await failureOf(clientOf(transport).once(create(conflict)));
			expect(details).toMatchObject({ kind: 'refused', host: HOST });
			expect(details.detail).toBe(
				'the ID shop-1 already belongs to something else: its amount is 10 instead of 12',
			);
			expect(details.unclearId).toBeUndefined();
		});
	});

	it('is looked up with patience: a look is a read', async () => {
		const { sent, transport } = scripted(down(), down(), busy('1'), success(FOUND));
		expect(await clientOf(transport).once(create())).toMatchObject({ wire: FOUND });
		expect(paths(sent)).toEqual([ADD, DETAIL, DETAIL, DETAIL]);
	});

	it('says that it was there before where it is found after a refusal, and not where this try may have made it', async () => {
		const taken = refusal(10001, 'mch_order_id already exists');
		const isEarlier = async (...script: Step[]) => {
			let earlier = false;
			const request = { ...create(), noteEarlier: () => (earlier = true) };
			await clientOf(scripted(...script).transport).once(request);
			return earlier;
		};
		expect(await isEarlier(taken, success(FOUND))).toBe(true);
		expect(await isEarlier(down(), success(FOUND))).toBe(false);
		expect(await isEarlier(down(), NOT_THERE, taken, success(FOUND))).toBe(false);
		expect(await isEarlier(success(FOUND))).toBe(false);
	});

	it('is given up with its id named when every try stays unclear', async () => {
		const { sent, transport } = scripted(down(), NOT_THERE, down(), NOT_THERE);
		const client = clientOf(transport, new FakeEnvironment(), { ...DEFAULT_RETRY, mostTries: 2 });
		const { details } = await failureOf(client.once(create()));
		expect(details).toMatchObject({ kind: 'unavailable', unclearId: 'shop-1', tries: 2 });
		expect(paths(sent)).toEqual([ADD, DETAIL, ADD, DETAIL]);
	});

	it('is looked up even when all the time is used up', async () => {
		const environment = new FakeEnvironment();
		const policy = { mostTries: 6, totalMs: 5000, timeoutMs: 4000 };
		const lateReset = () => {
			environment.time += 6000;
			return fault('interrupted', 'ECONNABORTED');
		};
		const { sent, transport } = scripted(lateReset, success(FOUND));
		expect(await clientOf(transport, environment, policy).once(create())).toMatchObject({
			wire: FOUND,
		});
		expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([4000, 4000]);
	});

	it('has the time that is left for the look, where that is more than one request’s', async () => {
		const environment = new FakeEnvironment();
		const slowReset = () => {
			environment.time += 20_000;
			return fault('interrupted', 'ECONNABORTED');
		};
		const { sent, transport } = scripted(slowReset, slowReset, slowReset);
		const { details } = await failureOf(clientOf(transport, environment).once(create()));
		expect(details.unclearId).toBe('shop-1');
		expect(paths(sent)).toEqual([ADD, DETAIL, DETAIL]);
	});

	it('is sent again after 429 without a look, because PonponPay did nothing', async () => {
		const { sent, transport } = scripted(busy('3'), busy(), success(FOUND));
		const environment = new FakeEnvironment();
		expect(await clientOf(transport, environment).once(create())).toMatchObject({ wire: FOUND });
		expect(paths(sent)).toEqual([ADD, ADD, ADD]);
		expect(environment.waits[0]).toBe(3000);
	});

	it('is rate limited, not unclear, when there were only 429', async () => {
		const { transport } = scripted(busy('3600'));
		const { details } = await failureOf(clientOf(transport).once(create()));
		expect(details.kind).toBe('rateLimited');
		expect(details.unclearId).toBeUndefined();
	});

	it('is unclear when 429 came after an unclear try', async () => {
		const { transport } = scripted(down(), NOT_THERE, busy('3600'));
		const { details } = await failureOf(clientOf(transport).once(create()));
		expect(details).toMatchObject({ kind: 'rateLimited', unclearId: 'shop-1' });
	});

	it('is what was made before, when the id is taken', async () => {
		const { sent, transport } = scripted(TAKEN, success(FOUND));
		expect(await clientOf(transport).once(create())).toMatchObject({ wire: FOUND });
		expect(paths(sent)).toEqual([ADD, DETAIL]);
	});

	it('is refused when the id is taken by something else', async () => {
		const { transport } = scripted(TAKEN, success(FOUND));
		const request = create({ conflict: 'its currency is USDC instead of USDT' });
		const { details } = await failureOf(clientOf(transport).once(request));
		expect(details).toMatchObject({ kind: 'refused', endpoint: ENDPOINTS.orderAdd });
		expect(details.detail).toContain('its currency is USDC instead of USDT');
	});

	it('is refused in PonponPay’s words when the id is said to be taken but is not there', async () => {
		const { sent, transport } = scripted(TAKEN, NOT_THERE);
		const { details } = await failureOf(clientOf(transport).once(create()));
		expect(details).toMatchObject({ kind: 'refused', detail: 'mch_order_id already exists' });
		expect(paths(sent)).toEqual([ADD, DETAIL]);
	});

	it('is unclear, its id named, when the id is taken and the look fails', async () => {
		const { transport } = scripted(TAKEN, reply(403, ''));
		const { details } = await failureOf(clientOf(transport).once(create()));
		expect(details).toMatchObject({ kind: 'refused', unclearId: 'shop-1' });
	});

	it.each([
		['refused', refusal(10001, 'amount is invalid')],
		['unauthorized', reply(401, '')],
		['redirected', reply(302, '')],
		['unreachable', fault('unreachable', 'ECONNREFUSED')],
	] as const)(
		'is %s at once, without a look, where nothing can have been done',
		async (kind, step) => {
			const { sent, transport } = scripted(step);
			const { details } = await failureOf(clientOf(transport).once(create()));
			expect(details.kind).toBe(kind);
			expect(details.unclearId).toBeUndefined();
			expect(paths(sent)).toEqual([ADD]);
		},
	);

	it('looks again where a connection for the look is refused', async () => {
		const gone = fault('unreachable', 'ECONNREFUSED');
		const { sent, transport } = scripted(down(), gone, NOT_THERE, refusal(10001, 'quota'));
		await failureOf(clientOf(transport).once(create()));
		expect(paths(sent)).toEqual([ADD, DETAIL, DETAIL, ADD]);
	});

	it('is refused, not unclear, when the second try is refused after the first was not there', async () => {
		const { transport } = scripted(down(), NOT_THERE, refusal(10001, 'monthly quota reached'));
		const { details } = await failureOf(clientOf(transport).once(create()));
		expect(details).toMatchObject({ kind: 'refused', detail: 'monthly quota reached' });
		expect(details.unclearId).toBeUndefined();
	});

	it('is sent again when the state says that it is not done yet', async () => {
		const { sent, transport } = scripted(
			down(),
			success({ ...FOUND, status: 1 }),
			success({ ...FOUND, status: 4 }),
		);
		const request: OnceRequest<'orderCancel'> = {
			...create('notDone'),
			endpoint: 'orderCancel',
			mayBeDone: () => true,
		};
		expect(await clientOf(transport).once(request)).toMatchObject({
			wire: { ...FOUND, status: 4 },
		});
		expect(paths(sent)).toEqual([`${PREFIX}/order/cancel`, DETAIL, `${PREFIX}/order/cancel`]);
	});

	it('is refused as PonponPay said when the state explains the refusal', async () => {
		const { sent, transport } = scripted(
			refusal(10001, 'expired'),
			success({ ...FOUND, status: 3 }),
		);
		const request: OnceRequest<'orderCancel'> = {
			...create('notDone'),
			endpoint: 'orderCancel',
			mayBeDone: () => true,
		};
		const { details } = await failureOf(clientOf(transport).once(request));
		expect(details).toMatchObject({ kind: 'refused', detail: 'expired' });
		expect(paths(sent)).toEqual([`${PREFIX}/order/cancel`, DETAIL]);
	});

	describe('in an execution that is cancelled', () => {
		it('before: nothing is sent and nothing is unclear', async () => {
			const environment = new FakeEnvironment();
			environment.isDone = true;
			const { sent, transport } = scripted();
			const { details } = await failureOf(clientOf(transport, environment).once(create()));
			expect(details.kind).toBe('cancelled');
			expect(details.unclearId).toBeUndefined();
			expect(sent).toEqual([]);
		});

		it('between an unclear answer and the look: the id is named', async () => {
			const environment = new FakeEnvironment();
			const { sent, transport } = scripted(() => {
				environment.isDone = true;
				return fault('interrupted');
			});
			const { details } = await failureOf(clientOf(transport, environment).once(create()));
			expect(details.unclearId).toBe('shop-1');
			expect(paths(sent)).toEqual([ADD]);
		});

		it('while it waits to send again: the id is named, nothing more is sent', async () => {
			const environment = new FakeEnvironment();
			environment.duringWait = () => {
				environment.isDone = true;
			};
			const { sent, transport } = scripted(down(), NOT_THERE);
			const { details } = await failureOf(clientOf(transport, environment).once(create()));
			expect(details).toMatchObject({ kind: 'cancelled', unclearId: 'shop-1' });
			expect(paths(sent)).toEqual([ADD, DETAIL]);
		});

		it('while it is sent: that try may have been the one, so the id is named', async () => {
			const environment = new FakeEnvironment();
			const { transport } = scripted(() => {
				environment.isDone = true;
				return fault('interrupted', 'ERR_CANCELED');
			});
			const { details } = await failureOf(clientOf(transport, environment).once(create()));
			expect(details).toMatchObject({ kind: 'interrupted', unclearId: 'shop-1' });
		});
	});
});

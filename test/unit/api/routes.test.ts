import {
	PonponPayClient,
	type OnceRequest,
	type Transport,
} from '../../../nodes/shared/api/client';
import { ENDPOINTS } from '../../../nodes/shared/api/endpoints';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { Routes } from '../../../nodes/shared/api/routes';
import {
	down,
	failureOf,
	FakeEnvironment,
	fault,
	HOST,
	refusal,
	reply,
	scripted,
	success,
	type Step,
} from './support';

const PREFIX = '/api/v1/pay';
const ADD = `${PREFIX}/order/add`;
const DETAIL = `${PREFIX}/order/detail`;
const ORDER = { trade_id: 'P1', mch_order_id: 'shop-1', amount: 10 };

const clientOf = (transport: Transport, environment = new FakeEnvironment()) =>
	new PonponPayClient(HOST, transport, DEFAULT_RETRY, environment);

const paths = (sent: Array<{ path: string }>) => sent.map(({ path }) => path);

const create = (): OnceRequest<'orderAdd'> => ({
	endpoint: 'orderAdd',
	body: { mch_order_id: 'shop-1', amount: 10 },
	id: 'shop-1',
	lookUp: { endpoint: 'orderDetail', body: { mch_order_id: 'shop-1' } },
	judge: () => 'done',
	mayBeDone: () => false,
});

describe('an endpoint under two prefixes', () => {
	const MISSING = reply(404, '{"code":65,"message":"Not Found"}');
	const BARE = refusal(65, 'Not Found');
	const DETAIL_PATHS = [`${PREFIX}/order/detail`, `${PREFIX}/sdk/order/detail`];
	const FOUND = success({ trade_id: 'P1' });
	const look = async (client: PonponPayClient) =>
		await client.ask('orderDetail', { trade_id: 'P1' });

	it.each([
		['a 404', reply(404, '')],
		['a 405', reply(405, '')],
		['the code of its framework', MISSING],
		['that code without a status', BARE],
		['words', refusal(1004, 'route not found')],
	])('is asked under the other one after %s, and from then on there', async (_how, missing) => {
		const { sent, transport } = scripted(missing, FOUND, FOUND);
		const client = clientOf(transport);
		await look(client);
		await look(client);
		expect(paths(sent)).toEqual([...DETAIL_PATHS, DETAIL_PATHS[1]]);
		expect(new Set(sent.map(({ body }) => JSON.stringify(body))).size).toBe(1);
	});

	it('is kept for all clients that share what is known of a host, and for that endpoint alone', async () => {
		const routes = new Routes();
		const with_ = (transport: Transport) =>
			new PonponPayClient(
				HOST,
				transport,
				DEFAULT_RETRY,
				new FakeEnvironment(),
				undefined,
				undefined,
				routes,
			);
		await look(with_(scripted(MISSING, FOUND).transport));
		const { sent, transport } = scripted(FOUND, success({ list: [], total: 0 }));
		await look(with_(transport));
		await with_(transport).ask('orderList');
		expect(paths(sent)).toEqual([DETAIL_PATHS[1], `${PREFIX}/order/list`]);
	});

	it('goes back where the host has lost the one that answered', async () => {
		const { sent, transport } = scripted(MISSING, FOUND, MISSING, FOUND, FOUND);
		const client = clientOf(transport);
		for (let time = 0; time < 3; time += 1) await look(client);
		const [canonical, legacy] = DETAIL_PATHS;
		expect(paths(sent)).toEqual([canonical, legacy, legacy, canonical, canonical]);
	});

	it('is not offered where neither is there, which is told of both', async () => {
		const { sent, transport } = scripted(MISSING, reply(405, ''));
		const { details } = await failureOf(
			clientOf(transport).ask('refundDetail', { refund_id: 'R' }),
		);
		expect(details).toMatchObject({ kind: 'notOffered', endpoint: ENDPOINTS.refundDetail });
		expect(sent).toHaveLength(2);
	});

	it('tells which path was refused', async () => {
		const { transport } = scripted(MISSING, refusal(10003, 'order not found'));
		const { details } = await failureOf(look(clientOf(transport)));
		expect(details).toMatchObject({ kind: 'refused', endpoint: { path: DETAIL_PATHS[1] } });
	});

	it('that has answered is not doubted where the words may mean a thing', async () => {
		const { sent, transport } = scripted(FOUND, BARE);
		const client = clientOf(transport);
		await look(client);
		expect((await failureOf(look(client))).kind).toBe('refused');
		expect(sent).toHaveLength(2);
	});

	it('keeps a refusal that may mean a thing where the other prefix is not there', async () => {
		const { transport } = scripted(BARE, reply(404, ''));
		expect((await failureOf(look(clientOf(transport)))).kind).toBe('refused');
	});

	it('makes a thing under the other one only where the first surely did nothing', async () => {
		const clear = scripted(MISSING, success(ORDER));
		await clientOf(clear.transport).once(create());
		expect(paths(clear.sent)).toEqual([ADD, `${PREFIX}/sdk/order/add`]);

		for (const step of [down(), fault('interrupted'), reply(200, '<html>')]) {
			const unclear = scripted(step, success(ORDER));
			await clientOf(unclear.transport).once(create());
			expect(paths(unclear.sent)).toEqual([ADD, DETAIL]);
		}
		for (const step of [refusal(10001, 'amount is invalid'), reply(401, ''), reply(302, '')]) {
			const refused = scripted(step);
			await failureOf(clientOf(refused.transport).once(create()));
			expect(paths(refused.sent)).toEqual([ADD]);
		}
	});

	it('is looked up after a thing that became unclear under the other one', async () => {
		const { sent, transport } = scripted(MISSING, down(), MISSING, success(ORDER));
		await clientOf(transport).once(create());
		expect(paths(sent)).toEqual([
			ADD,
			`${PREFIX}/sdk/order/add`,
			DETAIL,
			`${PREFIX}/sdk/order/detail`,
		]);
	});

	it('is not asked under the other one in a cancelled execution', async () => {
		const environment = new FakeEnvironment();
		const { sent, transport } = scripted(() => {
			environment.isDone = true;
			return MISSING;
		});
		expect((await failureOf(look(clientOf(transport, environment)))).kind).toBe('cancelled');
		expect(sent).toHaveLength(1);
	});
});

describe('a request of the user’s own', () => {
	it('may be a GET, which has no body', async () => {
		const sent: unknown[] = [];
		const transport: Transport = async (request) => {
			sent.push(request);
			return success({ status: 1 }) as never;
		};
		const query = '?trade_id=P1';
		const path = '/public/checkout-counter';
		expect(await clientOf(transport).callPath({ path, query, isRead: true })).toEqual({
			status: 1,
		});
		expect(sent).toMatchObject([
			{ method: 'GET', url: `${HOST}/api/v1/pay/public/checkout-counter?trade_id=P1`, body: '' },
		]);
	});

	it('gives an answer without an envelope as it is, but not a refusal of whoever answers', async () => {
		const call = async (step: Step) =>
			await clientOf(scripted(step).transport).callPath({
				path: '/public/new',
				json: '{}',
				isRead: false,
			});
		expect(await call(reply(200, '{"keys":[]}'))).toEqual({ keys: [] });
		expect((await failureOf(call(reply(201, '{"keys":[]}')))).kind).toBe('unreadable');
		expect((await failureOf(call(reply(200, '[]')))).kind).toBe('unreadable');
	});
});

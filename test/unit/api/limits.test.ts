import {
	PonponPayClient,
	type OnceRequest,
	type Transport,
} from '../../../nodes/shared/api/client';
import type { Reply } from '../../../nodes/shared/api/answer';
import { readCredential } from '../../../nodes/shared/api/credential';
import { ENDPOINTS, type Endpoint, type EndpointName } from '../../../nodes/shared/api/endpoints';
import { NotAllowed, type Limits } from '../../../nodes/shared/api/limits';
import { plainSource } from '../../../nodes/shared/fields/field';
import { DEFAULT_CONCURRENCY } from '../../../nodes/shared/api/pace';
import { Pacer } from '../../../nodes/shared/api/pacer';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { Decimal } from '../../../nodes/shared/model/money';
import { FakeEnvironment, HOST, provenBy, success } from './support';

const limitsOf = (data: Record<string, unknown>) =>
	readCredential(plainSource({ apiKey: 'sk_live_1', ...data })).limits;
const amount = (text: string) => Decimal.parse(text) as Decimal;
const names = Object.keys(ENDPOINTS) as EndpointName[];
const isRead = (name: EndpointName) => ENDPOINTS[name].effect === 'read';
/** Money only comes in. */
const takesIn = (name: EndpointName) => ENDPOINTS[name].effect === 'receive';

/** Answers each request as its endpoint does. */
function answering() {
	const sent: string[] = [];
	const transport: Transport = async ({ url }) => {
		const { pathname } = new URL(url);
		sent.push(pathname);
		const name = names.find((each) => pathname.endsWith(ENDPOINTS[each].path));
		return success(name === undefined ? {} : provenBy(name).data) as { reply: Reply };
	};
	return { sent, transport };
}

/** A client with limits, and what it sent. */
function limited(data: Record<string, unknown>) {
	const { sent, transport } = answering();
	const environment = new FakeEnvironment();
	const pacer = new Pacer(DEFAULT_CONCURRENCY, environment);
	const limits = limitsOf(data);
	const client = new PonponPayClient(HOST, transport, DEFAULT_RETRY, environment, pacer, limits);
	return { sent, client };
}

const once = (endpoint: EndpointName, body: Record<string, Decimal>) =>
	({
		endpoint,
		body,
		id: 'shop-1',
		lookUp: { endpoint: 'orderDetail', body: {} },
		judge: () => 'done',
		mayBeDone: () => false,
	}) as OnceRequest;

describe('a credential with Read Only', () => {
	it.each(names.filter((name) => isRead(name) || takesIn(name)))(
		'lets %s through',
		async (name) => {
			const { client, sent } = limited({ readOnly: true });
			await client.ask(name, provenBy(name).asked);
			expect(sent).toHaveLength(1);
		},
	);

	it.each(names.filter((name) => !isRead(name) && !takesIn(name)))(
		'sends nothing of %s',
		async (name) => {
			const { client, sent } = limited({ readOnly: true });
			await expect(client.ask(name)).rejects.toThrow(NotAllowed);
			await expect(client.once(once(name, { amount: amount('1') }))).rejects.toThrow(
				`The PonponPay credential is for reading only, so ${ENDPOINTS[name].path} was not called`,
			);
			expect(sent).toEqual([]);
		},
	);
});

describe('a credential with a highest amount', () => {
	it.each([
		['orderAdd', 'highestOrderAmount', 'an order'],
		['orderCheckout', 'highestOrderAmount', 'an order'],
		['refundAdd', 'highestRefundAmount', 'a refund'],
	] as const)('keeps %s to %s, to the last digit', async (name, option, thing) => {
		const { client, sent } = limited({ [option]: '100.5' });
		await client.once(once(name, { amount: amount('100.5') }));
		await client.once(once(name, { amount: amount('0.01') }));
		expect(sent).toHaveLength(2);

		const tooMuch = client.once(once(name, { amount: amount('100.50000001') }));
		await expect(tooMuch).rejects.toThrow(
			`The PonponPay credential allows 100.5 at most for ${thing}, and 100.50000001 was asked for`,
		);
		await expect(client.ask(name, { amount: 1e21 })).rejects.toThrow(NotAllowed);
		expect(sent).toHaveLength(2);
	});

	it('sends no order or refund whose amount is left open', async () => {
		const { client, sent } = limited({ highestOrderAmount: 5, highestRefundAmount: 5 });
		await expect(client.ask('refundAdd')).rejects.toThrow(/no exact amount was asked for/);
		await expect(client.ask('orderCheckout')).rejects.toThrow(NotAllowed);
		expect(sent).toEqual([]);
	});

	it('limits only what it names', async () => {
		const { client, sent } = limited({ highestOrderAmount: '1' });
		await client.ask('refundAdd', { refund_id: 'X1' });
		await client.ask('orderCancel', { trade_id: 'X1' });
		expect(sent).toHaveLength(2);
	});
});

describe('API Request', () => {
	const table = Object.values<Endpoint>(ENDPOINTS);
	const short = table.map(({ path }) => path.replace(/^\/api\/v1\/pay(\/sdk)?/, ''));
	const legacy = short.map((path) => `/sdk${path}`);
	const whole = table.flatMap(({ path, legacyPath }) => [path, legacyPath ?? path]);
	const odd = [
		'/ORDER/add',
		'/order/detail/x',
		'/new/thing',
		'/Order/detail',
		'/sdk/sdk/order/list',
	];

	describe.each([
		[{ readOnly: true }, 'Read Only'],
		[{ highestOrderAmount: '10' }, 'Highest Order Amount'],
		[{ highestRefundAmount: '10' }, 'Highest Refund Amount'],
	])('with %j', (data, option) => {
		it.each([...short, ...legacy, ...whole, ...odd])(
			'may call %s only if that is known to read, in whatever way it is sent',
			async (path) => {
				const isReading = table.some(
					(known) =>
						known.effect === 'read' &&
						!/^.sdk.sdk/.test(path) &&
						known.path.replace('/sdk', '').endsWith(path.replace('/sdk', '')),
				);
				for (const request of [{ json: '{}' }, { json: undefined, query: '?amount=1' }]) {
					const { client, sent } = limited(data);
					const outcome = await client.callPath({ path, isRead: true, ...request }).then(
						() => 'sent',
						(error: NotAllowed) => error.description,
					);
					expect(outcome).toMatch(isReading ? /^sent$/ : new RegExp(`set: ${option}\\.`));
					expect(sent).toHaveLength(isReading ? 1 : 0);
				}
			},
		);
	});

	it('may call anything where no limit is set', async () => {
		const { client, sent } = limited({});
		await client.callPath({ path: '/new/thing', json: '{}', isRead: false });
		expect(sent).toHaveLength(1);
	});
});

describe('the limits in the credential', () => {
	it('are none where nothing is given', () => {
		const none: Limits = { isReadOnly: false };
		expect(limitsOf({})).toEqual(none);
		expect(limitsOf({ readOnly: false, highestOrderAmount: '', highestRefundAmount: ' ' })).toEqual(
			none,
		);
		expect(limitsOf({ readOnly: 'false', highestOrderAmount: null })).toEqual(none);
	});

	it.each([true, 'true', ' TRUE '])('are for reading only with %p', (readOnly) => {
		expect(limitsOf({ readOnly }).isReadOnly).toBe(true);
	});

	it.each(['ten', '10,50', '-1', '0', 0, NaN, {}])(
		'are refused, not ignored, where an amount is %p',
		(given) => {
			const field = 'The Highest Refund Amount of the PonponPay credential must be ';
			const read = () => limitsOf({ highestRefundAmount: given });
			expect(read).toThrow(InvalidInput);
			expect(read).toThrow(field);
		},
	);
});

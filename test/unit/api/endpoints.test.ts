import {
	CANONICAL_PREFIX,
	ENDPOINTS,
	endpointAt,
	JWKS_PATH,
	READING_PATHS,
	type Endpoint,
} from '../../../nodes/shared/api/endpoints';
import { ENDPOINTS as ANSWERED } from '../../sandbox/http/api.mts';

/** What the vendor's documentation has of the contract, section 3: path, effect, and what it answers. */
const PUBLISHED = [
	['/order/add', 'create', 'an order'],
	['/order/checkout', 'create', 'a checkout link'],
	['/order/detail', 'read', 'an order'],
	['/order/cancel', 'change', 'an order'],
	['/payment-methods', 'read', 'a list of payment methods'],
	['/merchant/detail', 'read', 'a merchant'],
	['/x402/verify', 'receive', 'a verdict on a payment'],
	['/x402/settle', 'receive', 'a settlement'],
];

/** What the vendor has announced without a word on how it is called. */
const ANNOUNCED = /^\/(transaction|refund|dispute|webhook)\/|^\/order\/list$/;

/** The table, each path without the prefix it stands under. */
const table = Object.values<Endpoint>(ENDPOINTS).map((endpoint) => ({
	...endpoint,
	path: endpoint.path.replace(/^\/api\/v1\/pay(\/sdk)?/, ''),
	whole: endpoint.path,
}));
const announced = table.filter(({ path }) => ANNOUNCED.test(path));

const paths = (endpoints: Array<{ path: string }>) => endpoints.map(({ path }) => path).sort();

/** By our guess after the vendor's conventions: `/refund/list` lists refunds, `/refund/cancel` answers a refund. */
function guessedAnswer(path: string): string {
	const [, thing, what] = path.split('/');
	if (what === 'list') return `a list of ${thing}s`;
	if (what === 'statistics') return 'statistics';
	if (what === 'delete') return 'nothing';
	return `${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}`;
}

describe('the endpoints', () => {
	it.each(PUBLISHED)('have %s as it is published', (path, effect, name) => {
		const answers = expect.objectContaining({ name }) as unknown;
		const published = { path, effect, standing: 'published', answers };
		expect(table).toContainEqual(expect.objectContaining(published));
	});

	it('are inferred where PonponPay has only announced them', () => {
		expect(announced.length).toBeGreaterThan(10);
		expect(paths(announced.filter(({ standing }) => standing !== 'inferred'))).toEqual([]);
	});

	it('answer, where they are inferred, with what their path is about', () => {
		const answered = announced.map(({ path, answers }) => `${path}: ${answers.name}`);
		expect(answered).toEqual(announced.map(({ path }) => `${path}: ${guessedAnswer(path)}`));
	});

	it('stand there once each, and have each a name made of their path', () => {
		expect(new Set(paths(table)).size).toBe(table.length);
		const named = Object.keys(ENDPOINTS).map((name) =>
			name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
		);
		expect(named).toEqual(table.map(({ path }) => path.replace(/[/-]/g, '')));
	});

	it('are each answered by the sandbox', () => {
		expect(paths(table).filter((path) => !(path in ANSWERED))).toEqual([]);
	});

	it('may be repeated where their name says that they only look, and nowhere else', () => {
		const looks = table.filter(({ path }) => /(list|detail|statistics|methods)$/.test(path));
		expect(paths(table.filter(({ effect }) => effect === 'read'))).toEqual(paths(looks));
	});

	it('that move money or ask for it are those that carry an id of ours', () => {
		const created = table.filter(({ effect }) => effect === 'create');
		expect(paths(created)).toEqual(['/order/add', '/order/checkout', '/refund/add']);
	});

	it('stand under the canonical prefix, and at older hosts under the legacy one; the key set is one of a kind', () => {
		const twins = table.filter(({ legacyPath }) => legacyPath !== undefined);
		expect(twins.length).toBeGreaterThan(15);
		for (const { path, whole, legacyPath } of twins) {
			expect([whole, legacyPath]).toEqual([`/api/v1/pay${path}`, `/api/v1/pay/sdk${path}`]);
		}
		expect(CANONICAL_PREFIX).toBe('/api/v1/pay');
		expect(JWKS_PATH).toBe('/api/v1/pay/public/webhook-jwks');
	});

	it('stand under one prefix where they are published under that one alone', () => {
		const only = table.filter(({ legacyPath }) => legacyPath === undefined);
		expect(only.map(({ whole }) => whole).sort()).toEqual([
			'/api/v1/pay/sdk/merchant/detail',
			'/api/v1/pay/sdk/payment-methods',
			'/api/v1/pay/x402/settle',
			'/api/v1/pay/x402/verify',
		]);
	});
});

describe('the paths of which it is known that they only look', () => {
	it('are those of reading endpoints under every prefix, and public ones', () => {
		const changing = table.filter(({ effect }) => effect !== 'read');
		const all = changing.flatMap(({ whole, legacyPath }) => [whole, legacyPath]);
		expect(READING_PATHS.filter((path) => all.includes(path))).toEqual([]);
		expect(READING_PATHS).toEqual(
			expect.arrayContaining([
				'/api/v1/pay/order/detail',
				'/api/v1/pay/sdk/order/detail',
				'/api/v1/pay/public/checkout-counter',
				JWKS_PATH,
			]),
		);
		expect(READING_PATHS).not.toContain('/api/v1/pay/public/order/select-payment-method');
	});
});

describe('a path of the user’s own', () => {
	const at = (path: string) => {
		const { path: first, legacyPath } = endpointAt(path, false, ENDPOINTS.orderDetail.answers);
		return [first, legacyPath];
	};

	it.each([
		['/coupon/list', '/api/v1/pay/coupon/list', '/api/v1/pay/sdk/coupon/list'],
		['/plugin/activate', '/api/v1/pay/plugin/activate', '/api/v1/pay/sdk/plugin/activate'],
		['/payment-methods', '/api/v1/pay/sdk/payment-methods', undefined],
		['/sdk/order/add', '/api/v1/pay/sdk/order/add', undefined],
		['/public/check-status', '/api/v1/pay/public/check-status', undefined],
		['/x402/verify', '/api/v1/pay/x402/verify', undefined],
		['/api/v1/pay/coupon/list', '/api/v1/pay/coupon/list', undefined],
		['/api/v1/pay/sdk/coupon/list', '/api/v1/pay/sdk/coupon/list', undefined],
	])('%s is tried at %s and then at %s', (path, first, second) => {
		expect(at(path)).toEqual([first, second]);
	});

	it('only looks where it is known to, or where the user says so', () => {
		const effect = (path: string, isRead: boolean) =>
			endpointAt(path, isRead, ENDPOINTS.orderDetail.answers).effect;
		expect(effect('/order/detail', false)).toBe('read');
		expect(effect('/order/add', false)).toBe('change');
		expect(effect('/coupon/list', true)).toBe('read');
	});
});

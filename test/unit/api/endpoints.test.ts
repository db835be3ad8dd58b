import {
	API_PREFIX,
	ENDPOINTS,
	JWKS_PATH,
	type Endpoint,
} from '../../../nodes/shared/api/endpoints';
import { ENDPOINTS as ANSWERED } from '../../sandbox/http/api.mts';

/** What the vendor's documentation has of the contract, section 3: path and effect. All of these answer with `data`. */
const PUBLISHED = [
	['/order/add', 'create'],
	['/order/checkout', 'create'],
	['/order/detail', 'read'],
	['/order/cancel', 'change'],
	['/payment-methods', 'read'],
	['/merchant/detail', 'read'],
];

/** What the vendor has announced without a word on how it is called. */
const ANNOUNCED = /^\/(transaction|refund|dispute|webhook)\/|^\/order\/list$/;

const table: Endpoint[] = Object.values(ENDPOINTS);

const paths = (endpoints: Endpoint[]) => endpoints.map(({ path }) => path).sort();

describe('the endpoints', () => {
	it.each(PUBLISHED)('have %s as it is published', (path, effect) => {
		expect(table).toContainEqual(
			expect.objectContaining({ path, effect, standing: 'published', hasData: true }),
		);
	});

	it('are inferred where PonponPay has only announced them', () => {
		const announced = table.filter(({ path }) => ANNOUNCED.test(path));
		expect(announced.length).toBeGreaterThan(10);
		expect(paths(announced.filter(({ standing }) => standing !== 'inferred'))).toEqual([]);
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

	it('that move money or ask for it carry an id of ours, and name the id of what was created', () => {
		const created = table
			.filter(({ effect, createdId }) => effect === 'create' || createdId !== undefined)
			.map(({ path, effect, createdId }) => `${path} ${effect} ${createdId}`);
		expect(created).toEqual([
			'/order/add create trade_id',
			'/order/checkout create trade_id',
			'/refund/add create refund_id',
		]);
	});

	it('answer with data, but for a deletion', () => {
		const silent = table.filter(({ hasData }) => !hasData);
		expect(paths(silent)).toEqual(paths(table.filter(({ path }) => path.endsWith('/delete'))));
	});

	it('stand below the prefix under which all published ones exist; the key set does not', () => {
		expect(API_PREFIX).toBe('/api/v1/pay/sdk');
		expect(JWKS_PATH).toBe('/api/v1/pay/public/webhook-jwks');
	});
});

import {
	API_PREFIX,
	ENDPOINTS,
	JWKS_PATH,
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

const table: Endpoint[] = Object.values(ENDPOINTS);
const announced = table.filter(({ path }) => ANNOUNCED.test(path));

const paths = (endpoints: Endpoint[]) => endpoints.map(({ path }) => path).sort();

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

	it('stand below the prefix under which all published ones exist; the key set does not', () => {
		expect(API_PREFIX).toBe('/api/v1/pay/sdk');
		expect(JWKS_PATH).toBe('/api/v1/pay/public/webhook-jwks');
	});

	it('of x402 stand below the canonical prefix, which the others may do without', () => {
		const moved = table.filter(({ prefix }) => prefix !== undefined);
		expect(paths(moved)).toEqual(['/x402/settle', '/x402/verify']);
		expect(new Set(moved.map(({ prefix }) => prefix))).toEqual(new Set(['/api/v1/pay']));
	});
});

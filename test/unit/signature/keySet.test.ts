import {
	KeySet,
	LONGEST_USE_MS,
	parseKeySet,
	REFRESH_PAUSE_MS,
	RETRY_PAUSE_MS,
} from '../../../nodes/shared/signature/keySet';
import { JWK, KEY_ID } from './vectors.mts';

const OTHER = { ...JWK, kid: 'key-2' };
const text = (...keys: object[]) => JSON.stringify({ keys });

describe('A key set', () => {
	it('is read plain and inside the envelope', () => {
		const enveloped = JSON.stringify({ code: 0, message: 'success', data: { keys: [JWK] } });
		for (const set of [text(JWK), enveloped]) {
			expect([...parseKeySet(set).keys()]).toEqual([KEY_ID]);
		}
	});

	it.each([
		['no key', 'nothing'],
		['another curve', { ...JWK, crv: 'X25519' }],
		['another type', { ...JWK, kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
		['another algorithm', { ...JWK, alg: 'ES256' }],
		['another use', { ...JWK, use: 'enc' }],
		['a short key', { ...JWK, x: JWK.x.slice(2) }],
		['a long key', { ...JWK, x: `${JWK.x}AA` }],
		['a padded key', { ...JWK, x: `${JWK.x}=` }],
		['a key of the wrong kind', { ...JWK, x: 17 }],
		['no id', { ...JWK, kid: undefined }],
		['an id of the wrong form', { ...JWK, kid: 'a b' }],
		['a null', null],
	])('leaves out %s and keeps the others', (_what, bad) => {
		expect([...parseKeySet(JSON.stringify({ keys: [bad, OTHER] })).keys()]).toEqual(['key-2']);
	});

	it('trusts no id that stands for several keys', () => {
		expect([...parseKeySet(text(JWK, OTHER, JWK)).keys()]).toEqual(['key-2']);
	});

	it.each(['', '<html>', '[]', '{}', '{"keys":{}}', 'null'])('is not %j', (bad) => {
		expect(() => parseKeySet(bad)).toThrow();
	});
});

describe('Looking a key up', () => {
	function open() {
		const state = { now: 0, text: text(JWK), downloads: 0 };
		const keySet = new KeySet(() => state.now);
		const find = async (keyId: string) => {
			const found = await keySet.find(keyId, async () => {
				state.downloads += 1;
				if (state.text === '') throw new Error('not reachable');
				return state.text;
			});
			return typeof found === 'string' ? found : 'found';
		};
		return { state, find };
	}

	it('downloads once and then remembers', async () => {
		const { state, find } = open();
		expect([await find(KEY_ID), await find(KEY_ID)]).toEqual(['found', 'found']);
		expect(state.downloads).toBe(1);
	});

	it('shares one download among all who ask at the same time', async () => {
		const { state, find } = open();
		const found = await Promise.all([find(KEY_ID), find('other'), find(KEY_ID)]);
		expect(found).toEqual(['found', 'unknown', 'found']);
		expect(state.downloads).toBe(1);
	});

	it('finds a key that is new since the last download', async () => {
		const { state, find } = open();
		await find(KEY_ID);
		state.text = text(JWK, OTHER);
		state.now = REFRESH_PAUSE_MS;
		expect(await find('key-2')).toBe('found');
		expect(state.downloads).toBe(2);
	});

	it('downloads at most once a minute, however many unknown ids are asked for', async () => {
		const { state, find } = open();
		for (state.now = 0; state.now < 10 * REFRESH_PAUSE_MS; state.now += 500) {
			expect(await find(`forged-${state.now}`)).toBe('unknown');
		}
		expect(state.downloads).toBe(10);
	});

	it('says "unavailable" while nothing could be downloaded, and tries again soon', async () => {
		const { state, find } = open();
		state.text = '';
		expect([await find(KEY_ID), await find(KEY_ID)]).toEqual(['unavailable', 'unavailable']);
		expect(state.downloads).toBe(1);
		state.now = RETRY_PAUSE_MS;
		state.text = text(JWK);
		expect(await find(KEY_ID)).toBe('found');
	});

	it('keeps known keys in use when a refresh does not succeed', async () => {
		const { state, find } = open();
		await find(KEY_ID);
		state.text = '';
		state.now = LONGEST_USE_MS + 1;
		expect(await find(KEY_ID)).toBe('found');
		expect(await find('key-2')).toBe('unavailable');
		expect(state.downloads).toBe(2);
	});

	it('stops trusting a key that PonponPay has withdrawn', async () => {
		const { state, find } = open();
		await find(KEY_ID);
		state.text = text(OTHER);
		state.now = LONGEST_USE_MS + 1;
		expect(await find(KEY_ID)).toBe('unknown');
	});
});

import { createHash, generateKeyPairSync, type KeyObject } from 'crypto';

import { signWithApiKey } from '../../../nodes/shared/signature/apiKey';
import { signWithEd25519 } from '../../../nodes/shared/signature/ed25519';
import type { Scheme } from '../../../nodes/shared/signature/refusal';
import { signWithSecret } from '../../../nodes/shared/signature/sharedSecret';
import type { Trust } from '../../../nodes/shared/signature/trust';
import { Chance } from './chance';

type HeaderMap = Record<string, unknown>;

/** A delivery that must not get in, and for whom it pretends to be. */
export type Forgery = {
	/** What was done, for the report. */
	readonly how: string;
	readonly headers: HeaderMap;
	readonly body: Buffer;
	readonly trust: Trust;
	/** A key set that PonponPay publishes instead of the usual one. */
	readonly keySet?: string;
};

/** A delivery as PonponPay sends it. */
export type Genuine = {
	readonly scheme: Scheme;
	readonly headers: Record<string, string>;
	readonly body: Buffer;
	readonly trust: Trust;
};

/** What one way of forging changes, and its name. */
type Change = Pick<Forgery, 'how'> & Partial<Forgery>;
type Way = (this: Forger, genuine: Genuine) => Change;

const API_KEY = ['sk', 'live', 'c3f1a97e5b2d4086'].join('_');
const OTHER_KEY = ['sk', 'live', 'c3f1XXXXXXXXXXXX'].join('_');
const SECRET = ['whsec', 'a1b2c3'].join('_');
const MERCHANT = 'M100001';
const KEY_ID = 'key-1';

/** Makes deliveries and forgeries, the same for the same seed. */
export class Forger {
	readonly chance: Chance;
	private readonly key = generateKeyPairSync('ed25519');
	private readonly otherKey = generateKeyPairSync('ed25519');

	/**
	 * @param now Unix seconds
	 * @param slack by how many seconds the receiver's clock may have moved on when a forgery arrives
	 */
	constructor(
		seed: number,
		private readonly now: number,
		private readonly slack = 0,
	) {
		this.chance = new Chance(seed);
	}

	/** What PonponPay publishes. */
	get keySet(): string {
		return JSON.stringify({ keys: [this.jwk()] });
	}

	genuine(): Genuine {
		const { chance } = this;
		const scheme = chance.pick<Scheme>(['secret', 'apiKey', 'ed25519']);
		const body = this.body();
		return { scheme, body, headers: this.sign(scheme, body), trust: trustIn(scheme) };
	}

	/** Changes a delivery in one of many ways, none of which leaves it valid. */
	forge(genuine: Genuine): Forgery {
		const { trust, body, scheme, headers } = genuine;
		const ways: Way[] = [
			this.changeBody,
			this.changeHeader,
			this.changeHeader,
			this.useWrongCase,
			this.useWrongEncoding,
			this.swapScheme,
			this.signAsSomebodyElse,
			...(scheme === 'secret' ? [] : [this.signBadTime, this.signBadNonce]),
			...(scheme === 'ed25519' ? [this.publishBadKeys, this.signBadAudience] : []),
		];
		return { body, trust, headers, ...this.chance.pick(ways).call(this, genuine) };
	}

	private body(): Buffer {
		const { chance } = this;
		return Buffer.from(
			JSON.stringify({
				order_no: `shop-${chance.below(1e6)}`,
				trade_id: `T${chance.below(1e9)}`,
				status: chance.below(8),
				amount: chance.below(1e6) / 1e4,
				currency: chance.pick(['USDT', 'USDC']),
				note: chance.text(chance.below(200)),
				event_id: `evt_${chance.below(1e9)}`,
			}),
		);
	}

	private sign(
		scheme: Scheme,
		body: Buffer,
		changes: {
			timestamp?: string;
			nonce?: string;
			keyId?: string;
			merchantId?: string;
			environment?: string;
			apiKey?: string;
			secret?: string;
			privateKey?: KeyObject;
		} = {},
	): Record<string, string> {
		const {
			timestamp = String(this.now + this.chance.below(601) - 300),
			nonce = this.chance.alphanumeric(16 + this.chance.below(113)),
			keyId = KEY_ID,
			merchantId = MERCHANT,
			environment = 'production',
			apiKey = API_KEY,
			secret = SECRET,
			privateKey = this.key.privateKey,
		} = changes;
		// A forger may write anything where a time belongs.
		const at = { timestamp: timestamp as unknown as number, nonce };
		switch (scheme) {
			case 'secret':
				return signWithSecret(body, secret);
			case 'apiKey':
				return signWithApiKey(body, apiKey, at);
			case 'ed25519':
				return signWithEd25519(body, { privateKey, keyId, merchantId, environment }, at);
		}
	}

	private changeBody({ body }: Genuine): Change {
		const { chance } = this;
		const at = chance.below(body.length);
		const flipped = Buffer.from(body);
		flipped[at] ^= 1 << chance.below(8);
		const [how, changed] = chance.pick<() => [string, Buffer]>([
			() => ['a bit of the body', flipped],
			() => ['a byte less', Buffer.concat([body.subarray(0, at), body.subarray(at + 1)])],
			() => [
				'a byte more',
				Buffer.concat([body.subarray(0, at), chance.bytes(1), body.subarray(at)]),
			],
			() => ['the body cut off', body.subarray(0, at)],
			() => ['the body twice', Buffer.concat([body, body])],
			() => ['a line feed', Buffer.concat([body, Buffer.from('\n')])],
			() => ['a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), body])],
			() => ['no UTF-8', Buffer.concat([body, Buffer.from([0xff, 0xfe])])],
			() => ['UTF-16', Buffer.from(body.toString(), 'utf16le')],
			() => ['another body', this.body()],
			() => ['noise', chance.bytes(1 + chance.below(300))],
			() => ['nested', Buffer.from('['.repeat(1 + chance.below(5000)))],
			() => ['duplicate keys', Buffer.from(`{"status":2,${body.toString().slice(1)}`)],
			() => ['__proto__', Buffer.from(`{"__proto__":{"status":2},${body.toString().slice(1)}`)],
			() => ['indented', Buffer.from(JSON.stringify(JSON.parse(body.toString()), undefined, 1))],
		])();
		return { how, body: changed };
	}

	private changeHeader({ headers }: Genuine): Change {
		const { chance } = this;
		const name = chance.pick(Object.keys(headers));
		const value = headers[name];
		const others = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
		const other = chance.alphanumeric(value.length);
		const [how, changed] = chance.pick<() => [string, HeaderMap]>([
			() => ['missing', others],
			() => ['undefined', { ...others, [name]: undefined }],
			() => ['empty', { ...others, [name]: '' }],
			() => ['doubled', { ...others, [name]: [value, value] }],
			() => ['doubled with another', { ...others, [name]: [other, value] }],
			() => ['joined', { ...others, [name]: `${value}, ${value}` }],
			() => ['in two spellings', { ...others, [name]: value, [name.toUpperCase()]: value }],
			() => ['huge', { ...others, [name]: value.repeat(1 + Math.ceil(8000 / value.length)) }],
			() => ['noise', { ...others, [name]: `${other}!` }],
			() => [
				'not a text',
				{ ...others, [name]: chance.pick<unknown>([1, true, {}, null, [], [[value]]]) },
			],
			() => ['shorter', { ...others, [name]: value.slice(0, -1) }],
			() => ['longer', { ...others, [name]: `${value}0` }],
			() => ['padded', { ...others, [name]: ` ${value}` }],
			() => ['with a line feed', { ...others, [name]: `${value}\n` }],
			() => ['with a NUL', { ...others, [name]: `${value}\0` }],
			() => ['with other digits', { ...others, [name]: fullWidth(value) }],
		])();
		return { how: `${name}: ${how}`, headers: changed };
	}

	private useWrongCase({ scheme, headers }: Genuine): Change {
		// Hexadecimal digits of the webhook secret's signature may be capitals [S]: there it has to be a wrong digit.
		const changed = Object.entries(headers).map(([name, value]) => [
			name,
			scheme === 'secret' ? `${value.slice(0, -1)}${otherHex(value.at(-1))}` : swapCase(value),
		]);
		const name = this.chance.pick(
			changed.filter(([key, value]) => headers[key] !== value).map(([key]) => key),
		);
		const chosen = changed.filter(([key]) => key === name);
		return { how: `${name}: wrong case`, headers: { ...headers, ...Object.fromEntries(chosen) } };
	}

	private useWrongEncoding({ scheme, headers }: Genuine): Change {
		const name = Object.keys(headers).at(-1) ?? '';
		const value = headers[name];
		const bytes = Buffer.from(value, scheme === 'ed25519' ? 'base64url' : 'hex');
		const hex = bytes.toString('hex');
		const base64url = bytes.toString('base64url');
		const encoded = this.chance.pick(
			[
				bytes.toString('base64'),
				base64url,
				hex,
				`sha512=${hex}`,
				`SHA256=${hex}`,
				`sha256=sha256=${hex}`,
				`v1=${value}`,
				`"${value}"`,
				`0x${hex}`,
				encodeURIComponent(`${value} `),
				`${base64url}=`,
				`${base64url}==`,
				`${base64url.slice(0, -1)}${notCanonical(base64url)}`,
				bytes.toString('latin1'),
				bytes.subarray(1).toString('hex'),
			].filter((text) => text !== value),
		);
		return { how: 'wrong encoding', headers: { ...headers, [name]: encoded } };
	}

	private swapScheme({ scheme, body, headers }: Genuine): Change {
		const { chance } = this;
		const others = (['secret', 'apiKey', 'ed25519'] as const).filter((other) => other !== scheme);
		const other = chance.pick(others);
		const signature = Object.values(headers).at(-1);
		const ofOther = this.sign(other, body);
		const last = Object.keys(ofOther).at(-1) ?? '';
		return chance.pick([
			{
				how: `signed with ${other} for ${scheme}`,
				headers: ofOther,
				trust: { ...trustInAll(), signature: scheme },
			},
			{
				how: `signature of ${scheme} in the header of ${other}`,
				headers: { ...ofOther, [last]: signature },
				trust: { ...trustIn(other), signature: other },
			},
			{
				how: `${other} is good, ${scheme} is bad`,
				headers: { ...ofOther, ...headers, [Object.keys(headers).at(-1) ?? '']: '0' },
				trust: { ...trustInAll(), signature: scheme },
			},
			{
				how: `insists on ${other}`,
				trust: { ...trustInAll(), signature: other },
			},
		]);
	}

	private signAsSomebodyElse({ scheme, body }: Genuine): Change {
		const strangers = {
			secret: () =>
				this.sign(scheme, body, { secret: this.chance.pick([`${SECRET} `, 'other', '']) }),
			apiKey: () =>
				this.sign(scheme, body, {
					apiKey: this.chance.pick([
						OTHER_KEY,
						`${API_KEY}0`,
						API_KEY.slice(0, 12),
						sha256(API_KEY),
					]),
				}),
			ed25519: () => this.sign(scheme, body, { privateKey: this.otherKey.privateKey }),
		};
		return { how: 'signed by somebody else', headers: strangers[scheme]() };
	}

	private signBadTime({ scheme, body }: Genuine): Change {
		const { now, chance, slack } = this;
		const beyond = 301 + slack + chance.below(chance.pick([2, 1000, 1e9]));
		const timestamp = chance.pick([
			String(now + beyond),
			String(now - beyond),
			`0${now}`,
			`+${now}`,
			`-${now}`,
			` ${now}`,
			`${now}.0`,
			`${now}000`,
			`${now}e0`,
			`0x${now.toString(16)}`,
			new Date(now * 1000).toISOString(),
			fullWidth(String(now)),
			'NaN',
			'Infinity',
			'0',
			'',
		]);
		return { how: `time ${timestamp}`, headers: this.sign(scheme, body, { timestamp }) };
	}

	private signBadNonce({ scheme, body }: Genuine): Change {
		const { chance } = this;
		const nonce = chance.pick([
			'',
			chance.alphanumeric(1 + chance.below(15)),
			chance.alphanumeric(129 + chance.below(500)),
			`${chance.alphanumeric(20)}-`,
			`${chance.alphanumeric(20)}\n${chance.alphanumeric(5)}`,
			`${chance.alphanumeric(20)}é`,
		]);
		return { how: 'bad nonce', headers: this.sign(scheme, body, { nonce }) };
	}

	private signBadAudience({ scheme, body }: Genuine): Change {
		const { chance } = this;
		const changes = chance.pick([
			{
				merchantId: chance.pick([
					'M100002',
					'',
					'm100001',
					`${MERCHANT} `,
					`${MERCHANT},${MERCHANT}`,
				]),
			},
			{ environment: chance.pick(['sandbox', '', 'SANDBOX', 'production ']) },
			{ keyId: chance.pick(['key-2', '', 'KEY-1', 'key 1', chance.alphanumeric(65), '__proto__']) },
		]);
		return {
			how: `audience ${JSON.stringify(changes)}`,
			headers: this.sign(scheme, body, changes),
		};
	}

	private publishBadKeys(): Change {
		const jwk = this.jwk();
		const foreign = { ...jwk, x: this.otherKey.publicKey.export({ format: 'jwk' }).x };
		const [how, keySet] = this.chance.pick<[string, unknown]>([
			['no keys', { keys: [] }],
			['the key twice', { keys: [jwk, jwk] }],
			['the id for two keys', { keys: [foreign, jwk] }],
			['another key', { keys: [foreign] }],
			['another id', { keys: [{ ...jwk, kid: 'key-2' }] }],
			['no id', { keys: [{ ...jwk, kid: undefined }] }],
			[
				'another curve',
				{ keys: [{ ...jwk, crv: this.chance.pick(['X25519', 'Ed448', 'P-256']) }] },
			],
			[
				'another type',
				{ keys: [{ ...jwk, kty: this.chance.pick(['EC', 'RSA', 'oct']), k: jwk.x }] },
			],
			['another use', { keys: [{ ...jwk, use: 'enc' }] }],
			[
				'another algorithm',
				{ keys: [{ ...jwk, alg: this.chance.pick(['HS256', 'none', undefined]) }] },
			],
			[
				'a malformed key',
				{ keys: [{ ...jwk, x: this.chance.pick(['', 'A', `${jwk.x}=`, jwk.x?.slice(1), 5]) }] },
			],
			['a key of zeros', { keys: [{ ...jwk, x: Buffer.alloc(32).toString('base64url') }] }],
			['an object for a list', { keys: { 0: jwk } }],
			['a list', [jwk]],
			['nothing', null],
			['a text', 'keys'],
		]);
		return { how: `keys: ${how}`, keySet: JSON.stringify(keySet) };
	}

	private jwk() {
		const { x } = this.key.publicKey.export({ format: 'jwk' });
		return { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: KEY_ID, x };
	}
}

function trustIn(scheme: Scheme): Trust {
	return {
		signature: 'auto',
		apiKey: API_KEY,
		secrets: scheme === 'secret' ? [SECRET] : [],
		merchantId: scheme === 'ed25519' ? MERCHANT : '',
		environment: 'production',
	};
}

function trustInAll(): Trust {
	return { ...trustIn('ed25519'), secrets: [SECRET] };
}

function swapCase(text: string): string {
	return [...text]
		.map((sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase()))
		.join('');
}

function otherHex(digit = '0'): string {
	return ((Number.parseInt(digit, 16) + 1) % 16).toString(16);
}

function fullWidth(text: string): string {
	return `${text.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))}\uff10`;
}

/** The last character of 64 bytes in base64url carries two bits; the other four must be zero. */
function notCanonical(base64url: string): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	return alphabet[alphabet.indexOf(base64url.at(-1) ?? 'A') ^ 1];
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

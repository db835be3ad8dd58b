import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

import type { Random } from '../random.mts';
import type { WireObject } from '../wire.mts';

interface SigningKey {
	readonly id: string;
	readonly privateKey: KeyObject;
	/** The public half as the key set shows it: 32 bytes, base64url. */
	readonly x: string;
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 keys of signature C. The newest signs; the older ones stay published until they are withdrawn. */
export class Keyring {
	private keys: SigningKey[] = [];
	private made = 0;

	constructor(private readonly random: Random) {
		this.rotate({ keepOld: false });
	}

	/** Signs with a new key from now on. */
	rotate({ keepOld }: { keepOld: boolean }): string {
		const key = this.makeKey();
		this.keys = keepOld ? [key, ...this.keys] : [key];
		return key.id;
	}

	get currentKeyId(): string {
		return this.current.id;
	}

	/** Unpadded base64url. */
	sign(message: Buffer): string {
		return sign(null, message, this.current.privateKey).toString('base64url');
	}

	/** The JWK set. */
	publicKeys(): WireObject {
		return {
			keys: this.keys.map(({ id, x }) => ({
				kty: 'OKP',
				crv: 'Ed25519',
				alg: 'EdDSA',
				use: 'sig',
				kid: id,
				x,
			})),
		};
	}

	private get current(): SigningKey {
		const [newest] = this.keys;
		if (!newest) throw new RangeError('The keyring is empty');
		return newest;
	}

	private makeKey(): SigningKey {
		this.made += 1;
		const der = Buffer.concat([PKCS8_PREFIX, this.random.bytes(32)]);
		const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
		if (!x) throw new TypeError('An Ed25519 key has an x');
		return { id: `webhook-${this.made}-${this.random.hex(8)}`, privateKey, x };
	}
}

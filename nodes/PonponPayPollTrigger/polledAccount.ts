import { createHash } from 'crypto';

import type { PonponPayClient } from '../shared/api/client';
import type { PonponPayCredential } from '../shared/api/credential';
import { ApiFailure, type FailureKind } from '../shared/api/failure';
import { LruMap } from '../shared/lruMap';
import { processMemory } from '../shared/once/processMemory';

/** Asked once per key and process: keys are replaced, but orders belong to the merchant. An untold one counts as the same. */
const accounts = processMemory('polled accounts', (capacity) => new LruMap<string>(capacity));

/** @returns whose orders are polled; `undefined` where PonponPay answers, but does not tell */
export async function accountOf(
	client: PonponPayClient,
	{ host, apiKey, environment }: PonponPayCredential,
): Promise<string | undefined> {
	const key = createHash('sha256').update(`${host}\n${apiKey}`).digest('hex');
	const known = accounts.get(key);
	if (known !== undefined) return known;
	const merchantId = await merchantIdOf(client);
	if (merchantId === undefined) return undefined;
	const account = `${environment}/${merchantId}`;
	accounts.set(key, account);
	return account;
}

/** @returns `undefined` where PonponPay answers, but not whose key it is */
async function merchantIdOf(client: PonponPayClient): Promise<string | undefined> {
	return await client.ask('merchantDetail').then(
		({ value }) => value.merchantId ?? undefined,
		(error: unknown) => {
			if (error instanceof ApiFailure && UNTOLD.has(error.kind)) return undefined;
			throw error;
		},
	);
}

const UNTOLD: ReadonlySet<FailureKind> = new Set(['unreadable', 'notOffered']);

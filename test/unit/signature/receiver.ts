import { UsedOnce } from '../../../nodes/shared/once/usedOnce';
import { RequestHeaders } from '../../../nodes/shared/signature/headers';
import { KeySet } from '../../../nodes/shared/signature/keySet';
import type { Trust } from '../../../nodes/shared/signature/trust';
import {
	verifySignature,
	type SignatureVerdict,
} from '../../../nodes/shared/signature/verifySignature';
import { API_KEY, JWK, TIMESTAMP } from './vectors.mts';

export const TRUST: Trust = {
	signature: 'auto',
	apiKey: API_KEY,
	secrets: [],
	merchantId: '',
	environment: 'production',
};

/** A receiver of its own: a clock that stands still unless moved, an empty memory, a key set in place of PonponPay's. */
export function newReceiver(keySetText = JSON.stringify({ keys: [JWK] })) {
	const clock = { seconds: TIMESTAMP };
	const now = () => clock.seconds * 1000;
	const keySet = new KeySet(now);
	const nonces = new UsedOnce(now);
	const downloads = { count: 0, text: keySetText };
	return {
		clock,
		downloads,
		nonces,
		async verify(
			{ headers, body }: { headers: Record<string, unknown>; body: Buffer },
			trust: Partial<Trust> = {},
		): Promise<SignatureVerdict> {
			return await verifySignature(
				{ headers: RequestHeaders.fromAnySpelling(headers), body },
				{ ...TRUST, ...trust },
				{
					now,
					nonces,
					lookUpKey: async (keyId) =>
						await keySet.find(keyId, async () => {
							downloads.count += 1;
							return downloads.text;
						}),
				},
			);
		},
	};
}

/** The reason of a refusal, or the scheme that accepted. */
export function outcome(verdict: SignatureVerdict): string {
	return verdict.accepted ? `accepted by ${verdict.scheme}` : verdict.refusal.reason;
}

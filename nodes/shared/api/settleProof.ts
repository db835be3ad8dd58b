import type { PaymentProof } from '../x402/proof';
import {
	completeSettlement,
	proofRequest,
	type Settlement,
	type Verification,
} from '../x402/settlement';
import type { PonponPayClient } from './client';
import { ApiFailure, isUnclear } from './failure';

/** How far a proof has come, to go on with where it is sent again. */
export type ProofProgress = {
	/** Whether PonponPay has held it for true. */
	isVerified: boolean;
	/** Whether it was ever sent to be settled by this process, whatever came of it. */
	isBegun: boolean;
};

/** What came of a proof that was verified and settled. */
export type ProofOutcome =
	| {
			readonly is: 'settled';
			readonly settlement: Settlement;
			/** Whether it had been settled before this process began with it. */
			readonly isForeign: boolean;
	  }
	/** Nothing was taken. */
	| {
			readonly is: 'refused';
			readonly reason: string;
			/** Where it was true, and could not be settled all the same. */
			readonly settlement?: Settlement;
	  }
	/** Whether money was taken is not known; the same proof is to be sent again. */
	| { readonly is: 'unclear'; readonly failure: ApiFailure };

/** How often an unclear settlement is sent again at once. */
const MOST_SETTLES = 3;

/**
 * Has PonponPay verify a proof and then, if it is true, settle it. A settlement that stays unclear is sent again with the same
 * proof, which takes the money once.
 *
 * @param progress is kept up to date
 */
export async function settleProof(
	client: PonponPayClient,
	proof: PaymentProof,
	sold: { readonly url: string; readonly method: string },
	progress: ProofProgress,
): Promise<ProofOutcome> {
	const request = proofRequest(proof, sold);
	if (!progress.isVerified) {
		const verdict = await attempt(async () => (await client.ask('x402Verify', request)).value);
		if (verdict instanceof ApiFailure) return { is: 'unclear', failure: verdict };
		const refusal = refusalOf(verdict, proof);
		if (refusal !== undefined) return { is: 'refused', reason: refusal };
		progress.isVerified = true;
	}
	for (let tries = 1; ; tries += 1) {
		const wasBegun = progress.isBegun;
		progress.isBegun = true;
		const settled = await attempt(async () => (await client.askOnce('x402Settle', request)).value);
		if (settled instanceof ApiFailure) {
			// What was surely not done has begun nothing.
			progress.isBegun = wasBegun || isUnclear(settled);
			if (tries < MOST_SETTLES && isUnclear(settled)) continue;
			return { is: 'unclear', failure: settled };
		}
		if (!settled.isSettled) {
			const reason = settled.reason || 'the payment could not be settled';
			return { is: 'refused', reason, settlement: { ...settled, reason } };
		}
		return {
			is: 'settled',
			settlement: completeSettlement(settled, proof),
			isForeign: settled.isReplay && !wasBegun,
		};
	}
}

function refusalOf({ isValid, reason, payer }: Verification, proof: PaymentProof) {
	if (!isValid) return reason || 'the payment is not valid';
	return payer !== '' && payer !== proof.payer ? 'the payment is of another wallet' : undefined;
}

async function attempt<T>(ask: () => Promise<T>): Promise<T | ApiFailure> {
	return await ask().catch((error: unknown) => {
		if (error instanceof ApiFailure) return error;
		throw error;
	});
}

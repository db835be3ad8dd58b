import type { ProofProgress } from '../shared/api/settleProof';
import { Attempt } from '../shared/once/attempt';
import type { Settlement } from '../shared/x402/settlement';

/** What became of a payment: what is told again where its proof comes again. */
export class Payment {
	/** The last run of the workflow for it. */
	run: Attempt | undefined;

	/** @param request the one that it pays for */
	constructor(
		readonly settlement: Settlement,
		readonly request: string,
	) {}

	/** Whether a run of the workflow has answered it. */
	get isAnswered(): boolean {
		return this.run?.wasTaken === true;
	}
}

/** A proof on its way to become a payment. */
export class ProofInHand implements ProofProgress {
	isVerified = false;
	isBegun = false;
	/** Of the call that has it verified and settled now. */
	settling: Attempt | undefined;
	payment: Payment | undefined;

	/** Whether it must not be forgotten now. */
	isUnderWay(now: number): boolean {
		return this.settling?.isUnderWay(now) === true || this.payment?.run?.isUnderWay(now) === true;
	}
}

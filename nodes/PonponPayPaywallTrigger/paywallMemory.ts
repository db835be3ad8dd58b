import type { IWebhookFunctions } from 'n8n-workflow';

import { LruMap } from '../shared/lruMap';
import { receiverOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';
import { RefusalLog } from '../shared/signature/refusalLog';
import { CallerBudget } from './callerBudget';
import { KeptAnswers } from './keptAnswers';
import type { Payment, ProofInHand } from './paidCall';

const now = () => Date.now();

const isUnderWay = ({ run }: Payment) => run?.isUnderWay(now()) === true;

/** The proofs that were sent, by paywall and proof. */
const proofs = processMemory(
	'proofs of payment',
	(capacity) => new LruMap<ProofInHand>(capacity, (proof) => proof.isUnderWay(now())),
);

/** What was paid, by paywall and ID: one transfer may be proven by signatures that are written differently. */
const payments = processMemory(
	'paid calls',
	(capacity) => new LruMap<Payment>(capacity, isUnderWay),
);

const answers = processMemory(
	'answers to paid calls',
	(capacity) => new KeptAnswers(now, capacity),
);

type Watch = { readonly callers: CallerBudget; readonly log: RefusalLog };

const watches = processMemory('watched paywalls', (capacity) => new LruMap<Watch>(capacity));

/** What one paywall remembers, for as long as this n8n process lives. */
export type PaywallMemory = Watch & {
	readonly proofs: typeof proofs;
	readonly payments: typeof payments;
	readonly answers: typeof answers;
	/** The name under which this paywall remembers something. */
	keyOf(name: string): string;
};

/** The memory of this paywall at this URL; the test URL has another one. */
export function paywallMemoryOf(context: IWebhookFunctions): PaywallMemory {
	const receiver = receiverOf(context);
	const watch = watches.getOrMake(receiver, () => ({
		callers: new CallerBudget(now),
		log: new RefusalLog(now),
	}));
	return { ...watch, proofs, payments, answers, keyOf: (name) => `${receiver} ${name}` };
}

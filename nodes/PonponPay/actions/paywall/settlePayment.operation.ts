import type { IDataObject } from 'n8n-workflow';

import { settleProof, type ProofOutcome } from '../../../shared/api/settleProof';
import { callMethod, paywallTerms, requirementsOf } from '../../../shared/fields/paywallTerms';
import { text } from '../../../shared/fields/texts';
import { networkName } from '../../../shared/model/network';
import { readProof, refuseUntimely } from '../../../shared/x402/proof';
import { usdcText } from '../../../shared/x402/requirement';
import { responseHeader, type Settlement } from '../../../shared/x402/settlement';
import { HEADER } from '../../../shared/x402/x402Header';
import { operation } from '../operation';
import { resourceUrl } from './resourceUrl';

export const settlePayment = operation({
	name: 'Verify and Settle',
	description:
		'Take the payment of a call that came through n8n’s Webhook node. The Paywall Trigger does this by itself.',
	action: 'Verify and settle payment',
	fields: {
		paymentSignature: text(
			{
				displayName: 'Payment Signature',
				description: 'The header PAYMENT-SIGNATURE of the call, as it came',
			},
			'={{ $json.headers["payment-signature"] }}',
		),
		...paywallTerms,
		callMethod,
		resourceUrl,
	},
	async run({ paymentSignature, callMethod: method, resourceUrl: url, ...terms }, { client }) {
		const requirements = requirementsOf(terms);
		const proof = readProof({ [HEADER.signature]: paymentSignature }, { requirements, url });
		if ('reason' in proof) return notPaid(proof.message);
		const untimely = refuseUntimely(proof, Date.now() / 1000);
		if (untimely !== undefined) return notPaid(untimely.message);
		const progress = { isVerified: false, isBegun: false };
		return outputOf(await settleProof(client, proof, { url, method }, progress));
	},
});

/** @throws ApiFailure where it is unclear whether money was taken: the same payment is then to be settled again */
function outputOf(outcome: ProofOutcome): IDataObject {
	if (outcome.is === 'unclear') throw outcome.failure;
	if (outcome.is === 'refused') return notPaid(outcome.reason, outcome.settlement);
	const { settlement, isForeign } = outcome;
	const { paymentId, payer, amount, network, transaction } = settlement;
	return {
		isPaid: true,
		reason: null,
		paymentId,
		payer,
		amount: usdcText(amount),
		network: networkName(network),
		transaction: transaction === '' ? null : transaction,
		isReplay: isForeign,
		headers: { [HEADER.response]: responseHeader(settlement) },
	};
}

function notPaid(reason: string, settlement?: Settlement): IDataObject {
	return {
		isPaid: false,
		reason,
		paymentId: null,
		payer: null,
		amount: null,
		network: null,
		transaction: null,
		isReplay: null,
		headers: settlement ? { [HEADER.response]: responseHeader(settlement) } : {},
	};
}

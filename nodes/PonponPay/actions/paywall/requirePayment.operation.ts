import { optional, remark } from '../../../shared/fields/compose';
import { paywallTerms, requirementsOf } from '../../../shared/fields/paywallTerms';
import { text } from '../../../shared/fields/texts';
import { paymentRequired } from '../../../shared/x402/paymentRequired';
import { encodeHeader, HEADER } from '../../../shared/x402/x402Header';
import { operation } from '../operation';
import { resourceUrl } from './resourceUrl';

export const requirePayment = operation({
	name: 'Payment Required',
	description:
		'Make the answer 402 for a call that is not paid, where n8n’s own Webhook node takes the calls',
	action: 'Payment required answer',
	fields: {
		...paywallTerms,
		resourceUrl,
	},
	options: {
		description: optional(
			text({
				displayName: 'Description',
				placeholder: 'The weather of tomorrow, anywhere',
				description: 'What buyers and their agents read about what they get',
			}),
		),
		mimeType: optional(
			text({
				displayName: 'MIME Type',
				placeholder: 'application/json',
				description: 'The kind of answer that buyers can expect',
			}),
		),
		reason: remark(
			text({
				displayName: 'Reason',
				placeholder: 'the payment was refused',
				description: 'Why this call is not answered, such as the reason of Verify and Settle',
			}),
		),
	},
	isLocal: true,
	needsNoCredential: true,
	async run({ resourceUrl: url, options, ...terms }) {
		const { description = '', mimeType = '', reason = 'this call must be paid' } = options;
		const asked = paymentRequired({ url, description, mimeType }, requirementsOf(terms), reason);
		return { statusCode: 402, headers: { [HEADER.required]: encodeHeader(asked) }, body: asked };
	},
});

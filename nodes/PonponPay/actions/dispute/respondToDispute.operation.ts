import { optional } from '../../../shared/fields/compose';
import { texts } from '../../../shared/fields/choices';
import { text } from '../../../shared/fields/texts';
import { dispute } from '../../../shared/fields/locators';
import { requirePublicUrl } from '../../../shared/model/publicUrl';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

const evidenceUrls = optional(
	texts(
		{
			displayName: 'Evidence URLs',
			placeholder: 'https://shop.example.com/receipts/1042.pdf',
			description: 'Links to receipts, pictures or tracking pages',
		},
		'Add URL',
	),
);

export const respondToDispute = operation({
	name: 'Respond',
	description: 'Answer a dispute with a message and links to evidence',
	action: 'Respond to dispute',
	fields: {
		dispute,
		message: text({
			displayName: 'Message',
			typeOptions: { rows: 4 },
			placeholder: 'The parcel was delivered on 2026-11-20, see the receipt.',
			description: 'Your side of the case, as the reviewer will read it',
		}),
		evidenceUrls,
		simplify,
	},
	async run({ dispute: id, message, evidenceUrls: links = [], ...wanted }, { client }) {
		const answer = await client.ask('disputeRespond', {
			dispute_id: id,
			message,
			evidence_urls: links.map((link) => requirePublicUrl(evidenceUrls.label, link)),
		});
		return answerOutput(wanted.simplify, answer);
	},
});

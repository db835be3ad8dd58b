import { optional } from '../../../shared/fields/compose';
import { texts } from '../../../shared/fields/choices';
import { text } from '../../../shared/fields/texts';
import { dispute } from '../../../shared/fields/locators';
import { requirePublicUrl } from '../../../shared/model/publicUrl';
import { isWireObject, wireText, type WireObject } from '../../../shared/model/wire';
import { simplify } from '../fields';
import { onceByLook } from '../onceByLook';
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
	async run({ dispute: id, message, evidenceUrls: links = [], ...wanted }, { client, hint }) {
		const body = {
			dispute_id: id,
			message,
			evidence_urls: links.map((link) => requirePublicUrl(evidenceUrls.label, link)),
		};
		const { result, wasThere } = await onceByLook(
			client,
			'disputeRespond',
			body,
			async () => {
				const found = await client.ask('disputeDetail', { dispute_id: id });
				return holdsMessage(found.wire, message) ? found : undefined;
			},
			(answer) => answer,
		);
		if (wasThere) hint(`Dispute ${id} has this message already: it was not sent again.`);
		return answerOutput(wanted.simplify, result);
	},
});

/** What PonponPay tells of the conversation [I]. The same words are the same answer, sent by an earlier try. */
function holdsMessage({ messages }: WireObject, text: string): boolean {
	return (
		Array.isArray(messages) &&
		messages.some(
			(entry) =>
				isWireObject(entry) &&
				entry.author !== 'customer' &&
				wireText(entry.message)?.trim() === text,
		)
	);
}

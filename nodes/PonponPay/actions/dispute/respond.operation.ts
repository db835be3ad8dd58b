import { InvalidInput } from '../../../shared/model/invalidInput';
import { requirePublicUrl } from '../../../shared/model/publicUrl';
import { requireText, simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput, wireObject } from '../output';
import { disputeField, disputeId, disputeShape } from './disputeFields';

export const respond: Operation = {
	name: 'Respond',
	description: 'Answer a dispute with a message and links to evidence',
	action: 'Respond to dispute',
	fields: [
		disputeField,
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'The parcel was delivered on 2026-11-20, see the receipt.',
			description: 'Your side of the case, as the reviewer will read it',
		},
		{
			displayName: 'Evidence URLs',
			name: 'evidenceUrls',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
			default: [],
			placeholder: 'https://shop.example.com/receipts/1042.pdf',
			description: 'Links to receipts, pictures or tracking pages',
		},
		simplifyField,
	],
	async run(context) {
		const data = await context.client.call('disputeRespond', {
			dispute_id: disputeId(context),
			message: requireText('Message', context.field('message')),
			evidence_urls: evidenceUrls(context.field('evidenceUrls')),
		});
		return objectOutput(context, wireObject(data), disputeShape);
	},
};

/** One link or several: a list, or a text with links separated by commas or line breaks, as an expression may give. */
function evidenceUrls(given: unknown): string[] {
	if (given === undefined || given === null || given === '') return [];
	const urls = typeof given === 'string' ? given.split(/[\s,]+/) : given;
	if (!Array.isArray(urls)) {
		throw new InvalidInput('Evidence URLs', given, 'must be a list of links');
	}
	return urls.filter((url) => url !== '').map((url) => requirePublicUrl('Evidence URLs', url));
}

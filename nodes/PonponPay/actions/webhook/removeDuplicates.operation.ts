import { text } from '../../../shared/fields/texts';
import { firstTime, inputItem } from '../../capabilities';
import { operation } from '../operation';

export const removeDuplicates = operation({
	name: 'Remove Duplicates',
	description:
		'Let each event pass once, also over restarts of n8n and from several triggers at the same time',
	action: 'Remove duplicate events',
	fields: {
		dedupeKey: text(
			{
				displayName: 'Key',
				description:
					'What makes two events the same; the triggers and Verify give it with each event',
			},
			'={{ $json.dedupeKey }}',
		),
	},
	isLocal: true,
	needsNoCredential: true,
	async run({ dedupeKey }, { use }) {
		return (await use(firstTime)(dedupeKey)) ? use(inputItem) : [];
	},
});

import { wholeNumber } from '../../../shared/fields/numbers';
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
	options: {
		historySize: wholeNumber(
			{
				displayName: 'History Size',
				description: 'How many events are remembered; the oldest is forgotten',
			},
			{ least: 1, most: 1_000_000, initially: 10_000 },
		),
	},
	isLocal: true,
	async run({ dedupeKey, options: { historySize } }, { use }) {
		return (await use(firstTime)(dedupeKey, historySize)) ? use(inputItem) : [];
	},
});

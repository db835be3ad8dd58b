import { InvalidInput } from '../../../shared/model/invalidInput';
import { requireText } from '../fields';
import type { Operation } from '../operation';

const DEFAULT_HISTORY_SIZE = 10_000;

export const removeDuplicates: Operation = {
	name: 'Remove Duplicates',
	description:
		'Let each event pass once, also over restarts of n8n and from several triggers at the same time',
	action: 'Remove duplicate events',
	fields: [
		{
			displayName: 'Key',
			name: 'dedupeKey',
			type: 'string',
			required: true,
			default: '={{ $json.dedupeKey }}',
			description:
				'What makes two events the same; the triggers and Verify give it with each event',
		},
	],
	options: [
		{
			displayName: 'History Size',
			name: 'historySize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1_000_000 },
			default: DEFAULT_HISTORY_SIZE,
			description: 'How many events are remembered; the oldest is forgotten',
		},
	],
	isLocal: true,
	async run(context) {
		const key = requireText('Key', context.field('dedupeKey'));
		const historySize = Number(context.option('historySize') ?? DEFAULT_HISTORY_SIZE);
		if (!Number.isInteger(historySize) || historySize < 1) {
			throw new InvalidInput('History Size', historySize, 'must be a whole number of at least 1');
		}
		return (await context.isFirstTime(key, historySize)) ? context.json : [];
	},
};

import { choice } from '../shared/fields/choices';
import { collection, notice, optional, shownWhen } from '../shared/fields/compose';
import { describeFields } from '../shared/fields/field';
import { timeSpan, wholeNumber } from '../shared/fields/numbers';
import { callMethod, paywallTerms } from '../shared/fields/paywallTerms';
import { text, url, urlPath } from '../shared/fields/texts';

export const paywallFields = {
	resourceNotice: notice(
		'Enter the Production URL above, or the Resource URL below, with the method in the PonponPay dashboard as an enabled x402 Resource. Limits of the credential do not apply: money only comes in.',
	),
	...paywallTerms,
	httpMethod: callMethod,
	path: optional(
		urlPath({
			displayName: 'Path',
			placeholder: 'answers/weather',
			description: 'The end of the address; left empty, n8n draws one',
		}),
	),
	description: optional(
		text({
			displayName: 'Description',
			placeholder: 'The weather of tomorrow, anywhere',
			description: 'What buyers and their agents read about what they get',
		}),
	),
	mimeType: optional(
		text(
			{ displayName: 'MIME Type', description: 'The kind of answer that buyers can expect' },
			'application/json',
		),
	),
	respond: choice(
		{ displayName: 'Respond', description: 'Where the answer to a paid call comes from' },
		[
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'What the last node puts out',
			},
			{
				name: 'Using Respond to Webhook Node',
				value: 'responseNode',
				description: 'What that node of the workflow says',
			},
		],
		'lastNode',
	),
	responseData: shownWhen(
		{ respond: ['lastNode'] },
		choice(
			{ displayName: 'Response Data', description: 'How much of what the last node puts out' },
			[
				{ name: 'All Entries', value: 'allEntries', description: 'All items, as a list' },
				{
					name: 'First Entry Binary',
					value: 'firstEntryBinary',
					description: 'The file of the first item, in its field data',
				},
				{
					name: 'First Entry JSON',
					value: 'firstEntryJson',
					description: 'The JSON of the first item',
				},
			],
			'firstEntryJson',
		),
	),
	options: collection(
		{ displayName: 'Options', placeholder: 'Add option' },
		{
			keepFor: timeSpan(
				'minutes',
				{
					displayName: 'Keep Answers For (Minutes)',
					description:
						'How long an answer is kept for a buyer who did not get it; up to 256 kB, and until n8n restarts',
				},
				{ least: 0, most: 1440, initially: 10 },
			),
			again: choice(
				{
					displayName: 'Paid Call That Comes Again',
					description: 'What a payment gets that has been answered before',
				},
				[
					{
						name: 'First Answer',
						value: 'answer',
						description: 'The same answer, or 409 where it is no longer kept',
					},
					{
						name: 'Run Again',
						value: 'run',
						description: 'The workflow runs once more; only for workflows that change nothing',
					},
				],
				'answer',
			),
			resourceUrl: optional(
				url({
					displayName: 'Resource URL',
					placeholder: 'https://shop.example/answers/weather',
					description:
						'The address as it stands at PonponPay, where it is another one than the Production URL',
				}),
			),
			timeout: timeSpan(
				'seconds',
				{
					displayName: 'Timeout (Seconds)',
					description: 'How long PonponPay may take to settle a payment before it is asked again',
				},
				{ least: 1, most: 120, initially: 20 },
			),
			unpaidPerMinute: wholeNumber(
				{
					displayName: 'Unpaid Calls per Minute',
					description:
						'How many calls without a payment one client may make; a refused payment counts ten times',
				},
				{ least: 10, most: 1_000_000, initially: 600 },
			),
		},
	),
};

export const paywallProperties = describeFields(paywallFields);

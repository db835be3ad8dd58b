import { choice } from '../fields/choices';

/** Which signature counts; there is no "none". */
export const signature = choice(
	{
		displayName: 'Signature',
		description: 'Which signature a callback must have; every other callback is refused',
	},
	[
		{ name: 'API Key', value: 'apiKey', description: 'Signed with the API key of the credential' },
		{
			name: 'Automatic',
			value: 'auto',
			description: 'Ed25519 if the credential has a merchant ID, else API key, else webhook secret',
		},
		{
			name: 'Ed25519',
			value: 'ed25519',
			description: 'Signed with the key that PonponPay publishes; needs the merchant ID',
		},
		{
			name: 'Webhook Secret',
			value: 'secret',
			description: 'Signed with the webhook secret; protects least against repetition',
		},
	],
	'auto',
);

import type { INodeProperties } from 'n8n-workflow';

/** Which signature counts; there is no "none". Its values are those of `Trust.signature`. */
export const signatureField: INodeProperties = {
	displayName: 'Signature',
	name: 'signature',
	type: 'options',
	default: 'auto',
	options: [
		{
			name: 'API Key',
			value: 'apiKey',
			description: 'Signed with the API key of the credential',
		},
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
	description: 'Which signature a callback must have; every other callback is refused',
};

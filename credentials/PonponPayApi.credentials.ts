import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class PonponPayApi implements ICredentialType {
	name = 'ponponPayApi';

	displayName = 'PonponPay API';

	icon: Icon = {
		light: 'file:../nodes/PonponPay/ponponpay.svg',
		dark: 'file:../nodes/PonponPay/ponponpay.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-ponponpay/n8n-nodes-ponponpay#get-an-api-key';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In the PonponPay dashboard under Developers → API keys. Keys that begin with sk_sandbox_ work with test money.',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'options',
			options: [
				{ name: 'PolyPay (api.polypay.ai)', value: 'https://api.polypay.ai' },
				{ name: 'PonponPay (api.ponponpay.com)', value: 'https://api.ponponpay.com' },
				{ name: 'Custom URL', value: 'custom' },
			],
			default: 'https://api.polypay.ai',
			description:
				'The address shown in the dashboard beside the API key. PonponPay is called PolyPay since 2026; keys work as before.',
		},
		{
			displayName: 'Custom URL',
			name: 'customUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'https://pay.example.com',
			displayOptions: { show: { host: ['custom'] } },
			description:
				'Address of your own proxy or of a local sandbox, without a path. It must start with https://, or http:// on this computer itself.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only if the dashboard shows one under Developers → Webhooks. The trigger uses it to check callbacks that are signed with it.',
		},
		{
			displayName: 'Merchant ID',
			name: 'merchantId',
			type: 'string',
			default: '',
			description:
				"Optional, in the dashboard under Settings → Merchant. When given, the trigger accepts only callbacks signed with PonponPay's Ed25519 key for this merchant.",
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{$credentials.apiKey.trim()}}' } },
	};
}

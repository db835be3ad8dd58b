import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class PonponPayApi implements ICredentialType {
	name = 'ponponPayApi';

	displayName = 'PonponPay API';

	icon: Icon = {
		light: 'file:../icons/ponponpay.svg',
		dark: 'file:../icons/ponponpay.dark.svg',
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
			placeholder: 'sk_live_…',
			description:
				'In the PonponPay dashboard under Developers → API keys. Keys with sk_sandbox_ are for test money.',
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
				'The address beside the API key in the dashboard. PonponPay is called PolyPay since 2026.',
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
				'Address of your own proxy or of a local sandbox, with https:// (or http:// on this computer)',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'whsec_…',
			description:
				'Only if the dashboard shows one under Developers → Webhooks. It proves that callbacks are real.',
		},
		{
			displayName: 'Merchant ID',
			name: 'merchantId',
			type: 'string',
			default: '',
			placeholder: 'M100001',
			description:
				'In the dashboard under Settings → Merchant. Given, only callbacks signed with Ed25519 are accepted.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether nodes with this credential may only look things up. Triggers then need Registration "Manual".',
		},
		{
			displayName: 'Highest Order Amount',
			name: 'highestOrderAmount',
			type: 'string',
			default: '',
			placeholder: '500',
			description:
				'The most that one order may ask for, by people and AI agents alike. Empty for no limit.',
		},
		{
			displayName: 'Highest Refund Amount',
			name: 'highestRefundAmount',
			type: 'string',
			default: '',
			placeholder: '50',
			description: 'The most that one refund may send back. Empty for no limit.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{$credentials.apiKey.trim()}}' } },
	};
}

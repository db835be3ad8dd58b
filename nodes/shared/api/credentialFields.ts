import { cases, optional } from '../fields/compose';
import { choice, toggle } from '../fields/choices';
import { amount } from '../fields/numbers';
import { apiHost, knownId, secret } from '../fields/texts';

/** What the credential `PonponPayApi` asks for. */
export const credentialFields = {
	apiKey: secret({
		displayName: 'API Key',
		placeholder: 'sk_live_…',
		description:
			'In the PonponPay dashboard under Developers → API keys. Keys with sk_sandbox_ are for test money.',
	}),
	host: cases(
		choice(
			{
				displayName: 'Host',
				description:
					'The address beside the API key in the dashboard. PonponPay is called PolyPay since 2026.',
			},
			[
				{ name: 'PolyPay (api.polypay.ai)', value: 'https://api.polypay.ai' },
				{ name: 'PonponPay (api.ponponpay.com)', value: 'https://api.ponponpay.com' },
				{ name: 'Custom URL', value: 'custom' },
			],
			'https://api.polypay.ai',
		),
		{
			'https://api.polypay.ai': {},
			'https://api.ponponpay.com': {},
			custom: {
				customUrl: apiHost({
					displayName: 'Custom URL',
					placeholder: 'https://pay.example.com',
					description:
						'Address of your own proxy or of a local sandbox, with https:// (or http:// on this computer)',
				}),
			},
		},
	),
	webhookSecret: optional(
		secret({
			displayName: 'Webhook Secret',
			placeholder: 'whsec_…',
			description:
				'Only if the dashboard shows one under Developers → Webhooks. It proves that callbacks are real.',
		}),
	),
	merchantId: optional(
		knownId({
			displayName: 'Merchant ID',
			placeholder: 'M100001',
			description:
				'In the dashboard under Settings → Merchant. Given, only callbacks signed with Ed25519 are accepted.',
		}),
	),
	readOnly: optional(
		toggle(
			{
				displayName: 'Read Only',
				description:
					'Whether nodes with this credential may only look things up. Triggers then need Registration "Manual".',
			},
			false,
		),
	),
	highestOrderAmount: optional(
		amount({
			displayName: 'Highest Order Amount',
			placeholder: '500',
			description:
				'The most that one order may ask for, by people and AI agents alike. Empty for no limit.',
		}),
	),
	highestRefundAmount: optional(
		amount({
			displayName: 'Highest Refund Amount',
			placeholder: '50',
			description: 'The most that one refund may send back. Empty for no limit.',
		}),
	),
};

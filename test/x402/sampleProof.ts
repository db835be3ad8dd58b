import { requirePrice, requirementsFor } from '../../nodes/shared/x402/requirement';
import { encodeHeader } from '../../nodes/shared/x402/x402Header';

/** A proof for what the placeholders of the panel ask for, in everything but its signature. */
export function sampleProof(): string {
	const wallet = '0x52908400098527886E0F7030069857D2E4169EE7';
	const [accepted] = requirementsFor(requirePrice('Price', '0.01'), ['base'], wallet);
	return encodeHeader({
		x402Version: 2,
		accepted,
		payload: {
			signature: `0x${'11'.repeat(65)}`,
			authorization: {
				from: `0x${'22'.repeat(20)}`,
				to: wallet,
				value: accepted.amount,
				validAfter: '0',
				validBefore: String(Math.floor(Date.now() / 1000) + 60),
				nonce: `0x${'33'.repeat(32)}`,
			},
		},
	});
}

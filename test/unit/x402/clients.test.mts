import { startServer } from '../../engine/harness/server.mts';
import { makeBuyer } from '../../x402/buyer.mts';
import { PAYING_CLIENTS } from '../../x402/clients.mts';
import { paymentRequired } from '../../../nodes/shared/x402/paymentRequired';
import { readProof, refuseUntimely, type PaymentProof } from '../../../nodes/shared/x402/proof';
import { requirePrice, requirementsFor } from '../../../nodes/shared/x402/requirement';
import { encodeHeader } from '../../../nodes/shared/x402/x402Header';

const SHOP = '0x52908400098527886E0F7030069857D2E4169EE7';
const requirements = requirementsFor(requirePrice('Price', '0.01'), ['base', 'polygon'], SHOP);

describe.each(Object.entries(PAYING_CLIENTS))('%s', (_name, clientOf) => {
	it('understands what is asked for, and pays it as we read it', async () => {
		const proofs: PaymentProof[] = [];
		const buyer = makeBuyer('client');
		const server = await startServer(({ headers }, response) => {
			const url = `${server.url}/answer`;
			const proof = readProof(headers, { requirements, url });
			if ('reason' in proof) {
				const asked = paymentRequired({ url, description: '', mimeType: '' }, requirements, 'pay');
				response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(asked) });
				response.end(JSON.stringify(asked));
			} else {
				proofs.push(proof);
				response.end('paid');
			}
		});
		try {
			const answer = await clientOf(buyer)(`${server.url}/answer`);
			expect(answer).toMatchObject({ status: 200, text: 'paid' });
			expect(proofs).toHaveLength(1);
			expect(proofs[0]).toMatchObject({
				payer: buyer.address.toLowerCase(),
				requirement: { network: 'eip155:8453' },
			});
			expect(refuseUntimely(proofs[0], Math.floor(Date.now() / 1000))).toBeUndefined();
		} finally {
			await server.close();
		}
	});
});

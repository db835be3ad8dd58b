import {
	API_PREFIX,
	ENDPOINTS,
	JWKS_PATH,
	type Endpoint,
} from '../../../nodes/shared/api/endpoints';

/** The table of the contract, section 3, written out once more: path, standing, effect, and what it answers. */
const CONTRACT = `
/order/add               published create an order
/order/checkout          published create a checkout link
/order/detail            published read   an order
/order/cancel            published change an order
/payment-methods         published read   a list of payment methods
/merchant/detail         published read   a merchant
/order/list              inferred  read   a list of orders
/transaction/list        inferred  read   a list of transactions
/transaction/detail      inferred  read   a transaction
/transaction/statistics  inferred  read   statistics
/refund/add              inferred  create a refund
/refund/detail           inferred  read   a refund
/refund/list             inferred  read   a list of refunds
/refund/cancel           inferred  change a refund
/dispute/list            inferred  read   a list of disputes
/dispute/detail          inferred  read   a dispute
/dispute/respond         inferred  change a dispute
/dispute/accept          inferred  change a dispute
/webhook/list            inferred  read   a list of webhooks
/webhook/add             inferred  change a webhook
/webhook/delete          inferred  change nothing
`;

const lines = (text: string) =>
	text
		.trim()
		.split('\n')
		.map((line) => line.split(/\s+/).join(' '))
		.sort();

describe('the endpoints', () => {
	it('are those of the contract', () => {
		const table: Endpoint[] = Object.values(ENDPOINTS);
		const ours = table.map(
			({ path, standing, effect, answers }) => `${path} ${standing} ${effect} ${answers.name}`,
		);
		expect(ours.sort()).toEqual(lines(CONTRACT));
	});

	it('stand below the prefix under which all published ones exist; the key set does not', () => {
		expect(API_PREFIX).toBe('/api/v1/pay/sdk');
		expect(JWKS_PATH).toBe('/api/v1/pay/public/webhook-jwks');
	});
});

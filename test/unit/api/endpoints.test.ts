import {
	API_PREFIX,
	ENDPOINTS,
	JWKS_PATH,
	type Endpoint,
} from '../../../nodes/shared/api/endpoints';

/** The table of the contract, section 3, written out once more: path, standing, effect, and whether it has `data`. */
const CONTRACT = `
/order/add               published create data
/order/checkout          published create data
/order/detail            published read   data
/order/cancel            published change data
/payment-methods         published read   data
/merchant/detail         published read   data
/order/list              inferred  read   data
/transaction/list        inferred  read   data
/transaction/detail      inferred  read   data
/transaction/statistics  inferred  read   data
/refund/add              inferred  create data
/refund/detail           inferred  read   data
/refund/list             inferred  read   data
/refund/cancel           inferred  change data
/dispute/list            inferred  read   data
/dispute/detail          inferred  read   data
/dispute/respond         inferred  change data
/dispute/accept          inferred  change data
/webhook/list            inferred  read   data
/webhook/add             inferred  change data
/webhook/delete          inferred  change -
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
			({ path, standing, effect, hasData }) =>
				`${path} ${standing} ${effect} ${hasData ? 'data' : '-'}`,
		);
		expect(ours.sort()).toEqual(lines(CONTRACT));
	});

	it('that create something name the id of what was created', () => {
		const created = (Object.values(ENDPOINTS) as Endpoint[])
			.filter(({ effect, createdId }) => effect === 'create' || createdId !== undefined)
			.map(({ path, createdId }) => `${path} ${createdId}`);
		expect(created).toEqual([
			'/order/add trade_id',
			'/order/checkout trade_id',
			'/refund/add refund_id',
		]);
	});

	it('stand below the prefix under which all published ones exist; the key set does not', () => {
		expect(API_PREFIX).toBe('/api/v1/pay/sdk');
		expect(JWKS_PATH).toBe('/api/v1/pay/public/webhook-jwks');
	});
});

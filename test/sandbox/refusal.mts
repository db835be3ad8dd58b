/** The codes of the answer envelope. The first four are published; the others are our guess. */
export const CODE = {
	success: 0,
	parameter: 10001,
	signature: 10002,
	orderNotFound: 10003,
	orderState: 10004,
	quota: 10005,
	noWallet: 10006,
	refundNotFound: 10007,
	refundState: 10008,
	disputeNotFound: 10009,
	disputeState: 10010,
	transactionNotFound: 10011,
	webhookNotFound: 10012,
} as const;

/**
 * The API understands and says no: an envelope with a code other than 0.
 *
 * Its HTTP status is 200 unless the refusal comes before the endpoint itself, such as a wrong key.
 */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		message: string,
		readonly httpStatus = 200,
	) {
		super(message);
		this.name = 'Refusal';
	}
}

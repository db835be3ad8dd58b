import { firstText, type WireObject } from './wire';

/** The account that an API key belongs to. */
export type Merchant = {
	merchantId: string | null;
	name: string | null;
	status: string | null;
};

/** A merchant of the wire [P] in our shape; older hosts call the name `mch_name`. */
export function toMerchant(wire: WireObject): Merchant {
	return {
		merchantId: firstText(wire, 'mch_id', 'merchant_id'),
		name: firstText(wire, 'name', 'mch_name'),
		status: firstText(wire, 'status'),
	};
}

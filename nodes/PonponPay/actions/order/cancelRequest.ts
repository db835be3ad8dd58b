import type { OnceRequest } from '../../../shared/api/client';
import type { RequestBody } from '../../../shared/model/json';
import { toOrder } from '../../../shared/model/order';
import { wireObject } from '../output';

/** A cancellation that leaves a paid order paid: a payment that races it wins, and counts as the answer. */
export function cancelRequest(id: string, body: RequestBody): OnceRequest {
	return {
		endpoint: 'orderCancel',
		body,
		id,
		lookUp: { endpoint: 'orderDetail', body },
		// The order may have been paid meanwhile, and an earlier try may have cancelled it already.
		mayBeDone: () => true,
		judge(found) {
			const { isPaid, status } = toOrder(wireObject(found));
			return isPaid || status === 'cancelled' ? 'done' : 'notDone';
		},
	};
}

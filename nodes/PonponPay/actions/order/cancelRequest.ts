import type { OnceRequest } from '../../../shared/api/client';
import type { RequestBody } from '../../../shared/model/json';

/** A cancellation that leaves a paid order paid: a payment that races it wins, and counts as the answer. */
export function cancelRequest(id: string, body: RequestBody): OnceRequest<'orderCancel'> {
	return {
		endpoint: 'orderCancel',
		body,
		id,
		lookUp: { endpoint: 'orderDetail', body },
		// The order may have been paid meanwhile, and an earlier try may have cancelled it already.
		mayBeDone: () => true,
		judge: ({ isPaid, status }) => (isPaid || status === 'cancelled' ? 'done' : 'notDone'),
	};
}

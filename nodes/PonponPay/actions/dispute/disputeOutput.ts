import type { IDataObject } from 'n8n-workflow';

import { toDispute } from '../../../shared/model/dispute';
import type { WireObject } from '../../../shared/model/wire';

/** A dispute in our shape, with the hours left from now. */
export function disputeShape(wire: WireObject): IDataObject {
	return toDispute(wire, Date.now());
}

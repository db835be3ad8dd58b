import type { IDataObject } from 'n8n-workflow';

import { isWireObject, type WireObject } from '../../shared/model/wire';
import type { OperationContext } from './operation';

/** The API's answer as an object; anything else counts as one of which nothing is known. */
export function wireObject(data: unknown): WireObject {
	return isWireObject(data) ? data : {};
}

/** One object in our shape, or with "Simplify" off as the API sent it. */
export function objectOutput(
	context: OperationContext,
	wire: WireObject,
	simplify: (wire: WireObject) => IDataObject,
): IDataObject {
	return context.field('simplify') === false ? (wire as IDataObject) : simplify(wire);
}

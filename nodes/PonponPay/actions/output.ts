import type { IDataObject } from 'n8n-workflow';

import type { EndpointName } from '../../shared/api/endpoints';
import { readList } from '../../shared/api/list';
import type { RequestBody } from '../../shared/model/json';
import { isWireObject, type WireObject } from '../../shared/model/wire';
import type { OperationContext } from './operation';

/** The API's answer as an object; anything else counts as one of which nothing is known. */
export function wireObject(data: unknown): WireObject {
	return isWireObject(data) ? data : {};
}

/** One object in our shape, or with "Simplify" off as the API sent it. */
export function objectOutput(
	isSimplified: boolean,
	wire: WireObject,
	toShape: (wire: WireObject) => IDataObject,
): IDataObject {
	return isSimplified ? toShape(wire) : (wire as IDataObject);
}

/** The list an item asks for, each element in our shape, or with "Simplify" off as the API sent it. */
export async function listOutput(
	{ client }: OperationContext,
	endpoint: EndpointName,
	filters: RequestBody,
	idName: string,
	wanted: { howMany: number | undefined; simplify: boolean },
	toShape: (wire: WireObject) => IDataObject,
): Promise<IDataObject[]> {
	return await readList(client, {
		endpoint,
		filters,
		idName,
		keep: (wire) => objectOutput(wanted.simplify, wire, toShape),
		limit: wanted.howMany,
	});
}

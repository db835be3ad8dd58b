import type { IDataObject } from 'n8n-workflow';

import { readList, type ListEndpoint, type ListedValue } from '../../shared/api/list';
import type { Answer } from '../../shared/api/shapes/shape';
import type { RequestBody } from '../../shared/model/json';
import type { OperationContext } from './operation';

/** A thing in our shape, or with "Simplify" off as the API sent it. */
export function answerOutput<T extends IDataObject>(
	isSimplified: boolean,
	{ value, wire }: Answer<T>,
): IDataObject {
	return isSimplified ? value : (wire as IDataObject);
}

/** The list an item asks for, each element in our shape, or with "Simplify" off as the API sent it. */
export async function listOutput<N extends ListEndpoint>(
	{ client, hint }: OperationContext,
	endpoint: N,
	filters: RequestBody,
	wanted: { howMany: number | undefined; simplify: boolean },
): Promise<IDataObject[]> {
	return await readList(client, {
		endpoint,
		filters,
		keep: (element: Answer<ListedValue<N>>) =>
			answerOutput(wanted.simplify, element as Answer<ListedValue<N> & IDataObject>),
		ifIncomplete: hint,
		limit: wanted.howMany,
	});
}

import { resources } from '../../nodes/PonponPay/actions';

/** An operation, as the editor names and describes it. */
export interface ListedOperation {
	resource: string;
	name: string;
	description: string;
}

/** Every operation, in the order of the code, but each resource's preselected one first: it is what people look for. */
export function listOperations(): ListedOperation[] {
	return Object.values(resources).flatMap((resource) => {
		const { defaultOperation, operations } = resource;
		return Object.entries(operations)
			.sort(
				([left], [right]) => Number(right === defaultOperation) - Number(left === defaultOperation),
			)
			.map(([, { name, description }]) => ({ resource: resource.name, name, description }));
	});
}

import { resources } from './actions';

/** Every operation by the name it has in the README and in messages, such as "Order: Create". */
const NAMES = Object.fromEntries(
	Object.entries(resources).flatMap(([resourceValue, resource]) =>
		Object.entries(resource.operations).map(([operationValue, { name }]) => [
			`${resourceValue}.${operationValue}`,
			`${resource.name}: ${name}`,
		]),
	),
);

/** What the canvas shows below the node: the editor knows only values such as `getAll`, which mean nothing to people. */
export const OPERATION_SUBTITLE = `={{ (${JSON.stringify(NAMES)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PonponPayClient } from '../../shared/api/client';
import { collection } from '../../shared/fields/compose';
import {
	describeFields,
	readFields,
	type Fields,
	type ParameterSource,
	type Values,
} from '../../shared/fields/field';
import type { Capability } from '../capabilities';
import { requestFields } from '../requestPolicy';

/** What an operation may know of the item it works on: a client, and nothing of the engine. */
export type OperationContext = {
	readonly client: PonponPayClient;
	/** The workflow's time zone, as an IANA name. */
	readonly timezone: string;
	/**
	 * The id of something this item creates: the same each time n8n tries this item again, different for every other item.
	 *
	 * @param purpose what is created, such as `order`
	 */
	derivedId(purpose: string): string;
	/** A remark that n8n shows with the result, for what is neither a success as asked nor a failure. */
	hint(text: string): void;
	/** What only some operations need, such as files; each asks for what it uses. */
	use<T>(capability: Capability<T>): T;
};

const OPTIONS = { displayName: 'Options', placeholder: 'Add option' };

type Result = IDataObject | IDataObject[];

/** What an operation is called, and how it behaves. */
type About = {
	/** The entry in the drop-down. */
	readonly name: string;
	readonly description: string;
	/** The entry in n8n's list of actions: verb first, no article. */
	readonly action: string;
	/** Whether it calls nothing of the API, so that there is nothing to set about requests. */
	readonly isLocal?: boolean;
	/** Whether it does without the credential too. */
	readonly needsNoCredential?: boolean;
	/** Whether the node then waits for the orders that `run` gives, and sorts them to its outputs. */
	readonly waits?: boolean;
};

/** One operation: what it is called, what it asks for, what it does. One file each. */
export type Operation = About & {
	/** Its fields as the editor shows them. */
	readonly properties: INodeProperties[];
	/**
	 * Reads its fields for one item.
	 *
	 * @throws InvalidInput for a field that cannot be used
	 */
	prepare(source: ParameterSource): PreparedOperation;
};

/**
 * An operation on one item, whose fields are read.
 *
 * @returns one object, or several to become an item each
 * @throws InvalidInput before anything is sent, ApiFailure after
 */
export type PreparedOperation = (context: OperationContext) => Promise<Result>;

/**
 * Makes an operation of its fields and of what it does with their values, which it gets checked and typed.
 *
 * @param definition.options rarely needed fields, under "Options"; those about requests are added by themselves
 */
export function operation<F extends Fields, O extends Fields = Record<never, never>>({
	fields,
	options,
	run,
	...about
}: About & {
	readonly fields: F;
	readonly options?: O;
	run(values: Values<F> & { options: Values<O> }, context: OperationContext): Promise<Result>;
}): Operation & { readonly fields: F; readonly options: O } {
	const own = options ?? ({} as O);
	const shownOptions: Fields = about.isLocal === true ? own : { ...own, ...requestFields };
	const optionsField = collection(OPTIONS, shownOptions);
	const hasOptions = Object.keys(shownOptions).length > 0;
	return {
		...about,
		fields,
		options: own,
		properties: [
			...describeFields(fields),
			...(hasOptions ? optionsField.describe('options') : []),
		],
		prepare: (source) => {
			const values = readFields(fields, source);
			const given = optionsField.read('options', source) as Values<O>;
			return async (context) => await run({ ...values, options: given }, context);
		},
	};
}

export type Resource = {
	readonly name: string;
	readonly description: string;
	readonly operations: Readonly<Record<string, Operation>>;
	readonly defaultOperation: string;
};

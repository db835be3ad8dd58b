import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isWireObject } from '../shared/model/wire';

/** What webhook() tells execute() of a payment; execute() alone can ask what other processes have done for it. */
export type PaidNote = {
	readonly paymentId: string;
	/** Whether the workflow runs for it however often it comes. */
	readonly mayRunAgain: boolean;
	/** What is answered where it has been answered before, with the status 409. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: IDataObject;
};

/** Beside the fields of an item, where execute() takes it away again. */
const FIELD = 'ponponPayPaidCall';

/** The item with the note in it. */
export function withNote(item: INodeExecutionData, note: PaidNote): INodeExecutionData {
	return { ...item, json: { ...item.json, [FIELD]: note } };
}

/** @returns the item as the workflow is to see it; the note is `undefined` where webhook() has given none */
export function takeNote({ json, ...item }: INodeExecutionData): {
	item: INodeExecutionData;
	note: PaidNote | undefined;
} {
	const { [FIELD]: note, ...rest } = json;
	return {
		item: { ...item, json: rest },
		note: isNote(note) ? note : undefined,
	};
}

function isNote(value: unknown): value is PaidNote {
	return isWireObject(value) && typeof value.paymentId === 'string';
}

import type { INodeExecutionData } from 'n8n-workflow';

import type { EventIdentity } from '../shared/model/eventIdentity';
import { isWireObject } from '../shared/model/wire';
import type { TriggerSettings } from './triggerSettings';

/** What webhook() has found out about an event, for execute(), which alone can ask what other processes have seen. */
export type Admission = Pick<EventIdentity, 'seenAs' | 'rememberAs'> &
	Pick<TriggerSettings, 'duplicates' | 'late' | 'respond'> & {
		/** By what a payment is remembered that would make the event a late one; empty where none would. */
		readonly overtakenBy: readonly string[];
		/** The signed delivery, which may not come a second time. */
		readonly nonceKey?: string;
	};

/** Beside the fields of an item, where execute() takes it away again. */
const FIELD = 'ponponPayAdmission';

export function withAdmission(item: INodeExecutionData, admission: Admission): INodeExecutionData {
	return { ...item, json: { ...item.json, [FIELD]: admission } };
}

/** @returns the item as the workflow is to see it; the admission is `undefined` where webhook() has given none */
export function takeAdmission({ json, ...item }: INodeExecutionData): {
	item: INodeExecutionData;
	admission: Admission | undefined;
} {
	const { [FIELD]: admission, ...rest } = json;
	return {
		item: { ...item, json: rest },
		admission: isAdmission(admission) ? admission : undefined,
	};
}

function isAdmission(value: unknown): value is Admission {
	return isWireObject(value) && Array.isArray(value.seenAs) && Array.isArray(value.rememberAs);
}

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { ponponPayApiTest } from '../shared/api/credentialTest';
import { EVENTS_SUBTITLE } from '../shared/trigger/eventFields';
import { poll } from './poll';
import { pollProperties } from './pollFields';
import { sample } from './sample';
import { tellOnce } from './tellOnce';

export class PonponPayPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PonponPay Poll Trigger',
		name: 'ponponPayPollTrigger',
		icon: { light: 'file:../../icons/ponponpay.svg', dark: 'file:../../icons/ponponpay.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: EVENTS_SUBTITLE,
		description:
			'Asks PonponPay at intervals which orders were paid, expired or were cancelled, and starts the workflow',
		defaults: { name: 'PonponPay Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ponponPayApi', required: true, testedBy: 'ponponPayApiTest' }],
		properties: pollProperties,
	};

	methods = { credentialTest: { ponponPayApiTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}

	/** What poll() has found comes through here, in the execution that it has started; in the editor it gives a sample. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getMode() === 'manual' ? [await sample(this)] : await tellOnce(this)];
	}
}

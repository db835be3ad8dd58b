import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

const MINUTE_MS = 60_000;

/** How the node waits: one setting for all items. */
export type WaitSettings = {
	/** Absent: PonponPay's callback wakes the node. */
	pollEveryMs: number | undefined;
	/** Absent: as long as the orders themselves, and a little longer. */
	waitAtMostMs: number | undefined;
	cancelsOpen: boolean;
};

/** The field that both waiting operations have beside their own. */
export const learnByField: INodeProperties = {
	displayName: 'Learn of Payment By',
	name: 'learnBy',
	type: 'options',
	default: 'callback',
	options: [
		{
			name: 'Callback',
			value: 'callback',
			description:
				'PonponPay calls this n8n, within seconds. Needs an order created with Notify This Execution.',
		},
		{
			name: 'Polling',
			value: 'polling',
			description:
				'This n8n asks PonponPay every minute. For any order, and where PonponPay cannot reach this n8n.',
		},
	],
	description: 'How this node hears that an order was paid, expired or cancelled',
};

export const waitOptions: INodeProperties[] = [
	{
		displayName: 'Ask Every (Minutes)',
		name: 'pollEvery',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { '/learnBy': ['polling'] } },
		default: 1,
		description: 'How often PonponPay is asked; n8n itself looks once a minute',
	},
	{
		displayName: 'Cancel What Is Still Open',
		name: 'cancelOpen',
		type: 'boolean',
		default: true,
		description: 'Whether to cancel an order that nobody has paid when the time is up',
	},
	{
		displayName: 'Wait at Most (Minutes)',
		name: 'waitAtMost',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'When to give up. Without this option: two minutes after the order has expired.',
	},
];

export function readWaitSettings(context: IExecuteFunctions): WaitSettings {
	const { pollEvery, cancelOpen, waitAtMost } = context.getNodeParameter(
		'options',
		0,
		{},
	) as IDataObject;
	const isPolling = context.getNodeParameter('learnBy', 0, 'callback') === 'polling';
	return {
		pollEveryMs: isPolling ? (minutes(pollEvery) ?? MINUTE_MS) : undefined,
		waitAtMostMs: minutes(waitAtMost),
		cancelsOpen: cancelOpen !== false,
	};
}

function minutes(value: unknown): number | undefined {
	return typeof value === 'number' && value > 0 ? value * MINUTE_MS : undefined;
}

import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { createClient, loadCredential } from '../shared/api/connection';
import { toNodeError } from '../shared/api/errors';
import { readList } from '../shared/api/list';
import { itemParameters } from '../shared/fields/parameters';
import { eventOfStatus } from '../shared/model/event';
import { isWanted } from '../shared/trigger/wanted';
import { toEvent, toPolledItem } from './polledItem';
import { warnInLog } from './pollLog';
import { PATIENCE, readPollSettings } from './pollSettings';

const SAMPLE_CHOICE = 50;

/**
 * The newest order that fits the settings, or else the newest: somebody builds a workflow and needs something to see.
 *
 * @throws NodeApiError or NodeOperationError when PonponPay cannot be asked, and where there is no order yet
 */
export async function sample(context: IExecuteFunctions): Promise<INodeExecutionData> {
	try {
		const settings = readPollSettings(itemParameters(context, 0));
		const credential = await loadCredential(context);
		const orders = await readList(await createClient(context, PATIENCE), {
			endpoint: 'orderList',
			filters: {},
			keep: (order) => order,
			ifIncomplete: (sentence) => warnInLog(context, `reports: ${sentence}`),
			limit: SAMPLE_CHOICE,
		});
		const choices = orders.flatMap(({ value: order, wire: raw }) =>
			order.status === 'unknown'
				? []
				: [{ raw, event: toEvent(order, eventOfStatus(order.status)) }],
		);
		const chosen = choices.find(({ event }) => isWanted(event, settings)) ?? choices[0];
		if (chosen === undefined) {
			throw new NodeOperationError(context.getNode(), 'There is no order to show yet', {
				description:
					'Create one first, for example with the operation Order: Create of the PonponPay node.',
			});
		}
		return toPolledItem(chosen.event, credential, settings.includeRaw ? chosen.raw : undefined);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

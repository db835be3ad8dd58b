import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { LruMap } from '../shared/lruMap';
import { ownerOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';

/** What has been told of each node; it is told again in another process. */
const toldRemarks = processMemory('told remarks', (capacity) => new LruMap<true>(capacity));

/** A poll comes every minute, and what is strange stays so. */
export function warnOnce(context: IExecuteFunctions | IPollFunctions, remark: string): void {
	toldRemarks.getOrMake(`${ownerOf(context)} ${remark}`, () => {
		warnInLog(context, remark);
		return true;
	});
}

/** @param remark goes on after the name of the node */
export function warnInLog(context: IExecuteFunctions | IPollFunctions, remark: string): void {
	context.logger.warn(`PonponPay Poll Trigger "${context.getNode().name}" ${remark}`, {
		workflowId: context.getWorkflow().id,
	});
}

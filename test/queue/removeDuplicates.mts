import { node, ponponPay } from '../e2e/workflows.mts';
import type { Workflow } from '../n8n/client.mts';
import { eachInTheSameMoment, eachOnce, newKeys, type QueueStage } from './stage.mts';

const PATH = 'remove-duplicates';

/** Remove Duplicates behind n8n's own Webhook node, so that nothing else holds back what comes twice. */
export function provesRemoveDuplicates(stage: () => QueueStage): void {
	describe('Remove Duplicates', () => {
		let workflow: Workflow;

		beforeAll(async () => {
			workflow = await stage().publish(
				PATH,
				"$('Webhook').item.json.body.key",
				node('Webhook', 'n8n-nodes-base.webhook', 2, {
					httpMethod: 'POST',
					path: PATH,
					responseMode: 'lastNode',
					responseData: 'noData',
					options: {},
				}),
				ponponPay('Remove Duplicates', {
					resource: 'webhook',
					operation: 'removeDuplicates',
					dedupeKey: '={{ $json.body.key }}',
				}),
			);
		});

		const tell = async (url: string, key: string) => await stage().sender.tell(() => url, { key });

		it('lets each of 60 events pass once that both processors are told twice, the first of a new workflow', async () => {
			const keys = newKeys(60);
			const urls = stage().at(PATH);
			await Promise.all(
				[...urls, ...urls].flatMap((url) => keys.map(async (key) => await tell(url, key))),
			);
			expect(await stage().outcome(workflow, keys)).toEqual(eachOnce(keys));
		});

		it('lets one of each pair pass that both processors are told in the same moment', async () => {
			const keys = newKeys(60);
			await eachInTheSameMoment(keys, stage().at(PATH), tell);
			expect(await stage().outcome(workflow, keys)).toEqual(eachOnce(keys));
		});
	});
}

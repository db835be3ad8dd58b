import { ponponPayTrigger } from '../e2e/workflows.mts';
import type { Workflow } from '../n8n/client.mts';
import { event } from './events.mts';
import { eachInTheSameMoment, eachOnce, newKeys, type QueueStage } from './stage.mts';

const TRADE_ID = '$json.order.tradeId';

export function provesTheTrigger(stage: () => QueueStage): void {
	const trigger = (options: object) =>
		ponponPayTrigger({ events: ['order.paid', 'order.expired'], registration: 'manual', options });

	describe.each([
		['When the Workflow Has Finished', 'lastNode'],
		['Immediately', 'onReceived'],
	])('The trigger that responds %s', (_name, respond) => {
		let workflow: Workflow;
		let urls: string[];

		beforeAll(async () => {
			workflow = await stage().publish(`trigger-${respond}`, TRADE_ID, trigger({ respond }));
			urls = stage().atTrigger(workflow);
		});

		const tell = async (url: string, key: string) =>
			await stage().sender.tell(() => url, event('order.paid', key));

		it('starts one workflow for each of 60 events that both processors are told twice, the first of a new workflow', async () => {
			const keys = newKeys(60);
			await Promise.all(
				[...urls, ...urls].flatMap((url) => keys.map(async (key) => await tell(url, key))),
			);
			expect(await stage().outcome(workflow, keys)).toEqual(eachOnce(keys));
		});

		it('starts one workflow for each pair that both processors are told in the same moment', async () => {
			const keys = newKeys(60);
			await eachInTheSameMoment(keys, urls, tell);
			expect(await stage().outcome(workflow, keys)).toEqual(eachOnce(keys));
		});

		it('starts one workflow when both processors get the very same signed delivery', async () => {
			const keys = newKeys(30);
			const { sender } = stage();
			const signed = new Map(keys.map((key) => [key, sender.sign(event('order.paid', key))]));
			await eachInTheSameMoment(keys, urls, async (url, key) => {
				await sender.offer(url, signed.get(key)!);
			});
			expect(await stage().outcome(workflow, keys)).toEqual(eachOnce(keys));
		});
	});

	describe('The trigger that marks what comes late or again', () => {
		let workflow: Workflow;
		let urls: string[];

		beforeAll(async () => {
			const marks = ['$json.event', '$json.isStale', '$json.isDuplicate', TRADE_ID].join("+' '+");
			const options = { respond: 'lastNode', duplicates: 'emit' };
			workflow = await stage().publish('trigger-marks', marks, trigger(options));
			urls = stage().atTrigger(workflow);
		});

		/** At one processor; where n8n's answer never comes, next at the other. */
		const tell = async (processor: number, type: Parameters<typeof event>[0], key: string) => {
			let times = processor;
			await stage().sender.tell(() => urls[times++ % urls.length], event(type, key));
		};
		const shipped = (keys: readonly string[]) =>
			stage()
				.warehouse.effects.map(({ tradeId }) => decodeURIComponent(tradeId).split(' '))
				.filter((words) => keys.includes(words[3]));

		it('knows at one processor what was paid at the other, and what was not', async () => {
			const keys = newKeys(10);
			const [late, early] = [keys.slice(0, 5), keys.slice(5)];
			for (const key of late) {
				await tell(0, 'order.paid', key);
				await tell(1, 'order.expired', key);
			}
			for (const key of early) {
				await tell(0, 'order.expired', key);
				await tell(1, 'order.paid', key);
			}
			expect(shipped(keys)).toEqual([
				...late.flatMap((key) => [
					['order.paid', 'false', 'false', key],
					['order.expired', 'true', 'false', key],
				]),
				...early.flatMap((key) => [
					['order.expired', 'false', 'false', key],
					['order.paid', 'false', 'false', key],
				]),
			]);
		});

		it('knows at one processor what the other one has been told already', async () => {
			const keys = newKeys(5);
			for (const key of keys) {
				await tell(0, 'order.paid', key);
				await tell(1, 'order.paid', key);
			}
			expect(shipped(keys)).toEqual(
				keys.flatMap((key) => [
					['order.paid', 'false', 'false', key],
					['order.paid', 'false', 'true', key],
				]),
			);
		});
	});
}

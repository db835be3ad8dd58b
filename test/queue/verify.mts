import { node, ponponPay } from '../e2e/workflows.mts';
import { until } from '../n8n/until.mts';
import { event } from './events.mts';
import { eachInTheSameMoment, newKeys, type QueueStage } from './stage.mts';

const PATH = 'verify';

export function provesVerify(stage: () => QueueStage): void {
	it('Verify calls one delivery valid once, whichever processors get it, and a replay otherwise', async () => {
		const receive = node('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: PATH,
			responseMode: 'lastNode',
			responseData: 'noData',
			options: { rawBody: true },
		});
		const verify = ponponPay('Verify', { resource: 'webhook', operation: 'verify' });
		const verdict = "($json.isValid ? 'valid' : $json.reason)";
		const key = `${verdict}+' '+$('Webhook').item.json.body.trade_id`;
		await stage().publish(PATH, key, receive, verify);
		const keys = newKeys(30);
		const { sender } = stage();
		const signed = new Map(keys.map((each) => [each, sender.sign(event('order.paid', each))]));
		await eachInTheSameMoment(keys, stage().at(PATH), async (url, each) => {
			await sender.offer(url, signed.get(each)!);
		});
		const verdicts = () =>
			stage()
				.warehouse.effects.filter(({ line }) => line === PATH)
				.map(({ tradeId }) => decodeURIComponent(tradeId));
		await until('all verdicts', () => (verdicts().length >= 2 * keys.length ? true : undefined));
		expect(verdicts().sort()).toEqual(
			keys.flatMap((each) => [`replayed ${each}`, `valid ${each}`]).sort(),
		);
	});
}

import { createWebhook } from '../../../nodes/PonponPay/actions/webhook/createWebhook.operation';
import { fault, success } from '../api/support';
import { NOT_OFFERED, run } from './support';

const fields = { url: 'https://shop.example.com/ponponpay', events: ['order.paid'] };
const HOOK = { webhook_id: 'wh_1', url: fields.url, events: fields.events, status: 1 };
const LIST = success({ list: [HOOK], total: 1 });
const NONE = success({ list: [], total: 0 });
const LOST = fault('interrupted', 'ECONNRESET');
const REFUSED = fault('unreachable', 'ECONNREFUSED');

describe('a webhook', () => {
	it('is found after a lost answer, also where the next connections are refused', async () => {
		const { output, sent } = await run(createWebhook, fields, NONE, LOST, REFUSED, REFUSED, LIST);
		expect(output).toMatchObject({ webhookId: 'wh_1', secret: null });
		expect(sent.filter(({ path }) => path.endsWith('/webhook/add'))).toHaveLength(1);
	});

	it('is not asked for where PonponPay offers no look at those that are there', async () => {
		const making = run(createWebhook, fields, ...NOT_OFFERED);
		await expect(making).rejects.toMatchObject({ details: { kind: 'notOffered' } });
	});

	it('is not asked for where nobody answers', async () => {
		await expect(run(createWebhook, fields, REFUSED)).rejects.toMatchObject({
			details: { kind: 'unreachable' },
		});
	});
});

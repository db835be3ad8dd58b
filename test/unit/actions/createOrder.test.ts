import { createOrder } from '../../../nodes/PonponPay/actions/order/createOrder.operation';
import { success } from '../api/support';
import { run } from './support';

const CREATED = success({
	trade_id: 'P1',
	address: 'T1',
	payment_url: 'https://pay.example.com/1',
});
const RESUME = '/webhook-waiting/7/ponponpay?signature=0123456789abcdef';

const fields = (options: Record<string, unknown>, resumeUrl?: string) => ({
	amount: '25',
	currency: 'USDT',
	network: 'tron',
	options,
	resumeUrl,
});
const notifyUrlOf = async (options: Record<string, unknown>, resumeUrl?: string) => {
	const { sent } = await run(createOrder, fields(options, resumeUrl), CREATED);
	return (sent[0].body as { notify_url?: string }).notify_url;
};

describe('the address that PonponPay calls about an order', () => {
	it('is the one given, or the one that wakes this execution, or none', async () => {
		const url = 'https://n8n.example.com/webhook/1';
		expect(await notifyUrlOf({ notifyUrl: ` ${url} ` })).toBe(url);
		const resumeUrl = `https://n8n.example.com${RESUME}`;
		expect(await notifyUrlOf({ notifyExecution: true }, resumeUrl)).toBe(resumeUrl);
		expect(await notifyUrlOf({})).toBeUndefined();
	});

	it('must be one that PonponPay can reach', async () => {
		const notifyUrl = 'http://localhost:5678/webhook/1';
		await expect(run(createOrder, fields({ notifyUrl }))).rejects.toThrow(
			`Notify URL must be an address that PonponPay can reach. It is "${notifyUrl}".`,
		);
	});

	it.each([
		[
			'http://192.168.1.5:5678',
			'must be one that PonponPay can reach; where there is none, let the waiting node learn of the payment by Polling',
		],
		['http://n8n.example.com', 'must be a complete address that starts with https://'],
	])(
		'cannot be this execution at %s, and nothing of what wakes it is told',
		async (origin, rule) => {
			const making = run(createOrder, fields({ notifyExecution: true }, origin + RESUME));
			await expect(making).rejects.toThrow(
				new Error(`The address of this n8n server (WEBHOOK_URL) ${rule}. It is "${origin}".`),
			);
		},
	);
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { sampleBody } from '../../../nodes/shared/signature/sampleEvent';
import { signDelivery } from '../../../nodes/shared/signature/signDelivery';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { PaymentRequired } from '../../../nodes/shared/x402/paymentRequired';
import { encoded, makeBuyer, signPayment } from '../../x402/buyer.mts';
import { account, engine, locator } from '../action/support.mts';

type Run = (
	resource: string,
	operation: string,
	parameters?: INodeParameters,
) => Promise<IDataObject[]>;

const byTradeId = (order: IDataObject) => ({ order: locator('tradeId', String(order.tradeId)) });

/**
 * Runs every operation against the sandbox, some of them several times, so that each member has a value once.
 *
 * @returns the items each operation put out, by `<resource>/<operation>`
 */
export async function collectSamples(): Promise<Map<string, IDataObject[]>> {
	const sandbox = await startSandbox({ settings: { withEventIds: true } });
	const samples = new Map<string, IDataObject[]>();
	const share = (from: string, to: string) => samples.set(to, samples.get(from) ?? []);
	const run: Run = async (resource, operation, parameters = {}) => {
		const { outputs, error } = await engine.runNode({
			parameters: { resource, operation, ...parameters },
			credentials: account(sandbox.url, sandbox.apiKey),
		});
		if (error) throw error;
		const json = outputs.flat().map((item) => item.json);
		const name = `${resource}/${operation}`;
		samples.set(name, [...(samples.get(name) ?? []), ...json]);
		return json;
	};
	try {
		await runOrders(run, sandbox);
		await runRefunds(run, sandbox);
		await runDisputes(run, sandbox);
		await runPaywall(run, sandbox);
		await runTheRest(run, sandbox);
		// It puts out nothing before it was woken, and then the same as the other waiting operation.
		share('order/wait', 'order/createAndWait');
	} finally {
		await sandbox.close();
	}
	return samples;
}

const newOrder = {
	amount: '25',
	currency: locator('list', 'USDT'),
	network: locator('list', 'tron'),
};

async function paidOrder(
	run: Run,
	sandbox: Sandbox,
	fields: INodeParameters = newOrder,
): Promise<IDataObject> {
	const [order] = await run('order', 'create', fields);
	sandbox.orders.pay(String(order.tradeId));
	return order;
}

async function runOrders(run: Run, sandbox: Sandbox): Promise<void> {
	const paid = await paidOrder(run, sandbox);
	await run('order', 'createCheckout', { amount: '25' });
	const options = { priceCurrency: 'EUR', exchangeRate: '1.0842' };
	await run('order', 'create', { ...newOrder, options });
	await run('order', 'createCheckout', { amount: '25', options });
	await run('order', 'get', byTradeId(paid));
	await run('order', 'wait', byTradeId(paid));
	const [open] = await run('order', 'create', newOrder);
	await run('order', 'createPaymentQr', { ...byTradeId(open), source: 'order' });
	await run('order', 'cancel', byTradeId(open));
	await run('order', 'getAll', { returnAll: true });
}

async function runRefunds(run: Run, sandbox: Sandbox): Promise<void> {
	const order = byTradeId(await paidOrder(run, sandbox));
	const [sent] = await run('refund', 'create', { ...order, amount: '5' });
	sandbox.refunds.process(String(sent.refundId));
	sandbox.refunds.succeed(String(sent.refundId));
	const [stopped] = await run('refund', 'create', { ...order, amount: '5' });
	await run('refund', 'createPaymentRequest', {
		...order,
		address: 'TNpx4MRCx7ZQG4KqcQVj1oLCyW67WB67tm',
		alreadyAskedFor: '0',
	});
	const onPolygon = { ...newOrder, network: locator('list', 'polygon') };
	await run('refund', 'createPaymentRequest', {
		...byTradeId(await paidOrder(run, sandbox, onPolygon)),
		address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
		alreadyAskedFor: '0',
	});
	await run('refund', 'cancel', { refund: locator('id', String(stopped.refundId)) });
	await run('refund', 'get', { refund: locator('id', String(sent.refundId)) });
	await run('refund', 'getAll', { returnAll: true });
	await run('order', 'getLedger');
}

async function runDisputes(run: Run, sandbox: Sandbox): Promise<void> {
	const answered = sandbox.disputes.open(String((await paidOrder(run, sandbox)).tradeId));
	const lost = sandbox.disputes.open(String((await paidOrder(run, sandbox)).tradeId));
	const byId = (disputeId: string) => ({ dispute: locator('id', disputeId) });
	await run('dispute', 'respond', { ...byId(answered.disputeId), message: 'It was delivered.' });
	await run('dispute', 'accept', { ...byId(lost.disputeId), confirm: true });
	await run('dispute', 'get', byId(answered.disputeId));
	await run('dispute', 'getAll', { returnAll: true });
}

async function runPaywall(run: Run, sandbox: Sandbox): Promise<void> {
	const resourceUrl = 'https://shop.example/webhook/answers';
	const wallet = '0x52908400098527886E0F7030069857D2E4169EE7';
	const terms = { price: '0.01', networks: ['base'], wallet, resourceUrl };
	const [{ body }] = await run('paywall', 'requirePayment', terms);
	sandbox.x402.addResource({ url: resourceUrl, method: 'GET', payTo: wallet });
	const payload = await signPayment(makeBuyer('sample'), body as unknown as PaymentRequired);
	for (const paymentSignature of [encoded(payload), 'none']) {
		await run('paywall', 'settlePayment', { ...terms, paymentSignature });
	}
}

async function runTheRest(run: Run, sandbox: Sandbox): Promise<void> {
	const [{ transactionHash }] = await run('transaction', 'getAll', { returnAll: true });
	await run('transaction', 'get', { transaction: locator('hash', String(transactionHash)) });
	await run('transaction', 'getStatistics', { groupBy: 'currency' });
	await run('transaction', 'getStatistics', { groupBy: 'day' });
	await run('merchant', 'get');
	await run('paymentMethod', 'getAll');
	const url = `${sandbox.url}/nobody-listens-here`;
	const [hook] = await run('webhook', 'create', { url, events: ['order.paid'] });
	await run('webhook', 'getAll');
	await run('webhook', 'delete', { webhookId: hook.webhookId as string });
	await run('webhook', 'sendTestEvent', { url, event: 'order.paid' });
	await runVerify(run, sandbox);
}

/** Of everything that a callback may be about, and of one that is not genuine. */
async function runVerify(run: Run, sandbox: Sandbox): Promise<void> {
	const now = Math.floor(Date.now() / 1000);
	const verify = async (body: string, headers: Record<string, string>) =>
		await run('webhook', 'verify', { bodySource: 'text', body, headers: JSON.stringify(headers) });
	for (const event of ['order.paid', 'refund.succeeded', 'dispute.opened'] as const) {
		const body = sampleBody(event, { environment: 'production', id: event.slice(0, 5), now });
		const nonce = `nonce${'0'.repeat(20)}${event.slice(0, 5)}`;
		const at = { timestamp: now, nonce };
		await verify(body, signDelivery(Buffer.from(body), { apiKey: sandbox.apiKey }, at));
	}
	await verify('{}', {});
}

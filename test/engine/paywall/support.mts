import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPayPaywallTrigger } from '../../../nodes/PonponPayPaywallTrigger/PonponPayPaywallTrigger.node';
import type { PaymentRequired } from '../../../nodes/shared/x402/paymentRequired';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { decoded, encoded, makeBuyer, signPayment, type Authorization } from '../../x402/buyer.mts';
import { createEngine } from '../harness/engine.mts';
import type { Delivery, DeliveryOutcome, Trigger, TriggerSetup } from '../harness/trigger.mts';

export const SHOP_WALLET = '0x52908400098527886E0F7030069857D2E4169EE7';

export const engine = createEngine({
	nodes: [new PonponPayPaywallTrigger()],
	credentialTypes: [new PonponPayApi()],
});

/** What is typed into a paywall, with changes. */
export function paywall(changes: INodeParameters = {}): INodeParameters {
	return { price: '0.01', wallet: SHOP_WALLET, networks: ['base', 'polygon'], ...changes };
}

let workflows = 0;

/** A paywall whose address stands at the sandbox as a Resource. */
export async function openPaywall(
	sandbox: Sandbox,
	setup: TriggerSetup = {},
	method = 'GET',
): Promise<Trigger> {
	workflows += 1;
	const trigger = await engine.openTrigger({
		workflowId: `paywall-${workflows}`,
		parameters: paywall(),
		credentials: {
			ponponPayApi: { host: 'custom', customUrl: sandbox.url, apiKey: sandbox.apiKey },
		},
		onExecution: (items) => items[0][0].json,
		...setup,
	});
	sandbox.x402.addResource({ url: trigger.url, method, payTo: SHOP_WALLET });
	return trigger;
}

/** What is asked for at this address now. */
export async function askedAt(trigger: Trigger, delivery: Delivery = {}): Promise<PaymentRequired> {
	const { headers } = await trigger.deliver({ method: 'GET', ...delivery });
	return decoded<PaymentRequired>(headers['payment-required']);
}

export const buyer = makeBuyer('engine');

/** A header that pays for a call, signed by the one buyer of these tests. */
export async function proofFor(trigger: Trigger, changes?: Partial<Authorization>) {
	return encoded(await signPayment(buyer, await askedAt(trigger), changes));
}

export async function callWith(
	trigger: Trigger,
	proof: string,
	delivery: Delivery = {},
): Promise<DeliveryOutcome> {
	return await trigger.deliver({
		method: 'GET',
		...delivery,
		headers: { 'PAYMENT-SIGNATURE': proof, ...delivery.headers },
	});
}

export const jsonOf = ({ body }: DeliveryOutcome) => JSON.parse(body) as Record<string, unknown>;

export const paymentOf = ([item]: INodeExecutionData[]) =>
	item.json.payment as Record<string, unknown>;

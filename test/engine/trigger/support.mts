import type { INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPayTrigger } from '../../../nodes/PonponPayTrigger/PonponPayTrigger.node';
import { signDelivery } from '../../../nodes/shared/signature/signDelivery';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import type { CredentialData } from '../harness/credentials.mts';
import { createEngine } from '../harness/engine.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';

/** A key as real money has it, which no account knows. */
export const LIVE_KEY = 'sk_live_1a2b3c4d5e6f7081';

export const engine = createEngine({
	nodes: [new PonponPayTrigger()],
	credentialTypes: [new PonponPayApi()],
});

/** What the user typed into the credential for this sandbox, with changes. */
export function credential(
	sandbox: Pick<Sandbox, 'url' | 'apiKey'>,
	changes: Record<string, string> = {},
): CredentialData {
	const { url, apiKey } = sandbox;
	return { ponponPayApi: { host: 'custom', customUrl: url, apiKey, ...changes } };
}

/** Parameters of a trigger that PonponPay reaches by the orders' notify URL. */
export function manual(changes: INodeParameters = {}): INodeParameters {
	return { registration: 'manual', events: ['order.paid'], ...changes };
}

let workflows = 0;

/** A trigger in a workflow of its own: the memory of deliveries belongs to a workflow's trigger. */
export async function openTrigger(setup: TriggerSetup): Promise<Trigger> {
	workflows += 1;
	return await engine.openTrigger({ workflowId: `workflow-${workflows}`, ...setup });
}

/** An order at the sandbox, made as any client would; its callbacks go to the URL. */
export async function createOrder(
	sandbox: Pick<Sandbox, 'url' | 'apiKey'>,
	notifyUrl?: string,
	changes: Record<string, unknown> = {},
): Promise<string> {
	const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/order/add`, {
		method: 'POST',
		headers: { 'X-API-Key': sandbox.apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify({
			currency: 'USDT',
			network: 'tron',
			amount: 25,
			notify_url: notifyUrl,
			...changes,
		}),
	});
	const { data } = (await answer.json()) as { data: { trade_id: string } };
	return data.trade_id;
}

let nonces = 0;

/** A delivery as PonponPay signs it with the API key, with a nonce of its own. */
export function signed(apiKey: string, body: object | string, ageSeconds = 0) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	nonces += 1;
	const nonce = `nonce${String(nonces).padStart(20, '0')}`;
	const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
	return { body: text, headers: signDelivery(Buffer.from(text), { apiKey }, { timestamp, nonce }) };
}

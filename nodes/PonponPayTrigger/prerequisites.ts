import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { PonponPayClient } from '../shared/api/client';
import { loadCredential } from '../shared/api/connection';
import { isOutOfReach } from '../shared/model/publicUrl';
import { pollingNodes } from '../shared/n8n/pollingNodes';
import { TOLERANCE_SECONDS } from '../shared/signature/freshness';
import { readTriggerSettings, webhookUrl } from './triggerSettings';

/** What must be right for callbacks to arrive and to be accepted: better known when publishing than at the first payment. */

/**
 * Whether PonponPay is to call this trigger.
 *
 * @throws NodeOperationError when the address of this n8n is out of PonponPay's reach
 */
export function isHookToBeMade(context: IHookFunctions, { host }: PonponPayClient): boolean {
	if (!readTriggerSettings(context).isAutomatic) return false;
	const url = webhookUrl(context);
	if (!isOutOfReach(url, host)) return true;
	throw new NodeOperationError(
		context.getNode(),
		`PonponPay cannot reach this n8n, because the internet does not know ${new URL(url).origin}`,
		{
			description: isListeningForTest(context)
				? SAMPLE_ADVICE
				: 'Set WEBHOOK_URL in the settings of n8n to an address that it knows, restart n8n and publish again; or use the PonponPay Poll Trigger, which needs none. With Registration on Manual, the address is up to you.',
		},
	);
}

/** Whether somebody in the editor waits for one event, at the test URL. */
function isListeningForTest(context: IHookFunctions): boolean {
	return context.getActivationMode() === 'manual';
}

const SAMPLE_ADVICE =
	'To try the workflow, set Registration to Manual, listen again, and let the operation Webhook: Send Test Event of another workflow send a sample to the Test URL.';

/** What a person is told where PonponPay registers nothing: the address, and the ways to go on. */
export function registrationNotOffered(context: IHookFunctions): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		'PonponPay does not offer to register webhooks on this account or host, so nothing would call this trigger',
		{
			description: isListeningForTest(context)
				? SAMPLE_ADVICE
				: `Set Registration to Manual, enter ${webhookUrl(context)} in the PonponPay dashboard under Developers → Webhooks, or as the Notify URL of your orders, and publish again. Or use the PonponPay Poll Trigger, which needs no webhook.`,
		},
	);
}

/**
 * A signature the user insists on needs what it is checked with.
 *
 * @throws NodeOperationError when the credential lacks it
 */
export async function requireWorkingSignature(
	context: IHookFunctions,
	isHookToBeMade: boolean,
): Promise<void> {
	const { signature } = readTriggerSettings(context);
	const { merchantId, webhookSecret } = await loadCredential(context);
	if (signature === 'ed25519' && merchantId === '') {
		throw new NodeOperationError(
			context.getNode(),
			'The signature Ed25519 needs the Merchant ID in the PonponPay credential',
			{ description: 'Enter it there, or set Options → Signature to Automatic.' },
		);
	}
	if (signature === 'secret' && webhookSecret === '' && !isHookToBeMade) {
		throw noSecret(context);
	}
	const needsHookSecret = merchantId === '' && (signature === 'auto' || signature === 'secret');
	if (isHookToBeMade && needsHookSecret && !isListeningForTest(context)) requireSafeSecret(context);
}

/** @throws NodeOperationError where another trigger of the workflow would put back an older secret of the hook, or none */
function requireSafeSecret(context: IHookFunctions): void {
	const [poller] = pollingNodes(context);
	if (poller === undefined) return;
	throw new NodeOperationError(
		context.getNode(),
		`The trigger "${poller}" of this workflow would make n8n forget the secret of the webhook that this trigger registers`,
		{
			description:
				'Set Options → Signature to API Key or, with a Merchant ID in the credential, to Ed25519: both need no such secret. Or put the two triggers into workflows of their own.',
		},
	);
}

export function noSecret(context: IHookFunctions): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		'The signature Webhook Secret needs the Webhook Secret in the PonponPay credential',
		{ description: 'Enter it there, or set Options → Signature to Automatic.' },
	);
}

/**
 * A clock that is wrong makes every callback look too old, or from the future.
 *
 * @param client one that PonponPay has answered
 * @throws NodeOperationError when the two clocks differ by more than callbacks may
 */
export function requireRightClock(context: IHookFunctions, client: PonponPayClient): void {
	// The webhook secret signs no time.
	if (readTriggerSettings(context).signature === 'secret') return;
	const { secondsAhead = 0 } = client;
	if (Math.abs(secondsAhead) <= TOLERANCE_SECONDS) return;
	const minutes = Math.round(Math.abs(secondsAhead) / 60);
	const side = secondsAhead > 0 ? 'behind' : 'ahead of';
	throw new NodeOperationError(
		context.getNode(),
		`The clock of this n8n server is ${minutes} minutes ${side} that of PonponPay, so every callback would be refused`,
		{
			description: `Set the clock of the server, then publish again. At most ${TOLERANCE_SECONDS / 60} minutes may lie between the two.`,
		},
	);
}

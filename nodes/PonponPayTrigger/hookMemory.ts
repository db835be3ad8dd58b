import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** The hook this trigger has registered at PonponPay. */
export type OwnHook = {
	id: string;
	/** The secret PonponPay returned with it; empty where it returned none. */
	secret: string;
};

type Context = IHookFunctions | IWebhookFunctions;

/**
 * What an earlier activation stored.
 *
 * Static data travels with an exported workflow. The hook counts as ours only where it was stored by this very trigger:
 * the copy must neither use nor remove the hook of the original.
 */
export function recallHook(context: Context): OwnHook | undefined {
	const { webhookId, webhookSecret, webhookOwner } = context.getWorkflowStaticData('node');
	if (typeof webhookId !== 'string' || webhookOwner !== owner(context)) return undefined;
	return { id: webhookId, secret: typeof webhookSecret === 'string' ? webhookSecret : '' };
}

export function rememberHook(context: Context, hook: OwnHook): void {
	const stored: IDataObject = {
		webhookId: hook.id,
		webhookSecret: hook.secret,
		webhookOwner: owner(context),
	};
	Object.assign(context.getWorkflowStaticData('node'), stored);
}

export function forgetHook(context: Context): void {
	const data = context.getWorkflowStaticData('node');
	delete data.webhookId;
	delete data.webhookSecret;
	delete data.webhookOwner;
}

function owner(context: Context): string {
	return [context.getInstanceId(), context.getWorkflow().id, context.getNode().id].join('/');
}

import type { Hook } from '../../state/hooks.mts';
import type { Endpoints } from './endpoint.mts';

export const WEBHOOK_ENDPOINTS: Endpoints = {
	'/webhook/list': ({ world, account }) => ({ list: world.hooks.of(account).map(listedHook) }),

	'/webhook/add': ({ world, account, input }) => {
		const url = input.requiredUrl('url');
		const hook = world.hooks.add(account, url, input.texts('events'), world.clock.now());
		return { webhook_id: hook.id, url: hook.url, events: hook.events, secret: hook.secret };
	},

	'/webhook/delete': ({ world, account, input }) => {
		world.hooks.remove(world.hooks.find(account, input.requiredText('webhook_id')));
		return null;
	},
};

/** The secret is shown once, when the hook is added. */
function listedHook({ id, url, events }: Hook) {
	return { webhook_id: id, url, events, status: 1 };
}

import type { INode, INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPayPollTrigger } from '../../../nodes/PonponPayPollTrigger/PonponPayPollTrigger.node';
import { PonponPayTrigger } from '../../../nodes/PonponPayTrigger/PonponPayTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createEngine } from '../harness/engine.mts';
import { jsonAnswer, startServer, unreachableUrl, type Answer } from '../harness/server.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';
import { createOrder, credential, openTrigger } from './support.mts';

type StoredHook = { url: string; id: string; secret: string };

/** What the trigger has stored of the hooks that it registered. */
function storedHooks(trigger: Trigger): StoredHook[] {
	const { webhooks } = trigger.nodeData() as { webhooks: string };
	return (JSON.parse(webhooks) as { hooks: StoredHook[] }).hooks;
}

describe('Automatic registration', () => {
	let sandbox: Sandbox;
	const open: Trigger[] = [];

	beforeEach(async () => (sandbox = await startSandbox()));
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (trigger) => await trigger.close()));
		await sandbox.close();
	});

	const openAt = async (setup: TriggerSetup = {}) => {
		const trigger = await openTrigger({
			parameters: { events: ['order.paid'] },
			credentials: credential(sandbox),
			...setup,
		});
		open.push(trigger);
		return trigger;
	};
	const urls = () => sandbox.hooks.all().map(({ url }) => url);
	const register = async (url: string, events = ['order.paid']) => {
		const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/webhook/add`, {
			method: 'POST',
			headers: { 'X-API-Key': sandbox.apiKey, 'Content-Type': 'application/json' },
			body: JSON.stringify({ url, events }),
		});
		const { data } = (await answer.json()) as { data: { webhook_id: string } };
		return data.webhook_id;
	};

	it('makes one hook with the URL and events, and keeps its id and secret', async () => {
		const trigger = await openAt({ parameters: { events: ['order.paid', 'order.expired'] } });
		const { error } = await trigger.activate();
		expect(error).toBeUndefined();
		const [hook, ...others] = sandbox.hooks.all();
		expect(others).toEqual([]);
		expect(hook).toMatchObject({ url: trigger.url, events: ['order.paid', 'order.expired'] });
		expect(storedHooks(trigger)).toMatchObject([
			{ url: trigger.url, id: hook.webhookId, secret: hook.secret },
		]);
	});

	it('lets registered callbacks start the workflow, also when only their secret can be checked', async () => {
		sandbox.settings.signatures = { A: true, B: false, C: false };
		const trigger = await openAt();
		await trigger.activate();
		sandbox.orders.pay(await createOrder(sandbox));
		await sandbox.deliveries.settled();
		expect(trigger.executions).toMatchObject([[{ json: { event: 'order.paid' } }]]);
	});

	describe('beside another trigger that n8n asks at intervals', () => {
		const poller: INode = {
			id: 'poller',
			name: 'Look for payments',
			type: 'n8n-nodes-ponponpay.ponponPayPollTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const both = createEngine({
			nodes: [new PonponPayTrigger(), new PonponPayPollTrigger()],
			credentialTypes: [new PonponPayApi()],
		});
		const beside = async (options: INodeParameters, changes: Record<string, string> = {}) => {
			const trigger = await both.openTrigger({
				workflowId: `beside-${JSON.stringify([options, changes])}`,
				parameters: { events: ['order.paid'], options },
				credentials: credential(sandbox, changes),
				others: [poller],
			});
			open.push(trigger);
			return (await trigger.activate()).error;
		};

		it.each(['auto', 'secret'])(
			'is refused where its secret would count, which n8n would forget: %s',
			async (signature) => {
				const error = await beside({ signature });
				expect(error?.message).toContain('The trigger "Look for payments" of this workflow would');
				expect(error?.message).toContain('Set Options → Signature to API Key');
				expect(sandbox.hooks.all()).toEqual([]);
			},
		);

		it.each([
			['API Key', { signature: 'apiKey' }, {}],
			['Ed25519', { signature: 'ed25519' }, { merchantId: '10001' }],
			['Automatic with a Merchant ID', {}, { merchantId: '10001' }],
		])('is made where no secret is needed: %s', async (_name, options, changes) => {
			expect(await beside(options, changes)).toBeUndefined();
			expect(sandbox.hooks.all()).toHaveLength(1);
		});
	});

	it('changes nothing while everything is as it should be', async () => {
		const trigger = await openAt();
		await trigger.activate();
		const before = sandbox.hooks.all();
		sandbox.requests.clear();
		expect((await trigger.activate()).result).toBe(true);
		expect(sandbox.hooks.all()).toEqual(before);
		// The sandbox tells no total, so that one more page has to be asked for.
		expect(sandbox.requests.countsByEndpoint()).toEqual({ '/webhook/list': 2 });
	});

	it('with a credential for reading only says to register by hand, and sends no change', async () => {
		const readOnly = (data = credential(sandbox)) => ({
			ponponPayApi: { ...data.ponponPayApi, readOnly: true },
		});
		const trigger = await openAt({ credentials: readOnly() });
		const { error } = await trigger.activate();
		expect(error?.message).toContain('The PonponPay credential is for reading only');
		expect(error?.message).toContain('Set Registration to Manual');
		expect(Object.keys(sandbox.requests.countsByEndpoint())).toEqual(['/webhook/list']);

		const parameters = { events: ['order.paid'], registration: 'manual' };
		const manual = await openAt({ parameters, credentials: readOnly() });
		expect((await manual.activate()).error).toBeUndefined();
		expect(sandbox.hooks.all()).toEqual([]);
	});

	it('makes a new hook when the old one was deleted in the dashboard', async () => {
		const trigger = await openAt();
		await trigger.activate();
		sandbox.hooks.remove(sandbox.hooks.all()[0].webhookId);
		await trigger.activate();
		expect(urls()).toEqual([trigger.url]);
	});

	it('replaces the hook when the events have changed', async () => {
		const trigger = await openAt();
		await trigger.activate();
		trigger.edit({ parameters: { events: ['order.expired'] } });
		await trigger.activate();
		expect(sandbox.hooks.all()).toMatchObject([{ url: trigger.url, events: ['order.expired'] }]);
	});

	it.each([1, 2])('replaces hooks of its own whose secret was lost (%i of them)', async (count) => {
		const trigger = await openAt();
		for (let index = 0; index < count; index += 1) await register(trigger.url);
		await trigger.activate();
		const [hook, ...others] = sandbox.hooks.all();
		expect(others).toEqual([]);
		expect(storedHooks(trigger)).toMatchObject([{ secret: hook.secret }]);
	});

	it('never touches a hook with another URL', async () => {
		const trigger = await openAt();
		const foreign = [`${trigger.url}/`, `${trigger.url}?a=1`, 'http://127.0.0.1:9/other'];
		for (const url of foreign) await register(url);
		await trigger.activate();
		expect(urls()).toEqual([...foreign, trigger.url]);
		await trigger.deactivate();
		expect(urls()).toEqual(foreign);
	});

	it('of a copied database leaves the hook of the original alone, and names it', async () => {
		const original = await openAt({ workflowId: 'moved' });
		await original.activate();
		const [{ id: webhookId }] = storedHooks(original);
		const copy = await openAt({ workflowId: 'moved', staticData: original.staticData });
		const { logs } = await copy.activate();
		expect(urls()).toEqual([original.url, copy.url]);
		const told = logs.map(({ message }) => message).join(' ');
		expect(told).toContain(`webhook ${webhookId} at ${original.url}, and leaves that one alone`);
		expect(told).toContain('If this n8n has moved, delete it');
		await copy.deactivate();
		expect(urls()).toEqual([original.url]);
	});

	it('of a copied database withdraws nothing of the original when it is only stopped', async () => {
		const original = await openAt({ workflowId: 'stopped' });
		await original.activate();
		const copy = await openAt({ workflowId: 'stopped', staticData: original.staticData });
		await copy.deactivate();
		expect(urls()).toEqual([original.url]);
	});

	it('of an n8n that shares the live database leaves the other what it lives by', async () => {
		const one = await openAt({ workflowId: 'shared' });
		await one.activate();
		const other = await openAt({ workflowId: 'shared', staticData: one.staticData });
		await other.activate();
		const [first, second] = sandbox.hooks.all();
		const stored = [first, second].map(({ url, webhookId: id, secret }) => ({ url, id, secret }));
		expect(storedHooks(other)).toMatchObject(stored);
		await other.deactivate();
		expect(storedHooks(other)).toMatchObject(stored.slice(0, 1));
	});

	it('of a copied workflow leaves the hook of the original alone', async () => {
		const original = await openAt({ workflowId: 'original', webhookId: 'aaaa' });
		await original.activate();
		const copy = await openAt({
			workflowId: 'copy',
			webhookId: 'bbbb',
			staticData: original.staticData,
		});
		await copy.activate();
		expect(urls()).toEqual([original.url, copy.url]);
		await copy.deactivate();
		expect(urls()).toEqual([original.url]);
	});

	it('keeps the test URL and the production URL apart', async () => {
		const production = await openAt({ workflowId: 'both' });
		await production.activate();
		const test = await openAt({ workflowId: 'both', isTest: true });
		await test.activate();
		expect(urls()).toEqual([production.url, test.url]);
		await test.deactivate();
		expect(urls()).toEqual([production.url]);
	});

	it('removes the hook on deactivation and forgets it', async () => {
		const trigger = await openAt();
		await trigger.activate();
		expect((await trigger.deactivate()).result).toBe(true);
		expect(urls()).toEqual([]);
		expect(trigger.nodeData()).toEqual({});
	});

	it('is content on deactivation when the hook is gone already', async () => {
		const trigger = await openAt();
		await trigger.activate();
		sandbox.hooks.remove(sandbox.hooks.all()[0].webhookId);
		const { result, logs } = await trigger.deactivate();
		expect(result).toBe(true);
		expect(logs).toEqual([]);
	});

	it('removes the hook on deactivation even when its id was lost', async () => {
		const trigger = await openAt();
		await trigger.activate();
		trigger.staticData = {};
		await trigger.deactivate();
		expect(urls()).toEqual([]);
	});

	it('removes the hook after a switch to manual registration', async () => {
		const trigger = await openAt();
		await trigger.activate();
		trigger.edit({ parameters: { registration: 'manual', events: ['order.paid'] } });
		expect((await trigger.activate()).result).toBe(true);
		expect(urls()).toEqual([]);
	});

	it('is remembered for the next time when PonponPay cannot be reached on deactivation', async () => {
		const trigger = await openAt();
		await trigger.activate();
		trigger.edit({
			credentials: credential({ url: await unreachableUrl(), apiKey: sandbox.apiKey }),
		});
		const { result, error, logs } = await trigger.deactivate();
		expect([result, error]).toEqual([false, undefined]);
		expect(logs).toMatchObject([{ level: 'warn' }]);
		expect(logs[0].message).toContain('dashboard');
		trigger.edit({
			credentials: credential(sandbox),
			parameters: { events: ['order.expired'] },
		});
		await trigger.activate();
		expect(sandbox.hooks.all()).toMatchObject([{ url: trigger.url, events: ['order.expired'] }]);
	});

	it.each([true, false])(
		'leaves the hook that a person has entered before changing to Manual, withdrawn before: %s',
		async (isWithdrawn) => {
			const trigger = await openAt();
			await trigger.activate();
			const entered = await register(trigger.url);
			if (isWithdrawn) await trigger.deactivate();
			trigger.edit({ parameters: { registration: 'manual', events: ['order.paid'] } });
			expect((await trigger.activate()).error).toBeUndefined();
			expect(sandbox.hooks.all().map(({ webhookId }) => webhookId)).toEqual([entered]);
		},
	);

	it('goes on with a rotated key of the same account', async () => {
		const trigger = await openAt();
		await trigger.activate();
		const apiKey = sandbox.keys.rotateApiKey();
		trigger.edit({ credentials: credential({ url: sandbox.url, apiKey }) });
		expect((await trigger.activate()).error).toBeUndefined();
		expect(urls()).toEqual([trigger.url]);
	});
});

describe('When the clock of this n8n server is wrong', () => {
	const activateBeside = async (clockOffset: number, options = {}) => {
		const sandbox = await startSandbox({ settings: { clockOffset } });
		const trigger = await openTrigger({
			parameters: { events: ['order.paid'], options },
			credentials: credential(sandbox),
		});
		const first = await trigger.activate();
		const hooks = sandbox.hooks.all();
		// As when it was right once: nothing is to be done, but nothing would come either.
		const again = await trigger.activate();
		await trigger.close();
		await sandbox.close();
		return { errors: [first, again].map(({ error }) => error?.message), hooks };
	};

	it.each([
		[7200, '120 minutes behind'],
		[-3600, '60 minutes ahead of'],
	])('by %i seconds, activation stops and says so', async (clockOffset, words) => {
		const { errors, hooks } = await activateBeside(clockOffset);
		for (const message of errors) {
			expect(message).toContain(`The clock of this n8n server is ${words} that of PonponPay`);
			expect(message).toContain('Set the clock of the server');
		}
		expect(hooks).toEqual([]);
	});

	it('but not by more than callbacks may be, it is right enough', async () => {
		expect((await activateBeside(280)).errors).toEqual([undefined, undefined]);
	});

	it('it does not matter to the webhook secret, which signs no time', async () => {
		const { errors, hooks } = await activateBeside(7200, { signature: 'secret' });
		expect(errors).toEqual([undefined, undefined]);
		expect(hooks).toHaveLength(1);
	});
});

describe('Manual registration', () => {
	it('asks PonponPay for nothing', async () => {
		const sandbox = await startSandbox();
		const trigger = await openTrigger({
			parameters: { registration: 'manual', events: ['order.paid'] },
			credentials: credential(sandbox),
		});
		expect((await trigger.activate()).result).toBe(true);
		expect((await trigger.deactivate()).result).toBe(true);
		expect(sandbox.requests.count()).toBe(0);
		await trigger.close();
		await sandbox.close();
	});
});

describe('When registration is not possible', () => {
	const key = ['sk', 'live', '0123456789abcdef'].join('_');

	const activateAt = async (url: string, setup: TriggerSetup = {}) => {
		const trigger = await openTrigger({
			parameters: { events: ['order.paid'] },
			credentials: credential({ url, apiKey: key }),
			...setup,
		});
		const outcome = await trigger.activate();
		await trigger.close();
		return { ...outcome, url: trigger.url, nodeData: trigger.nodeData() };
	};
	const answering = async (answer: Answer) => {
		const server = await startServer(answer);
		const outcome = await activateAt(server.url).finally(server.close);
		return { ...outcome, paths: server.requests.map(({ path }) => path.split('/').pop()) };
	};

	it.each([
		['404', jsonAnswer({ code: 404, message: 'route not found' }, 404)],
		['405', jsonAnswer({ message: 'method not allowed' }, 405)],
		['"route not found"', jsonAnswer({ code: 10001, message: 'Route not found' })],
	])(
		'because PonponPay answers %s, activation stops with the address and the ways out',
		async (_w, answer) => {
			const { result, error, url, nodeData } = await answering(answer);
			expect(result).not.toBe(true);
			expect(error?.message).toMatch(/^PonponPay does not offer to register webhooks/);
			expect(error?.message).toContain(`Set Registration to Manual, enter ${url} in`);
			expect(error?.message).toContain('PonponPay Poll Trigger');
			expect(nodeData).toEqual({});
		},
	);

	it('the editor does not listen for what never comes, and points to Send Test Event', async () => {
		const server = await startServer(jsonAnswer({ code: 404, message: 'route not found' }, 404));
		const { error } = await activateAt(server.url, { isTest: true }).finally(server.close);
		expect(error?.message).toMatch(/^PonponPay does not offer to register webhooks/);
		expect(error?.message).toContain('Send Test Event');
	});

	it('activation stops when the key is refused, and says what to check', async () => {
		const { error, nodeData } = await answering(jsonAnswer({ code: 401, message: 'no' }, 401));
		// n8n shows nothing but the message to whoever publishes.
		expect(error?.message).toContain('does not accept the API key. Check the API Key');
		expect(nodeData).toEqual({});
	});

	it('activation stops when PonponPay refuses the URL, and says why', async () => {
		const { error, paths } = await answering(({ path }, response) =>
			path.endsWith('/list')
				? jsonAnswer({ code: 0, data: { list: [] } })({} as never, response)
				: jsonAnswer({ code: 10001, message: 'url must be public' })({} as never, response),
		);
		expect(error?.message).toContain('url must be public');
		expect(paths).toEqual(['list', 'list', 'add']);
	});

	it('activation stops when PonponPay cannot be reached', async () => {
		const { error } = await activateAt(await unreachableUrl());
		expect(error?.message).toContain('No connection to PonponPay');
	});

	it('activation stops where PonponPay cannot reach this n8n, and says what to do', async () => {
		const { error, url, nodeData } = await activateAt('https://pay.invalid');
		const { origin } = new URL(url);
		expect(error?.message).toContain(
			`PonponPay cannot reach this n8n, because the internet does not know ${origin}. Set WEBHOOK_URL`,
		);
		expect(error?.message).toContain('PonponPay Poll Trigger');
		expect(nodeData).toEqual({});
	});

	it('nor does the editor listen there: with Manual, Send Test Event can reach this n8n', async () => {
		const { error } = await activateAt('https://pay.invalid', { isTest: true });
		expect(error?.message).toMatch(/^PonponPay cannot reach this n8n/);
		expect(error?.message).toContain('set Registration to Manual, listen again');
		const parameters = { events: ['order.paid'], registration: 'manual' };
		const listening = await activateAt('https://pay.invalid', { parameters, isTest: true });
		expect(listening.result).toBe(true);
	});

	it('with manual registration the address is the user’s own business', async () => {
		const parameters = { events: ['order.paid'], registration: 'manual' };
		expect((await activateAt('https://pay.invalid', { parameters })).result).toBe(true);
	});

	it('activation leaves no hook behind whose making was not confirmed', async () => {
		const hooks: string[] = [];
		let url = '';
		const { error } = await answering(({ path, body }, response) => {
			if (path.endsWith('/add')) {
				({ url } = JSON.parse(body) as { url: string });
				hooks.push(url);
				response.destroy();
				return;
			}
			if (path.endsWith('/delete')) hooks.pop();
			const list = hooks.map((each) => ({ webhook_id: 'h1', url: each, events: ['order.paid'] }));
			jsonAnswer({ code: 0, data: { list } })({} as never, response);
		});
		expect(error?.message).toContain('connection to PonponPay broke');
		expect(url).not.toBe('');
		expect(hooks).toEqual([]);
	});

	it.each([
		['Ed25519', { signature: 'ed25519' }, 'Merchant ID'],
		['the webhook secret', { signature: 'secret' }, 'Webhook Secret'],
	])('activation stops when the credential lacks what %s needs', async (_what, options, words) => {
		const parameters = { events: ['order.paid'], registration: 'manual', options };
		const { error } = await activateAt('http://127.0.0.1:9', { parameters });
		expect(error?.message).toContain(words);
	});

	it('activation stops for a minimum amount that is none', async () => {
		const parameters = { events: ['order.paid'], onlyFor: { minimumAmount: 'ten' } };
		const { error } = await activateAt('http://127.0.0.1:9', { parameters });
		expect(error?.message).toContain('Minimum Amount');
	});

	it('activation tells in the log where a thousand may have been meant', async () => {
		const parameters = { registration: 'manual', onlyFor: { minimumAmount: '1.234' } };
		const { logs } = await activateAt('http://127.0.0.1:9', { parameters });
		expect(logs.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(/: Minimum Amount: 1\.234 was read as 1 and a fraction/),
		);
	});

	it('messages never contain the key', async () => {
		const { error } = await answering(jsonAnswer({ code: 10001, message: `bad key ${key}` }));
		expect(JSON.stringify(error) + String(error?.stack)).not.toContain(key);
	});
});

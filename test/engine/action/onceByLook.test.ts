import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { jsonAnswer, startServer, type LoopbackServer } from '../harness/server.mts';
import { account, createOrder, engine, locator } from './support.mts';

/** What has no ID of ours is done once all the same, although its answer was lost on the way. */
describe('After a lost answer, tried again,', () => {
	let sandbox: Sandbox;
	let between: LoopbackServer;
	let lost: string[];

	beforeEach(async () => {
		sandbox = await startSandbox();
		lost = [];
		between = await startServer((request, response) => {
			const { path, headers, body } = request;
			const key = { 'X-API-Key': String(headers['x-api-key']), 'Content-Type': 'application/json' };
			void fetch(`${sandbox.url}${path}`, { method: 'POST', headers: key, body })
				.then(async (answer) => (await answer.json()) as object)
				.then((answer) => {
					const isLost = lost.some((end) => path.endsWith(end));
					if (isLost) response.destroy();
					else jsonAnswer(answer)(request, response);
				});
		});
	});
	afterEach(async () => {
		await between.close();
		await sandbox.close();
	});

	type Outcome = Awaited<ReturnType<typeof engine.runNode>>;
	const hintsOf = ({ runData }: Outcome) =>
		(runData.PonponPay[0].hints ?? []).map(({ message }) => message).join(' ');
	const run = async (parameters: object) =>
		await engine.runNode({
			parameters: { ...parameters, options: { mostTries: 1 } } as never,
			credentials: account(between.url, sandbox.apiKey),
		});

	it('one webhook is there', async () => {
		const create = {
			resource: 'webhook',
			operation: 'create',
			url: `${sandbox.url}/hook`,
			events: ['order.paid', 'order.expired'],
		};
		lost = ['/webhook/add'];
		const first = await run(create);
		lost = [];
		const again = await run(create);
		expect([first.error, again.error]).toEqual([undefined, undefined]);
		const hooks = sandbox.hooks.all();
		expect(hooks).toHaveLength(1);
		expect(again.json).toMatchObject([{ webhookId: hooks[0].webhookId, secret: null }]);
		expect(hintsOf(again)).toContain('was there already for this URL');
		await run({ ...create, events: ['order.paid'] });
		expect(sandbox.hooks.all()).toHaveLength(2);
	});

	it('a message stands once in the dispute', async () => {
		const { tradeId } = (await run(createOrder())).json[0];
		sandbox.orders.pay(String(tradeId));
		const { disputeId } = sandbox.disputes.open(String(tradeId), 'Wrong colour');
		const respond = {
			resource: 'dispute',
			operation: 'respond',
			dispute: locator('id', disputeId),
			message: 'It was blue in the picture, too',
		};
		lost = ['/dispute/respond'];
		const first = await run(respond);
		lost = [];
		const again = await run(respond);
		expect([first.error, again.error]).toEqual([undefined, undefined]);
		expect(hintsOf(again)).toContain('has this message already');
		const own = sandbox.disputes.get(disputeId).messages.map(({ text }) => text);
		expect(own).toEqual(['Wrong colour', respond.message]);
	});
});

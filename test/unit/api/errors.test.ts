import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { ENDPOINTS } from '../../../nodes/shared/api/endpoints';
import { explain, toNodeError } from '../../../nodes/shared/api/errors';
import type { FailureDetails, FailureKind } from '../../../nodes/shared/api/failure';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { failure, HOST } from './support';

const KINDS: Record<FailureKind, Partial<FailureDetails>> = {
	refused: { httpStatus: 200, code: 10001, detail: 'amount is invalid' },
	mismatch: { httpStatus: 200, detail: 'its amount is 9 instead of 10' },
	blocked: { httpStatus: 403 },
	unauthorized: { httpStatus: 401, code: 10002, detail: 'invalid key' },
	notOffered: { httpStatus: 404 },
	rateLimited: { httpStatus: 429, retryAfterMs: 90_000, tries: 3, triedForMs: 12_400 },
	unavailable: { httpStatus: 503, tries: 6, triedForMs: 31_000 },
	interrupted: { detail: 'ECONNRESET' },
	unreadable: { httpStatus: 200, detail: 'the answer is a web page' },
	redirected: { httpStatus: 307 },
	unreachable: { detail: 'ENOTFOUND' },
	cancelled: {},
};

const kinds = Object.keys(KINDS) as FailureKind[];
const cases = kinds.flatMap((kind) =>
	[ENDPOINTS.orderDetail, ENDPOINTS.refundList].flatMap((endpoint) =>
		[undefined, 'shop-1'].flatMap((unclearId) =>
			[KINDS[kind], { httpStatus: KINDS[kind].httpStatus }].map((more) => ({
				name: [kind, endpoint.path, unclearId ?? 'clear', ...Object.keys(more)].join(' '),
				given: failure(kind, { ...more, unclearId }, endpoint),
			})),
		),
	),
);

describe('an answer that is something else', () => {
	it('is told by what it should have been', () => {
		const told = explain(failure('unreadable', { httpStatus: 200, expected: 'an order' }));
		expect(told.message).toBe("PonponPay's answer is not an order");
		expect(told.description).toContain('If it stays so, check the host');
		const tried = { expected: 'an order', code: 0, tries: 2, triedForMs: 300 };
		const { description } = explain(failure('unreadable', tried));
		expect(description).toContain('Tried 2 times within a second.');
		expect(description).not.toContain('Code 0');
		const change = failure('unreadable', { expected: 'a refund' }, ENDPOINTS.refundCancel);
		expect(explain(change).description).toContain('look how things stand');
	});

	it('is told by what differs', () => {
		const { message } = explain(failure('mismatch', { detail: 'its amount is 9 instead of 10' }));
		expect(message).toContain('something else than was asked for: its amount is 9 instead of 10');
	});

	it('is a firewall’s where it is a web page', () => {
		expect(explain(failure('blocked', { httpStatus: 403 })).message).toContain('firewall');
	});

	it('is a missing permission where the key is good elsewhere', () => {
		const details = { httpStatus: 403, isKeyAccepted: true };
		const { message } = explain(failure('notOffered', details, ENDPOINTS.refundList));
		expect(message).toBe('PonponPay does not offer /api/v1/pay/refund/list to this API key');
	});
});

describe('what the user reads', () => {
	it.each(cases)('names endpoint and host, and is plain language: $name', ({ given }) => {
		const { message, description } = explain(given);
		expect(message).toMatch(/^[A-Z].*[^.\s]$/);
		expect(description).toMatch(/^[A-Z].*\.$/);
		expect(description).toContain(given.details.endpoint.path);
		expect(description).toContain(HOST);
		const all = `${message}. ${description}`;
		expect(all).not.toMatch(/error|problem|fail/i);
		expect(all).not.toMatch(/undefined|null|NaN|\[object|\.\.|\s{2}/);
	});

	const told = (kind: FailureKind, more: Partial<FailureDetails> = {}) => {
		const { message, description } = explain(failure(kind, { ...KINDS[kind], ...more }));
		return `${message}. ${description}`;
	};
	const WHERE = `Endpoint: /api/v1/pay/order/detail at ${HOST}.`;

	it('keeps PonponPay’s words, its code and the field they are about', () => {
		expect(told('refused')).toBe(
			`PonponPay refused: amount is invalid. Code 10001. This concerns: Amount. ${WHERE}`,
		);
		expect(told('refused', { detail: 'mch_order_id and notify_url are wrong' })).toContain(
			'This concerns: Merchant Order ID, Notify URL.',
		);
		expect(told('refused', { detail: 'the networking is down' })).not.toContain('concerns');
		expect(told('refused', { detail: undefined })).toContain('refused: it gave no reason.');
	});

	it('says what to do about what is not there, and about a plan that is used up', () => {
		const notThere = told('refused', { code: 10003, detail: 'order not found' });
		expect(notThere).toContain('refused: order not found. Check the ID: ');
		const refund = failure(
			'refused',
			{ code: 10007, detail: 'refund not found' },
			ENDPOINTS.refundDetail,
		);
		expect(explain(refund).description).toContain('Check the ID: ');
		const method = failure('refused', { code: 1, detail: 'wallet not found' }, ENDPOINTS.orderAdd);
		expect(explain(method).description).not.toContain('Check the ID');

		const usedUp = told('refused', { code: 10005, detail: 'monthly order quota exceeded' });
		expect(usedUp).toContain('choose a larger plan in the PonponPay dashboard');
		expect(told('refused')).not.toContain('dashboard');
	});

	it('prefers what was found out about this very refusal', () => {
		const advice = 'Choose Tron.';
		expect(told('refused', { code: 10003, detail: 'order not found', advice })).toContain(
			'refused: order not found. Choose Tron. Code 10003.',
		);
	});

	it('sends the owner of a refused key to credential and host', () => {
		expect(told('unauthorized')).toBe(
			`PonponPay does not accept the API key. Check the API Key in the PonponPay credential, and that it belongs to the host chosen there. PonponPay said: invalid key. Code 10002. ${WHERE}`,
		);
	});

	it('says of an unpublished endpoint that it is one, and what to do instead', () => {
		const inferred = explain(failure('notOffered', { httpStatus: 404 }, ENDPOINTS.refundList));
		expect(inferred.message).toBe(
			'PonponPay does not offer /api/v1/pay/refund/list on this account or host',
		);
		expect(inferred.description).toContain('not published its endpoint');
		expect(inferred.description).toContain('API Request of the PonponPay node');
		expect(inferred.description).toContain('dashboard');
		const tried = `${ENDPOINTS.refundList.path} and ${ENDPOINTS.refundList.legacyPath} at ${HOST}`;
		expect(inferred.description).toContain(`${tried} were tried`);
		expect(told('notOffered')).toBe(
			`This host does not offer the PonponPay API. Check the host in the PonponPay credential. Endpoint: /api/v1/pay/order/detail and /api/v1/pay/sdk/order/detail at ${HOST}.`,
		);
	});

	it('says of an MCP server that is not there that it is one', () => {
		const endpoint = {
			...ENDPOINTS.orderList,
			path: '/mcp (list_orders)',
			standing: 'mcp',
		} as const;
		const { message, description } = explain(failure('notOffered', {}, endpoint));
		expect(message).toBe('PonponPay does not offer its MCP server on this account or host');
		expect(description).toContain(`/mcp (list_orders) at ${HOST} was tried`);
	});

	it('says of a path of the user’s own that nothing is there, and what to check', () => {
		const own = { path: '/api/v1/pay/ordr/list', legacyPath: '/api/v1/pay/sdk/ordr/list' };
		const endpoint = { ...ENDPOINTS.orderList, ...own, standing: 'asked' } as const;
		const { message, description } = explain(failure('notOffered', {}, endpoint));
		expect(message).toBe('PonponPay has no /api/v1/pay/ordr/list');
		expect(description).toContain(`${own.path} and ${own.legacyPath} at ${HOST} were tried`);
		expect(description).toContain('Check the Path letter by letter, and the Method');
		const whole = { ...endpoint, legacyPath: undefined };
		const { description: ofWhole } = explain(failure('notOffered', {}, whole));
		expect(ofWhole).toContain(`${own.path} at ${HOST} was tried`);
	});

	it('says how often and how long it was tried, and how long PonponPay asks to wait', () => {
		expect(told('rateLimited')).toContain(
			'Tried 3 times in 12 seconds. PonponPay asks to wait 90 seconds.',
		);
		expect(told('unavailable')).toContain('(HTTP status 503)');
		expect(told('unavailable')).toContain('Tried 6 times in 31 seconds.');
		expect(told('unavailable', { tries: 1 })).not.toContain('Tried');
	});

	it('does not advise to repeat what may have been done', () => {
		for (const kind of ['unavailable', 'interrupted', 'unreadable'] as const) {
			const change = explain(failure(kind, KINDS[kind], ENDPOINTS.webhookAdd)).description;
			expect(change).toContain('look how things stand before you run it again');
			expect(change).not.toContain('Run it again');
			expect(told(kind)).not.toContain('carried it out');
		}
		expect(told('unavailable')).toContain('Run it again in a few minutes.');
	});

	it('does not put words into PonponPay’s mouth', () => {
		expect(told('interrupted')).toContain('The connection reported: ECONNRESET.');
		expect(told('unreachable')).toContain('The connection reported: ENOTFOUND.');
		expect(told('unreadable')).toContain('What came: the answer is a web page. HTTP status 200.');
		for (const kind of ['interrupted', 'unreachable', 'unreadable'] as const) {
			expect(told(kind, { unclearId: 'shop-1' })).not.toContain('PonponPay said');
		}
	});

	it('does not double the full stop of PonponPay’s sentence', () => {
		expect(told('unauthorized', { detail: 'Invalid key.' })).toContain(
			'PonponPay said: Invalid key. Code 10002.',
		);
	});

	it('names the id of a request that nobody confirmed, and why it did not come back', () => {
		const { message, description } = explain(
			failure('unavailable', { ...KINDS.unavailable, unclearId: 'n8n-1042-1-abc' }),
		);
		expect(message).toBe('PonponPay did not confirm the request for "n8n-1042-1-abc"');
		expect(description).toContain('Look it up by this ID first');
		expect(description).toContain('PonponPay is not available right now (HTTP status 503).');
		expect(told('refused', { unclearId: 'shop-1' }).match(/amount is invalid/g)).toHaveLength(1);
	});
});

describe('what n8n is given', () => {
	const node: INode = {
		id: 'e1a7d7c6-0f59-4d6f-8a0f-1f0f3c6b7d05',
		name: 'PonponPay',
		type: 'n8n-nodes-ponponpay.ponponPay',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};

	it('carries message, description, status, endpoint and item of a failed call', () => {
		const given = failure('refused', KINDS.refused);
		const nodeError = toNodeError(node, given, 3);
		expect(nodeError).toBeInstanceOf(NodeApiError);
		const { message, description } = explain(given);
		expect(nodeError).toMatchObject({
			message,
			description,
			httpCode: '200',
			context: { itemIndex: 3 },
		});
		expect(nodeError.node.name).toBe('PonponPay');
	});

	it.each(kinds)('says of %s what we say, not what n8n would', (kind) => {
		const given = failure(kind, KINDS[kind]);
		expect(toNodeError(node, given)).toMatchObject(explain(given));
	});

	it('holds nothing but plain facts: no request, no header, no cause', () => {
		const stored = JSON.parse(JSON.stringify(toNodeError(node, failure('refused', KINDS.refused))));
		expect(stored.cause ?? {}).not.toHaveProperty('config');
		expect(JSON.stringify(stored)).not.toMatch(/x-api-key|authorization|headers/i);
	});

	it('names the field of something that cannot be sent', () => {
		const nodeError = toNodeError(node, new InvalidInput('Amount', 'ten', 'must be a number'), 2);
		expect(nodeError).toBeInstanceOf(NodeOperationError);
		expect(nodeError).toMatchObject({
			message: 'Amount must be a number. It is "ten".',
			context: { itemIndex: 2 },
		});
	});

	it('leaves n8n’s own as they are', () => {
		const operation = new NodeOperationError(node, 'no');
		expect(toNodeError(node, operation, 1)).toBe(operation);
		const api = toNodeError(node, failure('cancelled'));
		expect(toNodeError(node, api, 1)).toBe(api);
	});

	it('makes something readable of everything else', () => {
		expect(toNodeError(node, new TypeError('x is not a function'), 1)).toMatchObject({
			message: 'x is not a function',
			context: { itemIndex: 1 },
		});
		expect(toNodeError(node, 'thrown text').message).toBe('thrown text');
	});
});

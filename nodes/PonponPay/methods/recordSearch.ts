import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { PonponPayClient } from '../../shared/api/client';
import { createClient } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/errors';
import { readPage, type LeafedTo, type ListedValue } from '../../shared/api/list';

/** The "From list" of orders, refunds, disputes and webhooks: newest first, searchable by what they show. */

/** Orders: the shop's id, amount, currency, status, age, trade id. */
export async function searchOrders(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'orderList', filter, paginationToken, (order) => {
		const { tradeId, merchantOrderId, amount, currency, status, createdAt } = order;
		return record(tradeId, merchantOrderId, [amount, currency, status], createdAt);
	});
}

export async function searchRefunds(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'refundList', filter, paginationToken, (refund) => {
		const { refundId, merchantRefundId, amount, currency, status, createdAt } = refund;
		return record(refundId, merchantRefundId, [amount, currency, status], createdAt);
	});
}

export async function searchDisputes(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'disputeList', filter, paginationToken, (dispute) => {
		const { disputeId, merchantOrderId, amount, currency, status, createdAt } = dispute;
		return record(disputeId, merchantOrderId, [amount, currency, status], createdAt);
	});
}

/** Webhooks: their address, what they hear, their ID. */
export async function searchWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'webhookList', filter, paginationToken, (webhook) => {
		const { webhookId, url, events } = webhook;
		if (webhookId === null) return undefined;
		const name = [url ?? '?', events.join(', '), webhookId]
			.filter((part) => part !== '')
			.join(' · ');
		return { name, value: webhookId, createdAt: 0 };
	});
}

type RecordList = 'orderList' | 'refundList' | 'disputeList' | 'webhookList';

type Record = INodeListSearchItems & { value: string; createdAt: number };

const PAGE_SIZE = 100;
const START: LeafedTo = { page: 1, seen: 0, lastFirst: '' };
/** A search looks through so many pages before it shows what it has; the list offers to look further. */
const MOST_PAGES = 5;

async function searchRecords<N extends RecordList>(
	context: ILoadOptionsFunctions,
	endpoint: N,
	filter: string | undefined,
	paginationToken: string | undefined,
	toRecord: (value: ListedValue<N>) => Record | undefined,
): Promise<INodeListSearchResult> {
	try {
		const client = await createClient(context, { mostTries: 2, totalMs: 15_000 });
		return await readRecords(client, endpoint, filter, paginationToken, toRecord);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function readRecords<N extends RecordList>(
	client: PonponPayClient,
	endpoint: N,
	filter = '',
	paginationToken: string | undefined,
	toRecord: (value: ListedValue<N>) => Record | undefined,
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	let leafed = paginationToken === undefined ? START : (JSON.parse(paginationToken) as LeafedTo);
	for (let pages = 1; ; pages += 1) {
		const { elements, next } = await readPage(client, endpoint, leafed, PAGE_SIZE);
		const records = elements
			.map(({ value }) => toRecord(value))
			.filter((found) => found !== undefined)
			.filter(({ name }) => name.toLowerCase().includes(wanted))
			.sort((left, right) => right.createdAt - left.createdAt);
		if (records.length > 0 || next === undefined || pages === MOST_PAGES) {
			return {
				results: records.map(({ name, value }) => ({ name, value })),
				paginationToken: next === undefined ? undefined : JSON.stringify(next),
			};
		}
		leafed = next;
	}
}

function record(
	id: string | null,
	merchantId: string | null,
	details: Array<string | null>,
	createdAt: string | null,
): Record | undefined {
	if (id === null) return undefined;
	const time = createdAt === null ? 0 : Date.parse(createdAt);
	const [amount, currency, status] = details;
	// The editor shows about fifty characters: what a person knows an order by comes first.
	const parts = [merchantId ?? id, `${amount ?? '?'} ${currency ?? ''}`.trim(), status];
	if (time > 0) parts.push(age(Date.now() - time));
	if (merchantId !== null) parts.push(id);
	return { name: parts.filter((part) => part !== null).join(' · '), value: id, createdAt: time };
}

function age(milliseconds: number): string {
	const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
	if (minutes < 1) return 'just now';
	if (minutes < 60) return `${minutes} min ago`;
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { PonponPayClient } from '../../shared/api/client';
import { createClient } from '../../shared/api/connection';
import type { EndpointName } from '../../shared/api/endpoints';
import { toNodeError } from '../../shared/api/errors';
import { readPageData } from '../../shared/api/list';
import { toDispute } from '../../shared/model/dispute';
import { toOrder } from '../../shared/model/order';
import { toRefund } from '../../shared/model/refund';
import type { WireObject } from '../../shared/model/wire';

/** The "From list" of orders, refunds and disputes: newest first, searchable by id. */

/** Orders: the shop's id, amount, currency, status, age, trade id. */
export async function searchOrders(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'orderList', filter, paginationToken, (wire) => {
		const { tradeId, merchantOrderId, amount, currency, status, createdAt } = toOrder(wire);
		return record(tradeId, merchantOrderId, [amount, currency, status], createdAt);
	});
}

export async function searchRefunds(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'refundList', filter, paginationToken, (wire) => {
		const { refundId, merchantRefundId, amount, currency, status, createdAt } = toRefund(wire);
		return record(refundId, merchantRefundId, [amount, currency, status], createdAt);
	});
}

export async function searchDisputes(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchRecords(this, 'disputeList', filter, paginationToken, (wire) => {
		const dispute = toDispute(wire, Date.now());
		const { disputeId, merchantOrderId, amount, currency, status, createdAt } = dispute;
		return record(disputeId, merchantOrderId, [amount, currency, status], createdAt);
	});
}

type Record = INodeListSearchItems & { value: string; createdAt: number };

const PAGE_SIZE = 100;
/** A search looks through so many pages before it shows what it has; the list offers to look further. */
const MOST_PAGES = 5;

async function searchRecords(
	context: ILoadOptionsFunctions,
	endpoint: EndpointName,
	filter: string | undefined,
	paginationToken: string | undefined,
	toRecord: (wire: WireObject) => Record | undefined,
): Promise<INodeListSearchResult> {
	try {
		const client = await createClient(context, { mostTries: 2, totalMs: 15_000 });
		return await readRecords(client, endpoint, filter, Number(paginationToken ?? 1), toRecord);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function readRecords(
	client: PonponPayClient,
	endpoint: EndpointName,
	filter = '',
	firstPage: number,
	toRecord: (wire: WireObject) => Record | undefined,
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	for (let page = firstPage; ; page += 1) {
		const data = await client.call(endpoint, { page, page_size: PAGE_SIZE });
		const { elements, size = PAGE_SIZE } = readPageData(data);
		const records = elements
			.map(toRecord)
			.filter((found) => found !== undefined)
			.filter(({ name }) => name.toLowerCase().includes(wanted))
			.sort((left, right) => right.createdAt - left.createdAt);
		const isLast = elements.length < Math.min(size, PAGE_SIZE);
		if (records.length > 0 || isLast || page >= firstPage + MOST_PAGES - 1) {
			return {
				results: records.map(({ name, value }) => ({ name, value })),
				paginationToken: isLast ? undefined : String(page + 1),
			};
		}
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

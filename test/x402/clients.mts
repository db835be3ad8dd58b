import { wrapAxiosWithPaymentFromConfig } from '@x402/axios';
import { ExactEvmScheme } from '@x402/evm/exact/client';
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch';
import axios from 'axios';
import type { PrivateKeyAccount } from 'viem/accounts';

/** What a client that pays by itself got in the end. */
export interface PaidAnswer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** Calls an address and pays for it where that is asked for. */
export type PayingClient = (
	url: string,
	init?: { method?: string; body?: string; headers?: Record<string, string> },
) => Promise<PaidAnswer>;

const schemesOf = (buyer: PrivateKeyAccount) => ({
	schemes: [{ network: 'eip155:*' as const, client: new ExactEvmScheme(buyer) }],
});

function payingFetch(buyer: PrivateKeyAccount): PayingClient {
	const pay = wrapFetchWithPaymentFromConfig(fetch, schemesOf(buyer));
	return async (url, init) => {
		const answer = await pay(url, init);
		return {
			status: answer.status,
			headers: Object.fromEntries(answer.headers),
			text: await answer.text(),
		};
	};
}

function payingAxios(buyer: PrivateKeyAccount): PayingClient {
	const pay = wrapAxiosWithPaymentFromConfig(axios.create(), schemesOf(buyer));
	return async (url, { method = 'GET', body, headers } = {}) => {
		const answer = await pay.request<string>({
			url,
			method,
			data: body,
			headers,
			responseType: 'text',
			transformResponse: (text: string) => text,
		});
		return {
			status: answer.status,
			headers: Object.fromEntries(
				Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
			),
			text: answer.data,
		};
	};
}

/** The clients that agents use, with a wallet of ours. */
export const PAYING_CLIENTS: Readonly<Record<string, (buyer: PrivateKeyAccount) => PayingClient>> =
	{
		'@x402/fetch': payingFetch,
		'@x402/axios': payingAxios,
	};

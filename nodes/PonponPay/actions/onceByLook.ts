import type { PonponPayClient } from '../../shared/api/client';
import type { AnswerOf, EndpointName } from '../../shared/api/endpoints';
import { ApiFailure, isUnclear } from '../../shared/api/failure';
import { requireAllowed } from '../../shared/api/limits';
import type { RequestBody } from '../../shared/model/json';

/** What came of it, and whether it had been done before this request was known to do it. */
export type DoneOnce<T> = { readonly result: T; readonly wasThere: boolean };

/**
 * Does once what PonponPay knows by no ID of ours: looks first whether it is there, from an earlier try of n8n, and again
 * after an outcome that is unclear.
 *
 * @param look gives what is there; `undefined` where nothing is
 * @throws ApiFailure of the request, also where it is unclear and nothing is seen; of the look before anything is sent, also where
 *   PonponPay does not offer to look: then the next try could not know what this one has done; NotAllowed, before anything is sent
 */
export async function onceByLook<N extends EndpointName, T>(
	client: PonponPayClient,
	endpoint: N,
	body: RequestBody,
	look: () => Promise<T | undefined>,
	read: (answer: AnswerOf<N>) => T,
): Promise<DoneOnce<T>> {
	requireAllowed(client.limits, endpoint, body);
	const before = await look();
	if (before !== undefined) return { result: before, wasThere: true };
	return await client.ask(endpoint, body).then(
		(answer) => ({ result: read(answer), wasThere: false }),
		async (error: unknown) => {
			if (!(error instanceof ApiFailure) || !isUnclear(error)) throw error;
			const after = await look().catch(() => undefined);
			if (after === undefined) throw error;
			return { result: after, wasThere: true };
		},
	);
}

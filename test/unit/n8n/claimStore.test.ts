import type { IExecuteFunctions } from 'n8n-workflow';

import { ClaimStore } from '../../../nodes/shared/n8n/claimStore';

/** A store that fails so often before it records, and says each time that nobody has the key. */
function storeFailing(times: number, message = 'UNIQUE constraint failed') {
	const checkProcessedAndRecord = jest.fn(async () => await Promise.resolve({}));
	for (let count = 0; count < times; count += 1) {
		checkProcessedAndRecord.mockRejectedValueOnce(new Error(message));
	}
	const context = {
		getExecuteData: () => ({ node: { id: 'node' } }),
		helpers: {
			checkProcessedAndRecord,
			getProcessedDataCount: async () => await Promise.resolve(0),
		},
	};
	return {
		store: new ClaimStore(context as unknown as IExecuteFunctions),
		checkProcessedAndRecord,
	};
}

describe('A claim', () => {
	it('is tried again when the other one has released the key between two looks', async () => {
		const { store, checkProcessedAndRecord } = storeFailing(1);
		expect(await store.claim('key', 'owner')).toBe('mine');
		expect(checkProcessedAndRecord).toHaveBeenCalledTimes(2);
	});

	it('is another’s where n8n says so, and where it says anything else nobody guesses', async () => {
		const { store, checkProcessedAndRecord } = storeFailing(
			1,
			'Deduplication Failed: Deduplication data was originally saved with an incompatible setting',
		);
		expect(await store.claim('key', 'owner')).toBe('taken');
		expect(checkProcessedAndRecord).toHaveBeenCalledTimes(1);
	});

	it('is its owner’s where the answer to the first try was lost', async () => {
		const { store } = storeFailing(2, 'Connection terminated');
		expect(await store.claim('key', 'owner')).toBe('mine');
	});

	it('says what n8n says when its store cannot be asked', async () => {
		const { store } = storeFailing(3);
		await expect(store.claim('key', 'owner')).rejects.toThrow('UNIQUE constraint failed');
	});
});

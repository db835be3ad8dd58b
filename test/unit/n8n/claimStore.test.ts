import type { IExecuteFunctions } from 'n8n-workflow';

import { ClaimStore } from '../../../nodes/shared/n8n/claimStore';

/** A store that fails so often before it records, and says each time that nobody has the key. */
function storeFailing(times: number) {
	const checkProcessedAndRecord = jest.fn(async () => await Promise.resolve({}));
	for (let count = 0; count < times; count += 1) {
		checkProcessedAndRecord.mockRejectedValueOnce(new Error('another mode'));
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

	it('says what n8n says when its store cannot be asked', async () => {
		const { store } = storeFailing(3);
		await expect(store.claim('key', 'owner')).rejects.toThrow('another mode');
	});
});

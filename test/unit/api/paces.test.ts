import { paceOf } from '../../../nodes/shared/api/paces';

describe('What a node has learnt about the pace', () => {
	it('counts in its next execution', () => {
		paceOf('node-1', 0).refused(0, 1, 32);
		expect(paceOf('node-1', 1000).limit).toBe(16);
	});

	it('is none of another node’s business', () => {
		paceOf('node-2', 0).refused(0, 1, 32);
		expect(paceOf('node-3', 1000).limit).toBe(32);
	});

	it('is forgotten ten minutes after the last execution', () => {
		paceOf('node-4', 0).refused(0, 1, 32);
		expect(paceOf('node-4', 599_999).limit).toBe(16);
		expect(paceOf('node-4', 1_199_998).limit).toBe(16);
		expect(paceOf('node-4', 1_799_998).limit).toBe(32);
	});
});

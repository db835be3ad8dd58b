import {
	isPaidStatus,
	ORDER_STATUSES,
	orderPhase,
	orderStatusCode,
	parseOrderStatus,
} from '../../../nodes/shared/model/status';

/** The table of the contract, section 4, written out once more. */
const CONTRACT = [
	[0, 'checkout', 'pending'],
	[1, 'pending', 'pending'],
	[2, 'paid', 'paid'],
	[3, 'expired', 'final'],
	[4, 'cancelled', 'final'],
	[5, 'manual', 'paid'],
	[6, 'confirming', 'pending'],
	[7, 'admin_paid', 'paid'],
] as const;

describe('order status', () => {
	it.each(CONTRACT)('%i is %s and counts as %s', (code, word, phase) => {
		expect(parseOrderStatus(code)).toBe(word);
		expect(parseOrderStatus(String(code))).toBe(word);
		expect(parseOrderStatus(word)).toBe(word);
		expect(parseOrderStatus(word.toUpperCase())).toBe(word);
		expect(orderStatusCode(word)).toBe(code);
		expect(orderPhase(word)).toBe(phase);
		expect(isPaidStatus(word)).toBe(phase === 'paid');
	});

	it('knows no more than the contract', () => {
		expect(ORDER_STATUSES).toHaveLength(CONTRACT.length);
	});

	it.each([
		[8],
		[-1],
		[2.5],
		[NaN],
		['8'],
		['-1'],
		['02'],
		['2.0'],
		[' 2'],
		['payed'],
		['length'],
		['constructor'],
		[''],
		[null],
		[undefined],
		[true],
		[[2]],
		[{ status: 2 }],
	])('does not know %p, and never takes it for paid', (wire) => {
		expect(parseOrderStatus(wire)).toBeUndefined();
		expect(isPaidStatus(parseOrderStatus(wire))).toBe(false);
	});
});

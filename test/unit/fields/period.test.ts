import { period } from '../../../nodes/PonponPay/actions/fields';
import { plainSource } from '../../../nodes/shared/fields/field';

const read = (from: unknown, to: unknown) => period.read('period', plainSource({ from, to }));
const unix = (iso: string) => Date.parse(iso) / 1000;

describe('the period of a list', () => {
	it('has two ends, of which each may be left open', () => {
		const [day, next] = [unix('2026-11-22'), unix('2026-11-23')];
		expect(read('2026-11-22', '2026-11-23')).toEqual({ start_time: day, end_time: next });
		expect(read('2026-11-22', '')).toEqual({ start_time: day });
		expect(read(undefined, '2026-11-22')).toEqual({ end_time: day });
		expect(read('', undefined)).toEqual({});
	});

	it('may be one moment long, and never ends before it begins', () => {
		expect(read(1795336200, 1795336200).start_time).toBe(1795336200);
		expect(() => read('2026-11-23', '2026-11-22')).toThrow(
			'Created After must not be later than Created Before. It is "2026-11-23".',
		);
	});
});

import { isAlreadyThere, isNotFound, isUnclear } from '../../../nodes/shared/api/failure';
import { failure } from './support';

const refused = (code: number, detail?: string) => failure('refused', { code, detail });

describe('a failure', () => {
	it('leaves open whether the work was done after a 5xx, a broken connection or a strange answer', () => {
		const unclear = ['unavailable', 'interrupted', 'unreadable'] as const;
		const clear = [
			'refused',
			'unauthorized',
			'notOffered',
			'rateLimited',
			'redirected',
			'unreachable',
			'cancelled',
		] as const;
		expect(unclear.map((kind) => isUnclear(failure(kind)))).not.toContain(false);
		expect(clear.map((kind) => isUnclear(failure(kind)))).not.toContain(true);
	});

	it('means "not there" by the code, or where no code is published by its words', () => {
		expect(isNotFound(refused(10003))).toBe(true);
		expect(isNotFound(refused(10001, 'Refund not found'))).toBe(true);
		expect(isNotFound(refused(1, 'refund does not exist'))).toBe(true);
		expect(isNotFound(refused(1, 'refund doesn’t exist'))).toBe(true);
		expect(isNotFound(refused(1, 'No such refund'))).toBe(true);
		expect(isNotFound(refused(1, '订单不存在'))).toBe(true);
		expect(isNotFound(refused(10001, 'amount is invalid'))).toBe(false);
		expect(isNotFound(refused(10001))).toBe(false);
		expect(isNotFound(failure('notOffered', { detail: 'route not found' }))).toBe(false);
	});

	it.each([
		['mch_order_id already exists'],
		['Order ID already used'],
		['Duplicate order'],
		['this id is taken'],
		['mch_order_id has been used'],
		['order no exists'],
		['订单号已存在'],
		['订单号重复'],
	])('means that our id is taken: %s', (detail) => {
		expect(isAlreadyThere(refused(10001, detail))).toBe(true);
		expect(isAlreadyThere(failure('unavailable', { detail }))).toBe(false);
	});

	it('does not mean that our id is taken: anything else', () => {
		expect(isAlreadyThere(refused(10001, 'amount is invalid'))).toBe(false);
		expect(isAlreadyThere(refused(10003, 'order not found'))).toBe(false);
		expect(isAlreadyThere(refused(10001))).toBe(false);
	});

	it('says in its own message only what may be logged', () => {
		const { message, name } = failure('refused', { detail: 'no', unclearId: 'shop-1' });
		expect(name).toBe('ApiFailure');
		expect(message).toBe('/api/v1/pay/order/detail: refused');
	});
});

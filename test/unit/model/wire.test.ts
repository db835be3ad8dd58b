import { firstText, isWireObject, wireText } from '../../../nodes/shared/model/wire';

describe('reading the wire', () => {
	it('tells objects from everything else', () => {
		expect(isWireObject({})).toBe(true);
		expect([null, undefined, [], 'text', 1, true].map(isWireObject)).not.toContain(true);
	});

	it('takes numbers for texts, and nothing for an empty text', () => {
		expect(wireText('P1')).toBe('P1');
		expect(wireText(42)).toBe('42');
		expect(wireText(0)).toBe('0');
		expect(wireText(12n)).toBe('12');
		expect(['', null, undefined, true, {}, []].map(wireText)).toEqual(Array(6).fill(null));
	});

	it('takes the first name that has a value', () => {
		expect(firstText({ hash: '', tx_hash: 'abc', transaction_id: 'def' }, 'hash', 'tx_hash')).toBe(
			'abc',
		);
		expect(firstText({ other: 'abc' }, 'hash', 'tx_hash')).toBeNull();
		expect(firstText({}, 'constructor', 'toString')).toBeNull();
	});
});

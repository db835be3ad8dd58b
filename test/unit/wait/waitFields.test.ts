import { createAndWait } from '../../../nodes/PonponPay/actions/order/createAndWait.operation';
import { waitForPayment } from '../../../nodes/PonponPay/actions/order/waitForPayment.operation';

const learnByOf = ({ properties }: typeof createAndWait | typeof waitForPayment) =>
	properties.find(({ name }) => name === 'learnBy');

describe('The field Learn of Payment By', () => {
	it('says beside it when nothing will call, where the order is made by another node', () => {
		expect(learnByOf(waitForPayment)?.hint).toContain('Without Notify This Execution');
	});

	it('is followed, where this node makes the order, by what to do if the link is needed first', () => {
		const notices = createAndWait.properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayName }) => displayName)).toEqual([
			expect.stringContaining('use two nodes: <b>Create</b>, then <b>Wait for Payment</b>'),
		]);
	});

	it('does not speak of other nodes where this one makes the order', () => {
		expect(JSON.stringify(learnByOf(createAndWait))).not.toContain('Notify This Execution');
	});
});

import type { Order } from '../../../nodes/shared/model/order';
import { parseEvent } from '../../../nodes/shared/model/event';
import { Decimal } from '../../../nodes/shared/model/money';
import { isWanted } from '../../../nodes/shared/trigger/wanted';

const NOW = Date.UTC(2026, 10, 27);

/** A flat callback that tells the quantity alone, of so many coins. */
function paidWith(currency: string | undefined, quantity: string) {
	const event = parseEvent({ trade_id: 'P1', status: 2, currency, amount: quantity }, NOW);
	expect((event?.order as Order).amount).toBeNull();
	return event!;
}

const atLeast = (minimum: string) => ({
	events: ['order.paid'],
	onlyFor: {
		currencies: undefined,
		networks: undefined,
		minimumAmount: Decimal.parse(minimum)!,
	},
});

describe('A minimum amount, where a callback tells only the quantity,', () => {
	it('is compared with the quantity of a stablecoin', () => {
		expect(isWanted(paidWith('USDT', '20'), atLeast('20'))).toBe(true);
		expect(isWanted(paidWith('USDC', '19.99'), atLeast('20'))).toBe(false);
	});

	it.each(['ETH', undefined])('is not reached by coins of unknown worth (%s)', (currency) => {
		expect(isWanted(paidWith(currency, '20'), atLeast('20'))).toBe(false);
	});
});

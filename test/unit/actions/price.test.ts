import { createCheckoutLink } from '../../../nodes/PonponPay/actions/order/createCheckoutLink.operation';
import { createOrder } from '../../../nodes/PonponPay/actions/order/createOrder.operation';
import { success } from '../api/support';
import { run } from './support';

const named = (value: string) => ({ __rl: true, mode: 'id', value });

/** What was sent for a price, and what came out. */
async function priced(amount: string, options: object, more: object = {}) {
	const fields = { amount, currency: named('USDT'), network: named('tron'), options, ...more };
	const { output, sent } = await run(createOrder, fields, success({ trade_id: 'P1' }));
	return { output, body: sent[0].body as Record<string, unknown> };
}

describe('a price in another currency', () => {
	it.each([
		['100', '1.0842', 108.42],
		['100', '1.08421', 108.43],
		['99.99', '1.0842', 108.41],
		['0.1', '0.1', 0.01],
		['0.01', '0.000039', 0.01],
		['1500', 1 / 147.3, 10.19],
		['3', '1.1', 3.3],
	])(
		'of %s at %s is asked for in USD, exact, and rounded up to cents: %f',
		async (price, rate, usd) => {
			const { output, body } = await priced(price, { priceCurrency: 'eur', exchangeRate: rate });
			expect(body.amount).toBe(usd);
			expect(output).toMatchObject({
				tradeId: 'P1',
				amount: String(usd),
				price,
				priceCurrency: 'EUR',
				priceRate: String(rate),
			});
		},
	);

	it.each([{}, { priceCurrency: 'USD' }])('in USD is asked for as it is: %j', async (options) => {
		const { output, body } = await priced('12.345', options);
		expect(body.amount).toBe(12.345);
		expect(output).not.toHaveProperty('price');
	});

	it('is no part of what PonponPay sent', async () => {
		const options = { priceCurrency: 'EUR', exchangeRate: '2' };
		const { output } = await priced('10', options, { simplify: false });
		expect(output).toEqual({ trade_id: 'P1' });
	});

	it.each([
		[{ priceCurrency: 'EUR' }, 'Exchange Rate must be given with Price Currency EUR'],
		[{ exchangeRate: '1.1' }, 'Exchange Rate must be empty unless Price Currency names another'],
		[{ priceCurrency: 'USD', exchangeRate: '1' }, 'Exchange Rate must be empty unless'],
		[{ priceCurrency: 'Euro', exchangeRate: '1' }, 'Price Currency must be three letters'],
		[{ priceCurrency: 'EUR', exchangeRate: '0' }, 'Exchange Rate must be more than zero'],
		[{ priceCurrency: 'EUR', exchangeRate: '1,08' }, 'Exchange Rate must be a number'],
		[{ priceCurrency: 'EUR', exchangeRate: '1e14' }, 'Amount in USD must be an amount of money'],
	])('is refused before anything is sent: %j', async (options, sentence) => {
		await expect(priced('100', options)).rejects.toThrow(sentence);
	});
});

describe('a checkout link', () => {
	const link = async (options: object) => {
		const answer = success({ checkout_url: 'https://pay.example.com/c/1' });
		const { output, sent } = await run(createCheckoutLink, { amount: '10', options }, answer);
		return { output, body: sent[0].body as Record<string, unknown> };
	};

	it('is converted likewise', async () => {
		const { output, body } = await link({ priceCurrency: 'EUR', exchangeRate: '1.25' });
		expect(body.amount).toBe(12.5);
		expect(output).toMatchObject({ price: '10', priceCurrency: 'EUR', priceRate: '1.25' });
	});

	it.each([
		['zh', 'zh'],
		['zh-CN', 'zh'],
		['pt_BR', 'pt'],
		['EN', 'en'],
		['', undefined],
	])('takes the language %p as %p', async (locale, sent) => {
		expect((await link({ locale })).body.locale).toBe(sent);
	});

	it.each(['it', 'nl-NL', 'English', 'e'])('refuses the language %s', async (locale) => {
		await expect(link({ locale })).rejects.toThrow('Locale must be one of: ar, zh, en');
	});
});

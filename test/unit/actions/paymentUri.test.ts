import { toOrder } from '../../../nodes/shared/model/order';
import { orderWalletRequest } from '../../../nodes/PonponPay/actions/order/paymentUri';

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const SOLANA = '7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv';
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';

const request = (
	network: string,
	currency: string,
	amount: unknown,
	address: string | null = EVM,
) =>
	orderWalletRequest(
		toOrder({ trade_id: 'P1', amount: 25, actual_amount: amount, address, network, currency }),
	);

describe('the request to a wallet', () => {
	it.each([
		['ethereum', 'USDT', '0xdAC17F958D2ee523a2206206994597C13D831ec7@1', '25001200'],
		['ethereum', 'USDC', '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48@1', '25001200'],
		['bsc', 'USDT', '0x55d398326f99059fF775485246999027B3197955@56', '25001200000000000000'],
		['bsc', 'USDC', '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d@56', '25001200000000000000'],
		['polygon', 'USDT', '0xc2132D05D31c914a87C6611C10748AEb04B58e8F@137', '25001200'],
		['base', 'USDC', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453', '25001200'],
	])('on %s calls transfer of %s with the exact units', (network, currency, token, units) => {
		expect(request(network, currency, 25.0012)).toEqual({
			text: `ethereum:${token}/transfer?address=${EVM}&uint256=${units}`,
			kind: 'eip681',
		});
	});

	it.each([
		['USDT', 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB'],
		['USDC', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'],
	])('on Solana is a Solana Pay transfer of %s with the decimal amount', (currency, mint) => {
		expect(request('solana', currency, '25.0012', SOLANA)).toEqual({
			text: `solana:${SOLANA}?amount=25.0012&spl-token=${mint}`,
			kind: 'solanaPay',
		});
	});

	it.each([
		['tron', 'USDT', TRON],
		['optimism', 'USDT', EVM],
		['ethereum', 'BUSD', EVM],
		['ethereum', 'toString', EVM],
		['base', 'USDT', EVM],
		['constructor', 'USDC', EVM],
	])('on %s of %s is the address alone, no guess', (network, currency, address) => {
		expect(request(network, currency, 25.0012, address)).toEqual({
			text: address,
			kind: 'address',
		});
	});

	it('asks for the exact amount, not for the rounded one, also where a double could not hold it', () => {
		const exact = '90071992547409.930001';
		expect(request('bsc', 'USDT', exact).text).toMatch(/uint256=90071992547409930001000000000000$/);
		expect(request('ethereum', 'USDT', exact).text).toMatch(/uint256=90071992547409930001$/);
	});

	it('leaves an amount out that the token cannot express', () => {
		expect(request('ethereum', 'USDT', '1.0000001').kind).toBe('address');
	});

	it.each([
		['no address', 25.0012, null],
		['no exact amount', undefined, EVM],
	])('is refused of an order with %s', (_what, amount, address) => {
		expect(() => request('ethereum', 'USDT', amount, address)).toThrow(
			/^Order must have a wallet address and an exact amount.*take the payment link instead/,
		);
	});
});

import { readCredential } from '../../../nodes/shared/api/credential';
import { plainSource } from '../../../nodes/shared/fields/field';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';

const read = (data: Record<string, unknown>) =>
	readCredential(plainSource({ apiKey: 'sk_live_1', ...data }));

describe('the credential', () => {
	it('is read with everything in it, without surrounding space', () => {
		expect(
			read({
				apiKey: ' sk_live_1\n',
				host: 'https://api.ponponpay.com',
				customUrl: 'ignored',
				webhookSecret: ' whsec_1 ',
				merchantId: ' M1 ',
			}),
		).toEqual({
			apiKey: 'sk_live_1',
			host: 'https://api.ponponpay.com',
			webhookSecret: 'whsec_1',
			merchantId: 'M1',
			environment: 'production',
			limits: { isReadOnly: false },
		});
	});

	it('needs no more than a key: the host is PolyPay’s, secret and merchant id are empty', () => {
		expect(read({})).toEqual({
			apiKey: 'sk_live_1',
			host: 'https://api.polypay.ai',
			webhookSecret: '',
			merchantId: '',
			environment: 'production',
			limits: { isReadOnly: false },
		});
	});

	it('belongs to the sandbox when its key says so', () => {
		expect(read({ apiKey: 'sk_sandbox_1' }).environment).toBe('sandbox');
		expect(read({ apiKey: 'xsk_sandbox_1' }).environment).toBe('production');
	});

	it.each([
		['https://pay.example.com', 'https://pay.example.com'],
		['https://pay.example.com/', 'https://pay.example.com'],
		['https://pay.example.com/ponponpay//', 'https://pay.example.com/ponponpay'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://localhost:4010/', 'http://localhost:4010'],
	])('may have a host of its own: %s', (customUrl, host) => {
		expect(read({ host: 'custom', customUrl }).host).toBe(host);
	});

	it.each([
		['http://pay.example.com'],
		['pay.example.com'],
		[''],
		[undefined],
		['https://pay.example.com?region=eu'],
		['https://pay.example.com/#top'],
		['https://user:password@pay.example.com'],
	])('may not have %p as its host', (customUrl) => {
		expect(() => read({ host: 'custom', customUrl })).toThrow(InvalidInput);
		expect(() => read({ host: 'custom', customUrl })).toThrow(
			/^The Custom URL of the PonponPay credential must /,
		);
	});

	it.each(['M\u200b1', 'M1\nsandbox', 'M1\u00ad'])(
		'may not have a merchant ID with signs that nobody sees, for no callback would be from it: %j',
		(merchantId) => {
			expect(() => read({ merchantId })).toThrow(
				'The Merchant ID of the PonponPay credential must not hold line breaks or invisible characters.',
			);
		},
	);

	it('never repeats a password that stands in the custom URL', () => {
		const customUrl = 'https://user:hunter2@pay.example.com';
		expect(() => read({ host: 'custom', customUrl })).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
		);
	});

	it('takes no unprotected host, however it came into the drop-down', () => {
		expect(() => read({ host: 'http://pay.example.com' })).toThrow(InvalidInput);
		expect(() => read({ host: 'pay.example.com' })).toThrow(
			/^The Host of the PonponPay credential must /,
		);
	});

	it.each([[''], ['  '], [undefined], [null]])('is refused with %p as its key', (apiKey) => {
		expect(() => read({ apiKey })).toThrow(
			'The API Key of the PonponPay credential must be given. It is empty.',
		);
	});

	it.each([
		['apiKey', 'sk_live_\u200b1'],
		['apiKey', 'sk_live_1\n2'],
		['apiKey', 'sk live 1'],
		['apiKey', 7],
		['webhookSecret', 'whsec_\ufeff1'],
	])('is refused where its %s is %j, and never repeats it', (name, given) => {
		expect(() => read({ [name]: given })).toThrow(
			/^The (API Key|Webhook Secret) of the PonponPay credential must consist of plain letters[^"]*\.$/,
		);
	});

	it.each([
		['https://api.polypay.ai/api/v1/pay/sdk', 'https://api.polypay.ai'],
		['https://api.polypay.ai/api/v1/pay/sdk/order/add', 'https://api.polypay.ai'],
		['https://api.polypay.ai/API/v1/pay/', 'https://api.polypay.ai'],
		['https://pay.example.com/api/v1/pay/', 'https://pay.example.com'],
		['https://pay.example.com/proxy/api/v1/pay/sdk/', 'https://pay.example.com/proxy'],
		['HTTPS://Pay.Example.com', 'https://pay.example.com'],
	])('takes a custom URL with the path that PonponPay documents: %s', (customUrl, host) => {
		expect(read({ host: 'custom', customUrl }).host).toBe(host);
	});

	it.each([
		'https://user:hunter2@pay.example.com/hunter2?hunter2#hunter2',
		'http://pay.example.com/hunter2',
		'//hunter2',
	])('never repeats what may be secret in the custom URL %s', (customUrl) => {
		expect(() => read({ host: 'custom', customUrl })).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }),
		);
	});

	it('is no work to read, whatever stands in it', () => {
		const customUrl = `https://pay.example.com${'/'.repeat(100_000)}x`;
		expect(() => read({ host: 'custom', customUrl })).toThrow(InvalidInput);
	});

	it.each([['maybe'], [1], [{}]])('is refused where Read Only is %j', (readOnly) => {
		expect(() => read({ readOnly })).toThrow(
			/^The Read Only of the PonponPay credential must be true or false/,
		);
	});
});

import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import {
	isOutOfReach,
	requireCallbackUrl,
	requirePublicUrl,
} from '../../../nodes/shared/model/publicUrl';

describe('an address others will open', () => {
	it.each([
		['https://shop.example.com/thanks?order=1#top'],
		['https://shop.example.com'],
		['HTTPS://shop.example.com/'],
		['https://müller.example/ä'],
		['http://localhost:5678/webhook/1'],
		['http://127.0.0.1:5678/'],
		['http://127.8.9.10/'],
		['http://[::1]:8080/'],
	])('may be %s, and stays as it is', (url) => {
		expect(requirePublicUrl('Notify URL', url)).toBe(url);
		expect(requirePublicUrl('Notify URL', ` ${url}\n`)).toBe(url);
	});

	it.each([
		['http://shop.example.com/'],
		['http://127.0.0.1.example.com/'],
		['http://localhost.example.com/'],
		['http://10.0.0.1/'],
		['http://0.0.0.0/'],
		['ftp://shop.example.com/'],
		['javascript:alert(1)'],
		['data:text/html,hello'],
		['//shop.example.com/'],
		['/thanks'],
		['shop.example.com'],
		['https:shop.example.com'],
		['https:/shop.example.com'],
		['https://'],
		['https://shop.example.com/a b'],
		['https://shop.exa\nmple.com/'],
		['https://shop.example.com/\tthanks'],
	])('may not be %p', (url) => {
		expect(() => requirePublicUrl('Notify URL', url)).toThrow(InvalidInput);
	});

	it('tells field, rule and value', () => {
		const message = (given: unknown) => () => requirePublicUrl('Notify URL', given);
		expect(message('shop.example.com')).toThrow(
			'Notify URL must be a complete address that starts with https://. It is "shop.example.com".',
		);
		expect(message('')).toThrow(/It is empty\.$/);
		expect(message(undefined)).toThrow(/It is empty\.$/);
		expect(message(7)).toThrow(/It is "7"\.$/);
	});
});

describe('an address with letters such as "ü"', () => {
	it('is still taken when Node has compiled what checks it', () => {
		const url = 'https://müller.example/ä';
		for (let times = 0; times < 20_000; times += 1) requirePublicUrl('Notify URL', url);
	});
});

describe('an address that PonponPay is to call', () => {
	const PONPONPAY = 'https://api.polypay.ai';

	it.each([
		['http://localhost:5678/webhook/1'],
		['http://LOCALHOST./'],
		['http://shop.localhost/'],
		['http://127.0.0.1:5678/'],
		['http://127.1/'],
		['http://0.0.0.0:5678/'],
		['http://[::1]:5678/'],
		['http://[::]/'],
		['https://10.0.0.7/'],
		['https://172.16.0.1/'],
		['https://172.31.255.255/'],
		['https://192.168.178.20/'],
		['https://169.254.1.1/'],
		['https://[fd12:3456::1]/'],
		['https://[fe80::1]/'],
		['http://n8n:5678/'],
		['https://shop.local/'],
		['https://n8n.internal/'],
		['https://nas.lan/'],
		['https://nas.home.arpa/'],
		['https://n8n.fritz.box/'],
		['https://nas.home/'],
		['https://n8n.corp/'],
		['https://100.64.0.1/'],
		['https://100.127.255.254/'],
		['https://[::ffff:192.168.1.5]/'],
		['https://[::ffff:127.0.0.1]/'],
		['https://[::10.0.0.1]/'],
		['https://[64:ff9b::192.168.0.7]/'],
		['https://[fec0::1]/'],
		['https://[ff02::1]/'],
		['https://[2001:db8::1]/'],
		['https://192.0.0.8/'],
		['https://192.0.2.1/'],
		['https://198.18.0.1/'],
		['https://198.51.100.1/'],
		['https://203.0.113.1/'],
		['https://224.0.0.1/'],
		['https://255.255.255.255/'],
		['http://shopabcdefghijklmnop.onion/'],
		['https://shop.test/'],
		['https://speedport.ip/'],
	])('is out of its reach at %s, but not out of that of a stand-in nearby', (url) => {
		expect(isOutOfReach(url, PONPONPAY)).toBe(true);
		expect(isOutOfReach(url, 'http://127.0.0.1:4010')).toBe(false);
	});

	it.each([
		['https://n8n.example.com/webhook/1'],
		['http://n8n.example.com/'],
		['https://localhost.example.com/'],
		['https://11.0.0.1/'],
		['https://172.15.0.1/'],
		['https://172.32.0.1/'],
		['https://192.169.0.1/'],
		['https://[2001:db9::1]/'],
		['https://[64:ff9b::11.0.0.1]/'],
		['https://[fb00::1]/'],
		['https://198.20.0.1/'],
		['https://223.255.255.1/'],
		['https://25.0.0.1/'],
		['https://my.speedport.ip.example.com/'],
		['https://fd.example.com/'],
		['https://lan.example/'],
		['https://100.63.0.1/'],
		['https://100.128.0.1/'],
		['https://[::ffff:11.0.0.1]/'],
	])('can be reached at %s', (url) => {
		expect(isOutOfReach(url, PONPONPAY)).toBe(false);
	});

	it('is named where it is out of reach', () => {
		const use = (url: string) => () => requireCallbackUrl('Notify URL', url, PONPONPAY);
		expect(use('https://n8n.example.com/webhook/1')()).toBe('https://n8n.example.com/webhook/1');
		expect(use('http://localhost:5678/webhook/1')).toThrow(
			'Notify URL must be an address that PonponPay can reach. It is "http://localhost:5678/webhook/1".',
		);
		expect(use('n8n.example.com')).toThrow('must be a complete address');
	});
});

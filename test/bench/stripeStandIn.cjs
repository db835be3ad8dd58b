/**
 * Preloaded into n8n: its Stripe nodes know one host only, so what they send there goes to a server of ours on this machine.
 *
 * Its port stands in STRIPE_STAND_IN_PORT.
 */
const http = require('node:http');
const https = require('node:https');

const { request } = https;

https.request = (options, ...rest) =>
	options.hostname === 'api.stripe.com'
		? http.request(
				{
					...options,
					protocol: 'http:',
					host: '127.0.0.1',
					hostname: '127.0.0.1',
					port: process.env.STRIPE_STAND_IN_PORT,
					agent: undefined,
				},
				...rest,
			)
		: request(options, ...rest);

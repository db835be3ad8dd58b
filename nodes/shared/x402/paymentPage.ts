import { findNetwork, networkTitle } from '../model/network';
import { usdcText, type PaymentRequirement } from './requirement';
import type { PaymentRequired } from './paymentRequired';

const STYLE =
	'body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#222;background:#fff}code{overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .75rem}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}}';

/** What a person sees who opens the address of something that is paid by the call. */
export function paymentPage({ error, resource, accepts }: PaymentRequired): string {
	const [first] = accepts;
	const price = `${usdcText(first.amount)} USDC`;
	const networks = accepts.map(titleOf).join(', ');
	return [
		'<!doctype html><html lang="en"><head><meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width,initial-scale=1">',
		`<title>${price} for a call</title><style>${STYLE}</style></head><body>`,
		`<h1>A call costs ${price}</h1>`,
		resource.description === '' ? '' : `<p>${escaped(resource.description)}</p>`,
		'<dl>',
		`<dt>Address</dt><dd><code>${escaped(resource.url)}</code></dd>`,
		`<dt>Paid on</dt><dd>${escaped(networks)}</dd>`,
		`<dt>Paid to</dt><dd><code>${escaped(first.payTo)}</code></dd>`,
		resource.mimeType === '' ? '' : `<dt>You get</dt><dd>${escaped(resource.mimeType)}</dd>`,
		'</dl>',
		'<p>Programs and AI agents pay here by themselves, with x402: they read the header <code>PAYMENT-REQUIRED</code>, ',
		'sign the payment with their wallet and send it with the call as <code>PAYMENT-SIGNATURE</code>. ',
		'Clients such as <code>@x402/fetch</code> and <code>@x402/axios</code> do that. ',
		'Do not send money to this address by hand: it would buy nothing.</p>',
		`<p>This call: ${escaped(error)}.</p>`,
		'</body></html>',
	].join('');
}

function titleOf({ network }: PaymentRequirement): string {
	return networkTitle(findNetwork(network)?.name ?? network);
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

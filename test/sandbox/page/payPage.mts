import { findChain } from '../chain.mts';
import { formatAmount } from '../money.mts';
import { PAYMENT_METHODS } from '../state/methods.mts';
import type { SandboxSettings } from '../settings.mts';
import type { Order } from '../state/orders.mts';
import { isOpen, STATUS, statusName, statusWord } from '../state/status.mts';
import { document, html, type Html } from './html.mts';
import { button, time, tone } from './parts.mts';
import { PAGE_SCRIPT } from './script.mts';

/** What the customer sees: choose how to pay, pay. */
export function payPage(order: Order, offers: SandboxSettings['offers']): string {
	return document(
		`Pay ${order.mchOrderId}`,
		html`<main class="pay card">
				<p class="row">
					<span class="soft mono">${order.mchOrderId}</span>
					<span class="badge ${tone(order.status)}">${statusName(order.status)}</span>
				</p>
				${order.status === STATUS.checkout ? methodChoice(order, offers) : paymentDetails(order)}
			</main>
			<div id="notice" class="card bad"></div>`,
		PAGE_SCRIPT,
	);
}

/** Through the public endpoint, as on the vendor's page; the oldest hosts have none. */
function methodChoice(order: Order, offers: SandboxSettings['offers']): Html {
	const path =
		offers === 'legacy'
			? pathOf(order, 'method')
			: '/api/v1/pay/public/order/select-payment-method';
	const choices = PAYMENT_METHODS.flatMap(({ network, currencies }) =>
		currencies.map((currency) =>
			button(path, `${currency} on ${findChain(network)?.displayName ?? network}`, {
				trade_id: order.tradeId,
				currency,
				network,
			}),
		),
	);
	return html`<p class="amount">${formatAmount(order.amount)} USD</p>
		<p>How do you want to pay?</p>
		${choices}`;
}

function paymentDetails(order: Order): Html {
	const { method, redirectUrl } = order;
	return html`<p class="amount">
			${method ? formatAmount(method.actualAmount, 4) : formatAmount(order.amount)}
			${method?.currency ?? ''}
		</p>
		${
			isOpen(order.status)
				? instructions(order)
				: html`<p>${OUTCOMES[statusWord(order.status)]}</p>`
		}
		${redirectUrl === '' ? '' : html`<p><a href="${redirectUrl}">Back to the shop</a></p>`}`;
}

function instructions(order: Order): Html {
	const { method, expiresAt, redirectUrl } = order;
	const chain = method && findChain(method.network);
	return html`<p class="soft">Send exactly this amount on ${chain?.displayName ?? ''} to</p>
		<p class="mono">${method?.address ?? ''}</p>
		<p class="soft">until ${time(expiresAt)} UTC</p>
		${button(pathOf(order, 'pay'), 'Pay (no money moves)', {}, { main: true, then: redirectUrl })}`;
}

const OUTCOMES = {
	pending: '',
	paid: 'Paid. Thank you.',
	expired: 'The time to pay is over. Please order again.',
	cancelled: 'The shop has cancelled this order.',
};

function pathOf({ tradeId }: Order, action: string): string {
	return `/_sandbox/orders/${encodeURIComponent(tradeId)}/${action}`;
}

import { formatAmount } from '../money.mts';
import type { Account } from '../state/accounts.mts';
import type { Hook } from '../state/hooks.mts';
import type { Order } from '../state/orders.mts';
import { isPaid, mayBecome, STATUS, statusName, type Status } from '../state/status.mts';
import type { Delivery } from '../webhooks/outbox.mts';
import type { World } from '../world.mts';
import { document, html, type Html } from './html.mts';
import { PAGE_SCRIPT } from './script.mts';

const MOST_SHOWN = 100;

/** The page for people: what exists, and a button for everything that can happen to it. */
export function overviewPage(world: World): string {
	const orders = newestFirst(world.orders.all());
	const deliveries = newestFirst(world.outbox.all());
	return document(
		'PonponPay sandbox',
		html`<header>
				<h1>PonponPay sandbox</h1>
				<p class="soft">A PonponPay on your own machine. No money moves.</p>
			</header>
			<main>
				<p class="soft">
					Clock: ${time(world.clock.now())} UTC
					<span class="actions"
						>${[
							button('/_sandbox/clock', '+ 10 minutes', { advance: 600 }),
							button('/_sandbox/clock', '+ 1 hour', { advance: 3600 }),
							button('/_sandbox/clock', '+ 1 day', { advance: 86_400 }),
						]}</span
					>
				</p>
				<h2>Credentials</h2>
				${world.accounts.all().map(accountCard)}
				<h2>Orders (${orders.length})</h2>
				${orders.length === 0 ? html`<p class="soft">None yet. Create one in a workflow.</p>` : ''}
				${orders.slice(0, MOST_SHOWN).map(orderCard)}
				<h2>Webhooks (${world.hooks.all().length})</h2>
				${world.hooks.all().map(hookCard)}
				<h2>Deliveries (${deliveries.length})</h2>
				${deliveries.slice(0, MOST_SHOWN).map(deliveryCard)}
			</main>
			<div id="notice" class="card bad"></div>`,
		PAGE_SCRIPT,
	);
}

function newestFirst<T>(elements: readonly T[]): T[] {
	return [...elements].reverse();
}

function accountCard({ merchant, environment, apiKey }: Account): Html {
	return html`<div class="card row">
		<span>${merchant.name} <span class="soft">${merchant.id}, ${environment}</span></span>
		<code>${apiKey}</code>
	</div>`;
}

const ACTIONS: ReadonlyArray<{ path: string; label: string; leadsTo: Status }> = [
	{ path: 'pay', label: 'Pay', leadsTo: STATUS.paid },
	{ path: 'confirming', label: 'See on chain', leadsTo: STATUS.confirming },
	{ path: 'expire', label: 'Expire', leadsTo: STATUS.expired },
	{ path: 'cancel', label: 'Cancel', leadsTo: STATUS.cancelled },
	{ path: 'credit', label: 'Credit by hand', leadsTo: STATUS.manual },
	{ path: 'mark-paid', label: 'Mark paid (administrator)', leadsTo: STATUS.adminPaid },
];

function orderCard(order: Order): Html {
	const { method, payment, status } = order;
	const path = `/_sandbox/orders/${encodeURIComponent(order.tradeId)}`;
	/** Before a method is chosen, paying chooses the first one. */
	const from = status === STATUS.checkout ? STATUS.pending : status;
	const possible = ACTIONS.filter(({ leadsTo }) => mayBecome(from, leadsTo));
	return html`<div class="card" data-trade-id="${order.tradeId}">
		<div class="row">
			<span class="amount"
				>${method ? formatAmount(method.actualAmount, 4) : formatAmount(order.amount)}
				${method?.currency ?? ''}
				<span class="soft">${method?.network ?? 'no method chosen'}</span></span
			>
			<span class="badge ${tone(status)}">${statusName(status)}</span>
		</div>
		<div class="row soft">
			<span class="mono">${order.mchOrderId}</span>
			<a class="mono" href="/pay/${encodeURIComponent(order.tradeId)}">${order.tradeId}</a>
			<span>${time(order.createdAt)}</span>
		</div>
		${payment?.hash ? html`<p class="mono soft">${payment.hash}</p>` : ''}
		<div class="actions">
			${possible.map((action, index) =>
				button(`${path}/${action.path}`, action.label, {}, { main: index === 0 }),
			)}
		</div>
	</div>`;
}

function hookCard({ id, url, events }: Hook): Html {
	return html`<div class="card">
		<div class="row"><span class="mono">${url}</span><span class="soft mono">${id}</span></div>
		<p class="soft">${events.join(', ')}</p>
	</div>`;
}

const DELIVERY_TONES: Readonly<Record<Delivery['state'], string>> = {
	delivered: 'good',
	sending: 'wait',
	waiting: 'wait',
	abandoned: 'bad',
	refused: 'bad',
};

function deliveryCard(delivery: Delivery): Html {
	const last = delivery.attempts.at(-1);
	const outcome = last ? (last.status ?? last.broken ?? '') : (delivery.reason ?? '');
	return html`<div class="card">
		<div class="row">
			<span><b>${delivery.event}</b> <span class="mono soft">${delivery.subjectId}</span></span>
			<span class="badge ${DELIVERY_TONES[delivery.state]}">${delivery.state}</span>
		</div>
		<p class="mono">${delivery.url}</p>
		<p class="soft">
			${delivery.attempts.length} attempts; last:
			${outcome}${delivery.nextAttemptAt === undefined
				? ''
				: `; next: ${time(delivery.nextAttemptAt)}`}
		</p>
		<details data-id="${delivery.id}">
			<summary>Body and headers</summary>
			<pre>${delivery.body}</pre>
			${delivery.attempts.map(
				({ at, headers, status, answer, broken }) =>
					html`<pre>
${time(at)}
${Object.entries(headers)
							.map(([name, value]) => `${name}: ${value}`)
							.join('\n')}

${status ?? ''} ${broken ?? answer ?? ''}</pre
					>`,
			)}
		</details>
		<div class="actions">
			${button(`/_sandbox/deliveries/${delivery.id}/redeliver`, 'Deliver again')}
		</div>
	</div>`;
}

/** A button that posts. */
export function button(
	path: string,
	label: string,
	body: object = {},
	{ main = false, then = '' } = {},
): Html {
	return html`<button${main ? html` class="main"` : ''} data-post="${path}" data-body="${JSON.stringify(body)}"
data-then="${then}">${label}</button>`;
}

export function tone(status: Status): string {
	if (isPaid(status)) return 'good';
	return mayBecome(status, STATUS.paid) || status === STATUS.checkout ? 'wait' : 'bad';
}

export function time(unixSeconds: number): string {
	return new Date(unixSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

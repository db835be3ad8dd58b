import { formatAmount } from '../money.mts';
import type { Account } from '../state/accounts.mts';
import { isLive, type Dispute } from '../state/disputes.mts';
import type { Hook } from '../state/hooks.mts';
import type { Order } from '../state/orders.mts';
import type { Refund } from '../state/refunds.mts';
import { isPaid, mayBecome, STATUS, statusName, type Status } from '../state/status.mts';
import type { Attempt, Delivery } from '../webhooks/outbox.mts';
import { html, type Html } from './html.mts';
import { button, time, tone } from './parts.mts';

export function accountCard({ merchant, environment, apiKey }: Account): Html {
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

export function orderCard(order: Order): Html {
	const { method, payment, status } = order;
	const path = `/_sandbox/orders/${encodeURIComponent(order.tradeId)}`;
	// Before a method is chosen, paying chooses the first one.
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
			${isPaid(status) ? button(`${path}/dispute`, 'Open a dispute') : ''}
		</div>
	</div>`;
}

export function hookCard({ id, url, events }: Hook): Html {
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

export function deliveryCard(delivery: Delivery): Html {
	const last = delivery.attempts.at(-1);
	const outcome = last ? (last.status ?? last.broken ?? '') : (delivery.reason ?? '');
	return html`<div class="card">
		<div class="row">
			<span><b>${delivery.event}</b> <span class="mono soft">${delivery.subjectId}</span></span>
			<span class="badge ${DELIVERY_TONES[delivery.state]}">${delivery.state}</span>
		</div>
		<p class="mono">${delivery.url}</p>
		<p class="soft">
			${delivery.attempts.length} sent, answer: ${outcome}
			${delivery.nextAttemptAt === undefined ? '' : `, again at ${time(delivery.nextAttemptAt)}`}
		</p>
		<details data-id="${delivery.id}">
			<summary>Body and headers</summary>
			<pre>${delivery.body}</pre>
			${delivery.attempts.map((attempt) => html`<pre>${attemptText(attempt)}</pre>`)}
		</details>
		<div class="actions">
			${button(`/_sandbox/deliveries/${delivery.id}/redeliver`, 'Deliver again')}
		</div>
	</div>`;
}

function attemptText({ at, headers, status, answer, broken }: Attempt): string {
	const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return [time(at), ...sent, '', `${status ?? ''} ${broken ?? answer ?? ''}`].join('\n');
}

const REFUND_TONES: Readonly<Record<Refund['status'], string>> = {
	pending: 'wait',
	processing: 'wait',
	succeeded: 'good',
	failed: 'bad',
	cancelled: 'bad',
};

export function refundCard({ id, order, method, amount, address, status }: Refund): Html {
	const path = `/_sandbox/refunds/${id}`;
	const isLive = status === 'pending' || status === 'processing';
	return html`<div class="card">
		<div class="row">
			<span class="amount">${formatAmount(amount)} ${method.currency}</span>
			<span class="badge ${REFUND_TONES[status]}">${status}</span>
		</div>
		<div class="row soft">
			<span class="mono">${id}</span>
			<span class="mono">${order.mchOrderId}</span>
			<span class="mono">to ${address}</span>
		</div>
		<div class="actions">
			${isLive ? [button(`${path}/succeed`, 'Succeed'), button(`${path}/fail`, 'Fail')] : ''}
		</div>
	</div>`;
}

const DISPUTE_TONES: Readonly<Record<Dispute['status'], string>> = {
	open: 'wait',
	under_review: 'wait',
	won: 'good',
	lost: 'bad',
	accepted: 'bad',
};

export function disputeCard(dispute: Dispute): Html {
	const { id, order, amount, status, messages, dueAt } = dispute;
	const path = `/_sandbox/disputes/${id}`;
	return html`<div class="card">
		<div class="row">
			<span class="amount">${formatAmount(amount)} ${order.method?.currency ?? ''}</span>
			<span class="badge ${DISPUTE_TONES[status]}">${status}</span>
		</div>
		<div class="row soft">
			<span class="mono">${id}</span>
			<span class="mono">${order.mchOrderId}</span>
			<span>answer due ${time(dueAt)}</span>
		</div>
		${messages.map(({ author, text }) => html`<p><b>${author}</b> ${text}</p>`)}
		<div class="actions">
			${
				isLive(dispute)
					? [
							button(`${path}/win`, 'Merchant wins'),
							button(`${path}/lose`, 'Customer wins'),
							status === 'open' ? button(`${path}/run-out`, 'Let the time run out') : html``,
						]
					: ''
			}
		</div>
	</div>`;
}

import type { World } from '../world.mts';
import {
	accountCard,
	deliveryCard,
	disputeCard,
	hookCard,
	orderCard,
	refundCard,
} from './cards.mts';
import { document, html, type Html } from './html.mts';
import { button, time } from './parts.mts';
import { PAGE_SCRIPT } from './script.mts';

const MOST_SHOWN = 50;

/** The page for people: what exists, and a button for everything that can happen to it. */
export function overviewPage(world: World): string {
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
				<div class="columns">
					<div>
						${section(
							'Orders',
							world.orders.all(),
							orderCard,
							'None yet. Create one in a workflow.',
						)}
					</div>
					<div>
						${section('Deliveries', world.outbox.all(), deliveryCard)}
						${section('Webhooks', world.hooks.all(), hookCard)}
						${section('Refunds', world.refunds.all(), refundCard)}
						${section('Disputes', world.disputes.all(), disputeCard)}
					</div>
				</div>
			</main>
			<div id="notice" class="card bad"></div>`,
		PAGE_SCRIPT,
	);
}

/** Newest first, and only so many as a page bears. */
function section<T>(
	title: string,
	oldestFirst: readonly T[],
	card: (element: T) => Html,
	ifNone = 'None yet.',
): Html {
	const newest = oldestFirst.slice(-MOST_SHOWN).reverse();
	return html`<h2>${title} (${oldestFirst.length})</h2>
		${newest.length === 0 ? html`<p class="soft">${ifNone}</p>` : newest.map(card)}
		${oldestFirst.length > MOST_SHOWN ? html`<p class="soft">Older ones are not shown.</p>` : ''}`;
}

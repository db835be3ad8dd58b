import { isPaid, mayBecome, STATUS, type Status } from '../state/status.mts';
import { html, type Html } from './html.mts';

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

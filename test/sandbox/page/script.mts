/**
 * What runs in the browser: a button posts where it points, and the page renews itself.
 *
 * A press of a button says at once what the sandbox refused; a renewal leaves open details open.
 */
export const PAGE_SCRIPT = `
const notice = document.getElementById('notice');
const say = (text) => {
	notice.textContent = text;
	notice.style.display = text ? 'block' : 'none';
};
const renew = async () => {
	const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
	const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
	const current = document.querySelector('main');
	for (const open of current.querySelectorAll('details[open]')) {
		const same = fresh.querySelector('details[data-id="' + open.dataset.id + '"]');
		if (same) same.open = true;
	}
	if (fresh.innerHTML !== current.innerHTML) current.replaceWith(fresh);
};
document.addEventListener('click', async (event) => {
	const button = event.target.closest('button[data-post]');
	if (!button) return;
	button.disabled = true;
	const answer = await fetch(button.dataset.post, { method: 'POST', body: button.dataset.body || '{}' });
	const { code = 0, message } = await answer.json();
	const isDone = answer.ok && code === 0;
	say(isDone ? '' : message);
	if (isDone && button.dataset.then) location.href = button.dataset.then;
	else await renew();
});
setInterval(() => document.hidden || getSelection().toString() || renew().catch(() => {}), 2000);
`;

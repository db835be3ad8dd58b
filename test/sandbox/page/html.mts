/** Text that is HTML already. */
export class Html {
	constructor(readonly text: string) {}
}

type Insert = string | number | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Escapes what is inserted, so that an order id can never become markup. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
	return new Html(String.raw({ raw: parts }, ...inserts.map(toMarkup)));
}

function toMarkup(insert: Insert): string {
	if (insert instanceof Html) return insert.text;
	if (typeof insert === 'object') return insert.map(toMarkup).join('');
	return String(insert).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A whole document. */
export function document(title: string, body: Html, script = ''): string {
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<link rel="icon" href="data:," />
				<title>${title}</title>
				<style>
					${new Html(STYLE)}
				</style>
			</head>
			<body>
				${body}
				<script>
					${new Html(script)};
				</script>
			</body>
		</html> `.text;
}

const STYLE = `
:root {
	--ground: #f4f6f8; --card: #fff; --ink: #17202a; --soft: #5d6b7a; --line: #dfe5ea; --accent: #0b6bcb;
	--good: #12805c; --bad: #b3261e; --wait: #9a6200;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #12171c; --card: #1b2229; --ink: #e8edf2; --soft: #9aa8b5; --line: #2d3740; --accent: #6cb2ff;
		--good: #56c79b; --bad: #ff8a80; --wait: #e0b050;
	}
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header, main { max-width: 1280px; margin: 0 auto; padding: 16px; }
header { padding-bottom: 0; }
h1 { font-size: 22px; margin: 0; }
h2 { font-size: 17px; margin: 24px 0 8px; }
p { margin: 4px 0; }
@media (min-width: 960px) { .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 20px; } .columns > * { min-width: 0; } }
code, .mono { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; margin: 8px 0; }
.row { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: baseline; justify-content: space-between; }
.amount { font-size: 17px; font-weight: 600; font-variant-numeric: tabular-nums; }
.badge { border: 1px solid currentColor; border-radius: 99px; padding: 0 9px; font-size: 13px; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.actions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
button { font: inherit; font-size: 14px; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 8px;
	padding: 5px 12px; min-height: 34px; cursor: pointer; }
button:hover { border-color: var(--accent); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
a { color: var(--accent); }
details summary { cursor: pointer; color: var(--soft); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.45 ui-monospace, monospace; margin: 6px 0; }
.pay { max-width: 460px; margin: 6vh auto; padding: 16px; }
.pay .amount { font-size: 28px; }
.pay button { width: 100%; min-height: 44px; margin-top: 8px; font-size: 16px; }
#notice { position: fixed; left: 16px; right: 16px; bottom: 16px; max-width: 560px; margin: auto; display: none; }
`;

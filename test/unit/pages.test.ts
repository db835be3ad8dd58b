import { PonponPayApi } from '../../credentials/PonponPayApi.credentials';
import { resources } from '../../nodes/PonponPay/actions';
import { ENDPOINTS } from '../../nodes/shared/api/endpoints';
import { EVENTS } from '../../nodes/shared/model/event';
import { properties as triggerProperties } from '../../nodes/PonponPayTrigger/properties';
import {
	anchors,
	codeSpans,
	localLinks,
	npmCommands,
	pictures,
	quotedMessages,
	rowsAndItems,
	tableUnder,
} from './markdown';
import {
	isFile,
	linkTarget,
	listFiles,
	readScripts,
	readSources,
	readText,
} from './repositoryFiles.mts';

const ENGLISH = {
	language: 'English',
	path: 'README.md',
	headings: {
		credential: 'Get an API key',
		workflows: 'Ready-made workflows',
		operations: 'Operations',
		events: 'Events',
		endpoints: 'Published and inferred endpoints',
		runs: 'What was run where',
	},
	standings: { published: 'published', inferred: 'inferred' },
};

const CHINESE: typeof ENGLISH = {
	language: 'Chinese',
	path: 'docs/README.zh.md',
	headings: {
		credential: '获取 API 密钥',
		workflows: '现成的工作流',
		operations: '操作',
		events: '事件',
		endpoints: '已公布与推断的接口',
		runs: '在哪里测试过什么',
	},
	standings: { published: '已公布', inferred: '推断' },
};

const operationNames = Object.values(resources).flatMap((resource) =>
	Object.values(resource.operations).map(({ name }) => `${resource.name}: ${name}`),
);

/** What each end-to-end run of the script takes: a pattern for jest, or all there is. */
function endToEndRuns(script: string): RegExp[] {
	const runs = script
		.replaceAll('\\\n', '')
		.matchAll(/^tests e2e.*npm run test:e2e -- *(?:'(.+)')?$/gm);
	return [...runs].map(([, pattern = '']) => new RegExp(pattern));
}

describe.each([ENGLISH, CHINESE])('the README in $language', ({ path, headings, standings }) => {
	const text = readText(path);

	it('has every operation, and no other', () => {
		const promised = tableUnder(text, headings.operations).map(
			([resource, name]) => `${resource}: ${name}`,
		);
		expect([...promised].sort()).toEqual([...operationNames].sort());
	});

	it('has every event under the name that the trigger shows, and no other', () => {
		const promised = tableUnder(text, headings.events).map(([name, value]) => ({ name, value }));
		const field = triggerProperties.find(({ name }) => name === 'events');
		const offered = (field?.options ?? []).map((option) => ({
			name: option.name,
			value: 'value' in option ? option.value : undefined,
		}));
		const byName = (left: { name: string }, right: { name: string }) =>
			left.name.localeCompare(right.name);
		expect(promised.sort(byName)).toEqual(offered.sort(byName));
		expect(promised).toHaveLength(EVENTS.length + 1);
	});

	it('explains every field of the credential, and no other', () => {
		const explained = tableUnder(text, headings.credential).map(([name]) => name);
		const asked = new PonponPayApi().properties.map(({ displayName }) => displayName);
		expect(explained).toEqual(asked);
	});

	it('says of every endpoint whether it is published or inferred', () => {
		const promised = tableUnder(text, headings.endpoints).map(
			([endpoint, standing]) => `${endpoint} ${standing}`,
		);
		const called = Object.values(ENDPOINTS).map(
			(endpoint) => `${endpoint.path} ${standings[endpoint.standing]}`,
		);
		expect([...promised].sort()).toEqual(called.sort());
	});

	it('names under each endpoint operations that exist', () => {
		const users = tableUnder(text, headings.endpoints).map(([, , usedBy]) => usedBy);
		expect(
			users.filter((usedBy) => !operationNames.some((name) => usedBy.startsWith(name))),
		).toEqual([]);
	});

	it('lists every example, and no other', () => {
		const listed = tableUnder(text, headings.workflows).map(
			([file]) => /^\[(.+)\]/.exec(file)?.[1],
		);
		expect(listed.sort()).toEqual(listFiles('examples', '.json'));
	});

	it('says of every end-to-end test on which n8n it is run', () => {
		const said = tableUnder(text, headings.runs).map(([, file, ...marks]) => ({ file, marks }));
		const run = endToEndRuns(readText('.ci/run'));
		expect(run).toHaveLength(3);
		const files = listFiles('test/e2e', '.test.mts').filter((file) =>
			// The others look at the package without an n8n.
			readText(`test/e2e/${file}`).includes('openTestShop'),
		);
		const done = files.map((file) => ({
			file: file.replace('.test.mts', ''),
			marks: run.map((pattern) => (pattern.test(`e2e/${file}`) ? '✓' : '–')),
		}));
		const byFile = (left: { file: string }, right: { file: string }) =>
			left.file.localeCompare(right.file);
		expect(said.sort(byFile)).toEqual(done.sort(byFile));
	});

	it('shows every picture, and no other', () => {
		expect(pictures(text).sort()).toEqual(listFiles('docs/images', '.png'));
	});

	it('quotes only messages that the nodes give', () => {
		const sources = readSources();
		const quoted = quotedMessages(text);
		expect(quoted.length).toBeGreaterThan(10);
		const parts = quoted.flatMap((message) => message.split('…')).map((part) => part.trim());
		expect(parts.filter((part) => !sources.includes(part))).toEqual([]);
	});

	it('names only commands that exist', () => {
		const named = npmCommands(text).map((command) =>
			command.replace(/^npm (run )?/, '').replace(/ .*/, ''),
		);
		expect(named.length).toBeGreaterThan(8);
		const scripts = readScripts();
		expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([]);
	});
});

describe('the README in Chinese', () => {
	const [english, chinese] = [readText(ENGLISH.path), readText(CHINESE.path)];

	it('quotes the same messages, names the same commands and shows the same pictures, in the same order', () => {
		expect(quotedMessages(chinese)).toEqual(quotedMessages(english));
		expect(npmCommands(chinese)).toEqual(npmCommands(english));
		expect(pictures(chinese)).toEqual(pictures(english));
	});

	it('lists operations, events, endpoints and examples in the same order', () => {
		for (const table of ['operations', 'events', 'endpoints', 'workflows'] as const) {
			const names = (text: string, { headings }: typeof ENGLISH) =>
				tableUnder(text, headings[table]).map(([first, second]) =>
					table === 'operations' ? `${first}: ${second}` : first.replace(/\(.*\)/, ''),
				);
			expect(names(chinese, CHINESE)).toEqual(names(english, ENGLISH));
		}
	});

	it('has grown and shrunk with the English one: the same code in its lines, as many headings, rows and list items', () => {
		expect(codeSpans(chinese).sort()).toEqual(codeSpans(english).sort());
		expect(anchors(chinese)).toHaveLength(anchors(english).length);
		expect(rowsAndItems(chinese)).toEqual(rowsAndItems(english));
	});

	it('is linked from the English one, and links back', () => {
		const targets = (path: string, text: string) =>
			localLinks(text).map((link) => linkTarget(path, link.path));
		expect(targets(ENGLISH.path, english)).toContain(CHINESE.path);
		expect(targets(CHINESE.path, chinese)).toContain(ENGLISH.path);
	});
});

describe.each([
	ENGLISH.path,
	CHINESE.path,
	'CONTRIBUTING.md',
	'examples/README.md',
	'test/sandbox/README.md',
])('%s', (path) => {
	it('links only to files and headings that are there', () => {
		const links = localLinks(readText(path)).map((link) => ({
			target: linkTarget(path, link.path),
			anchor: link.anchor,
		}));
		expect(links).not.toEqual([]);
		const isThere = ({ target, anchor }: (typeof links)[number]) =>
			isFile(target) && (anchor === undefined || anchors(readText(target)).includes(anchor));
		expect(links.filter((link) => !isThere(link))).toEqual([]);
	});
});

describe('the credential', () => {
	it('links to a heading of the README', () => {
		const [, anchor] = new PonponPayApi().documentationUrl.split('#');
		expect(anchors(readText(ENGLISH.path))).toContain(anchor);
	});
});

describe('the list of examples', () => {
	it('has every example, and no other', () => {
		const rows = [...readText('examples/README.md').matchAll(/^\| \[([^\]]+)\]/gm)];
		expect(rows.map(([, file]) => file).sort()).toEqual(listFiles('examples', '.json'));
	});
});

describe('the changelog', () => {
	it('has an entry for the version of the package', () => {
		expect(readText('CHANGELOG.md')).toMatch(/^## \[0\.1\.0\]/m);
	});
});

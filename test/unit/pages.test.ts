import { PonponPayApi } from '../../credentials/PonponPayApi.credentials';
import { resources } from '../../nodes/PonponPay/actions';
import { ENDPOINTS, type Endpoint } from '../../nodes/shared/api/endpoints';
import { EVENTS } from '../../nodes/shared/model/event';
import { triggerProperties } from '../../nodes/PonponPayTrigger/triggerFields';
import { CHINESE, ENGLISH, LANGUAGES } from '../docs/language.mts';
import { listServerTests, listLanes } from '../docs/laneList.mts';
import { cellsFor, listPages, tablesOn } from '../docs/documents.mts';
import { idleTexts, TABLES } from '../docs/tables.mts';
import { idleTranslations, untranslated } from '../docs/translations.mts';
import {
	anchors,
	codeSpans,
	localLinks,
	npmCommands,
	pictures,
	quotedMessages,
	rowsAndItems,
	tableRows,
} from './markdown';
import {
	isFile,
	linkTarget,
	listFiles,
	readScripts,
	readSources,
	readText,
} from './repositoryFiles.mts';

/** Of use to those only who read the code or release it, which goes on in English. */
const ENGLISH_ONLY = ['docs/dependencies.md', 'docs/releasing.md'];

/** One screen per question. */
const LONGEST_README = 150;

const pages = listPages();

/** Every page that is there in both languages: the English path and the Chinese one. */
const pairs = pages
	.filter(({ path, language }) => language === ENGLISH && !ENGLISH_ONLY.includes(path))
	.map(({ path }) => [
		path,
		path === ENGLISH.readme ? CHINESE.readme : path.replace(ENGLISH.folder, CHINESE.folder),
	]);

const operationNames = Object.values(resources).flatMap((resource) =>
	Object.values(resource.operations).map(({ name }) => `${resource.name}: ${name}`),
);

/** All that is written in a language, one page after the other, in the same order in each. */
const allText = (column: number) => pairs.map((paths) => readText(paths[column])).join('\n');

const linkTargets = (path: string) =>
	localLinks(readText(path)).map((link) => linkTarget(path, link.path));

describe('the tables that follow from code', () => {
	it.each(pages.map(({ path, language }) => ({ path, language })))(
		'are up to date in $path, or `npm run docs` was forgotten',
		({ path, language }) => {
			const there = Object.fromEntries(tablesOn(path));
			const now = Object.keys(there).map((name) => [name, cellsFor(name, language)]);
			expect(there).toEqual(Object.fromEntries(now));
		},
	);

	it.each(LANGUAGES)('stand each on one page in $name', (language) => {
		const there = pages
			.filter((page) => page.language === language)
			.flatMap(({ path }) => [...tablesOn(path).keys()]);
		expect(there.sort()).toEqual(Object.keys(TABLES).sort());
	});

	it('have a Chinese text in docs/zh.json for every English one', () => {
		expect(untranslated()).toEqual([]);
	});

	it('need every text of docs/zh.json and docs/tables.json', () => {
		expect(idleTranslations()).toEqual([]);
		expect(idleTexts()).toEqual([]);
	});
});

describe.each(LANGUAGES)('the documentation in $name', (language) => {
	const { folder, readme, say } = language;
	const text = allText(LANGUAGES.indexOf(language));
	const rowsOf = (page: string) => tableRows(readText(`${folder}/${page}.md`));

	it('begins with a README that is short, and from which every page can be reached', () => {
		expect(readText(readme).trim().split('\n').length).toBeLessThanOrEqual(LONGEST_README);
		const reached = new Set([readme]);
		for (const path of reached) {
			linkTargets(path)
				.filter((target) => target.endsWith('.md') && isFile(target))
				.forEach((target) => reached.add(target));
		}
		const own = pages.filter((page) => page.language === language).map(({ path }) => path);
		expect(own.length).toBeGreaterThan(9);
		expect(own.filter((path) => !reached.has(path))).toEqual([]);
	});

	it('has every operation, and no other', () => {
		const promised = rowsOf('operations').map(([resource, name]) => `${resource}: ${name}`);
		expect([...promised].sort()).toEqual([...operationNames].sort());
	});

	it('has every event under the name that the trigger shows, and no other', () => {
		const promised = rowsOf('events').map(([name, value]) => ({ name, value }));
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
		const explained = rowsOf('credential').map(([name]) => name);
		const asked = new PonponPayApi().properties.map(({ displayName }) => displayName);
		expect(explained).toEqual(asked);
	});

	it('says of every endpoint whether it is published or inferred', () => {
		const promised = rowsOf('endpoints').map(([path, , standing]) => `${path} ${standing}`);
		const called = Object.values(ENDPOINTS).map(({ path, standing }) => `${path} ${say(standing)}`);
		expect([...promised].sort()).toEqual(called.sort());
	});

	it('says of every endpoint whether older hosts have it elsewhere', () => {
		const promised = rowsOf('endpoints').map(([path, twin]) => `${path} ${twin}`);
		const called = Object.values<Endpoint>(ENDPOINTS).map(
			({ path, legacyPath }) => `${path} ${legacyPath === undefined ? '–' : '✓'}`,
		);
		expect(promised).toEqual(called);
	});

	it('names under each endpoint operations that exist', () => {
		const users = rowsOf('endpoints').map(([, , , usedBy]) => usedBy);
		expect(
			users.filter((usedBy) => !operationNames.some((name) => usedBy.startsWith(name))),
		).toEqual([]);
	});

	it('lists every example, and no other', () => {
		const listed = rowsOf('examples').map(([file]) => /^\[(.+)\]/.exec(file)?.[1]);
		expect(listed.sort()).toEqual(listFiles('examples', '.json'));
	});

	it('says of every end-to-end test on which n8n it is run', () => {
		const lanes = listLanes();
		expect(lanes.length).toBeGreaterThan(2);
		const tests = listServerTests();
		expect(tests.length).toBeGreaterThan(10);
		const said = new Map(
			tablesOn(`${folder}/development.md`)
				.get('runs')
				?.map(([, file, ...marks]) => [file.replaceAll('`', ''), marks]),
		);
		for (const test of tests) {
			expect({ test, marks: said.get(test) }).toEqual({
				test,
				marks: lanes.map((lane) => (lane.runs(test) ? '✓' : '–')),
			});
		}
	});

	it('names every engine of n8n in which the contract tests run', () => {
		const engines = Object.keys(JSON.parse(readText('test/n8nVersions/versions.json')) as object);
		const commands = rowsOf('development').find(([command]) => command.includes('n8n-versions'));
		expect(commands?.[1].match(/\d+[.]\d+[.]\d+/g)).toEqual(engines);
	});

	it('names those versions of n8n to the last digit in which end-to-end tests run, and no other', () => {
		const named = [...text.matchAll(/\bn8n (\d+\.\d+\.\d+)/g)].map(([, version]) => version);
		const run = listLanes().map(({ n8n }) => n8n);
		expect(new Set(named)).toEqual(new Set(run));
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

describe('the documentation in Chinese', () => {
	it('has every page of the English one, and no other', () => {
		const chinese = pages.filter(({ language }) => language === CHINESE);
		expect(chinese.map(({ path }) => path).sort()).toEqual(pairs.map(([, path]) => path).sort());
	});
});

describe.each(pairs)('%s and %s', (englishPath, chinesePath) => {
	const [english, chinese] = [readText(englishPath), readText(chinesePath)];

	it('quote the same messages, name the same commands and show the same pictures, in the same order', () => {
		expect(quotedMessages(chinese)).toEqual(quotedMessages(english));
		expect(npmCommands(chinese)).toEqual(npmCommands(english));
		expect(pictures(chinese)).toEqual(pictures(english));
	});

	it('have grown and shrunk together: the same code in their lines, as many headings, rows and list items', () => {
		expect(codeSpans(chinese).sort()).toEqual(codeSpans(english).sort());
		expect(anchors(chinese)).toHaveLength(anchors(english).length);
		expect(rowsAndItems(chinese)).toEqual(rowsAndItems(english));
	});

	it('have the same examples in the same order', () => {
		const files = (text: string) =>
			[...text.matchAll(/^\| \[(\S+\.json)\]/gm)].map(([, file]) => file);
		expect(files(chinese)).toEqual(files(english));
	});

	it('link to each other, and each back to its README', () => {
		expect(linkTargets(englishPath)).toContain(chinesePath);
		expect(linkTargets(chinesePath)).toContain(englishPath);
		if (englishPath === ENGLISH.readme) return;
		expect(linkTargets(englishPath)).toContain(ENGLISH.readme);
		expect(linkTargets(chinesePath)).toContain(CHINESE.readme);
	});
});

/** Whether a file is there, and the heading in it to which the anchor belongs. */
const isThere = (target: string, anchor: string | undefined) =>
	isFile(target) && (anchor === undefined || anchors(readText(target)).includes(anchor));

describe.each([...pairs.flat(), 'CONTRIBUTING.md', 'examples/README.md', 'test/sandbox/README.md'])(
	'%s',
	(path) => {
		it('links only to files and headings that are there', () => {
			const links = localLinks(readText(path)).map((link) => ({
				target: linkTarget(path, link.path),
				anchor: link.anchor,
			}));
			expect(links).not.toEqual([]);
			expect(links.filter(({ target, anchor }) => !isThere(target, anchor))).toEqual([]);
		});
	},
);

describe('the links in the editor', () => {
	const { homepage } = JSON.parse(readText('package.json')) as { homepage: string };
	const home = homepage.replace(/#.*/, '');
	const documents = [
		'PonponPay',
		'PonponPayTrigger',
		'PonponPayPollTrigger',
		'PonponPayPaywallTrigger',
	].map((node) => readText(`nodes/${node}/${node}.node.json`));
	const urls = documents
		.flatMap((json) => [...json.matchAll(/"url": "([^"]+)"/g)].map(([, url]) => url))
		.concat(new PonponPayApi().documentationUrl);

	it('lead to pages and headings that are there', () => {
		expect(urls.length).toBeGreaterThan(6);
		const dead = urls.filter((url) => {
			const [address, anchor] = url.split('#');
			if (address === home) return anchor !== 'readme' && !isThere(ENGLISH.readme, anchor);
			return !isThere(address.replace(`${home}/blob/main/`, ''), anchor);
		});
		expect(dead).toEqual([]);
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

import { PonponPayApi } from '../../credentials/PonponPayApi.credentials';
import { resources } from '../../nodes/PonponPay/actions';
import { ENDPOINTS } from '../../nodes/shared/api/endpoints';
import { EVENTS } from '../../nodes/shared/model/event';
import { properties as triggerProperties } from '../../nodes/PonponPayTrigger/properties';
import { isFile, readScripts, readSources, readTexts } from './repositoryFiles.mts';

const { readme, changelog } = readTexts();

/** The rows of the first table under this heading, without its head; code marks are taken off. */
function tableUnder(heading: string): string[][] {
	const section = readme.split(new RegExp(`^## ${heading}$`, 'm'))[1]?.split(/^## /m)[0] ?? '';
	const lines = section.slice(section.indexOf('\n|')).trim().split('\n');
	const end = lines.findIndex((line) => !line.startsWith('|'));
	return lines.slice(2, end < 0 ? undefined : end).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim().replaceAll('`', '')),
	);
}

describe('the README', () => {
	it('has every operation, and no other', () => {
		const promised = tableUnder('Operations').map(([resource, name]) => `${resource}: ${name}`);
		const offered = Object.values(resources).flatMap((resource) =>
			Object.values(resource.operations).map(({ name }) => `${resource.name}: ${name}`),
		);
		expect([...promised].sort()).toEqual(offered.sort());
	});

	it('has every event under the name that the trigger shows, and no other', () => {
		const promised = tableUnder('Events').map(([name, value]) => ({ name, value }));
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
		const explained = tableUnder('Get an API key').map(([name]) => name);
		const asked = new PonponPayApi().properties.map(({ displayName }) => displayName);
		expect(explained).toEqual(asked);
	});

	it('says of every endpoint whether it is published or inferred', () => {
		const promised = tableUnder('Published and inferred endpoints').map(
			([path, standing]) => `${path} ${standing}`,
		);
		const called = Object.values(ENDPOINTS).map(({ path, standing }) => `${path} ${standing}`);
		expect([...promised].sort()).toEqual(called.sort());
	});

	it('names under each endpoint operations that exist', () => {
		const names = Object.values(resources).flatMap((resource) =>
			Object.values(resource.operations).map(({ name }) => `${resource.name}: ${name}`),
		);
		const users = tableUnder('Published and inferred endpoints').map(([, , usedBy]) => usedBy);
		expect(users.filter((usedBy) => !names.some((name) => usedBy.startsWith(name)))).toEqual([]);
	});

	it('quotes only messages that the nodes give', () => {
		const sources = readSources();
		const quoted = [...readme.matchAll(/^\| "([^"]+)"/gm)].map(([, message]) => message);
		expect(quoted.length).toBeGreaterThan(10);
		const parts = quoted.flatMap((message) => message.split('…')).map((part) => part.trim());
		expect(parts.filter((part) => !sources.includes(part))).toEqual([]);
	});

	it('links only to files that are there', () => {
		const links = [...readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
		const local = links.filter((target) => !/^https?:/.test(target));
		expect(local.length).toBeGreaterThan(10);
		expect(local.filter((target) => !isFile(target))).toEqual([]);
	});

	it('names only commands that exist', () => {
		const named = [...readme.matchAll(/(?:`|^ {4})npm (?:run )?([a-z0-9:]+)/gm)].map(
			([, script]) => script,
		);
		expect(named.length).toBeGreaterThan(8);
		const scripts = readScripts();
		expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([]);
	});

	it('has the place that the credential links to', () => {
		expect(readme).toMatch(/^## Get an API key$/m);
	});
});

describe('the changelog', () => {
	it('has an entry for the version of the package', () => {
		expect(changelog).toMatch(/^## \[0\.1\.0\]/m);
	});
});

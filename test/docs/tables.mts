import { PonponPayApi } from '../../credentials/PonponPayApi.credentials';
import { ENDPOINTS, type Endpoint } from '../../nodes/shared/api/endpoints';
import { EVENTS } from '../../nodes/shared/model/event';
import { NETWORK_TABLE } from '../../nodes/shared/model/network';
import { ALL_EVENTS, eventChoices } from '../../nodes/shared/trigger/eventFields';
import { readText } from '../unit/repositoryFiles.mts';
import { listLanes, listServerTests, type Lane } from './laneList.mts';
import { listOperations } from './operationList.mts';

/** A cell: a name that is the same in every language, or English texts to be translated one by one. */
export type Cell = string | { texts: string[]; between: 'sentences' | 'words' };

export interface Table {
	head: Cell[];
	rows: Cell[][];
}

/** What the tables say beyond the code: by table, then by what the row is about. */
const ADDED = JSON.parse(readText('docs/tables.json')) as Record<string, Record<string, string>>;

const words = (...texts: string[]): Cell => ({ texts, between: 'words' });

function sentences(...texts: Array<string | undefined>): Cell {
	return {
		texts: texts.filter((text) => text !== undefined),
		between: 'sentences',
	};
}

/** A text that exists only here. Where it is missing, the English page says so, and the test with it. */
function onlyHere(table: string, subject: string): Cell {
	return sentences(ADDED[table][subject] ?? `docs/tables.json has no ${table} → ${subject}`);
}

function operations(): Table {
	return {
		head: [words('resource'), words('operation'), words('what it does')],
		rows: listOperations().map(({ resource, name, description }) => [
			resource,
			name,
			sentences(description, ADDED.operations[`${resource}: ${name}`]),
		]),
	};
}

/** What calls this endpoint. An operation alone is a name, and the same in every language. */
function userOf(path: string): Cell {
	const user = ADDED.endpoints[path];
	const isName = listOperations().some(({ resource, name }) => `${resource}: ${name}` === user);
	return isName ? user : onlyHere('endpoints', path);
}

function endpoints(): Table {
	return {
		head: [words('endpoint'), words('legacy twin'), words('standing'), words('used by')],
		rows: Object.values<Endpoint>(ENDPOINTS).map(({ path, legacyPath, standing }) => [
			`\`${path}\``,
			legacyPath === undefined ? '–' : '✓',
			words(standing),
			userOf(path),
		]),
	};
}

function events(): Table {
	const choices = [...EVENTS, ALL_EVENTS] as const;
	return {
		head: [words('event'), words('in the trigger as'), words('means')],
		rows: choices
			.flatMap((choice) => eventChoices([choice]))
			.map(({ name, value, description }) => [
				name,
				`\`${value}\``,
				sentences(description, ADDED.events[String(value)]),
			]),
	};
}

function credential(): Table {
	const fields = new PonponPayApi().properties;
	const needed = ({ type, required, displayOptions }: (typeof fields)[number]): string => {
		// One of a list is always chosen.
		if (required !== true && type !== 'options') return 'no';
		const [condition] = Object.entries(displayOptions?.show ?? {});
		if (!condition) return 'yes';
		const [name, [value]] = condition as [string, [string]];
		const field = fields.find((candidate) => candidate.name === name);
		const option = field?.options?.find((one) => 'value' in one && one.value === value);
		return `only with ${field?.displayName} _${option?.name}_`;
	};
	return {
		head: [words('field'), words('needed'), words('what it is')],
		rows: fields.map((field) => [
			field.displayName,
			words(needed(field)),
			sentences(field.description, ADDED.credential[field.displayName]),
		]),
	};
}

function networks(): Table {
	return {
		head: [words('network'), words('other names'), words('explorer')],
		rows: NETWORK_TABLE.map(({ title, aliases, explorer }) => [
			title,
			aliases.map((alias) => `\`${alias}\``).join(' '),
			`\`${new URL(explorer).hostname}\``,
		]),
	};
}

function runs(): Table {
	const lanes = listLanes();
	const title = ({ n8n, hasPublicationService, isOnPostgres, isInQueueMode }: Lane) =>
		words(
			n8n,
			...(hasPublicationService ? [] : ['without its publication service']),
			...(isOnPostgres ? ['on PostgreSQL'] : []),
			...(isInQueueMode ? ['in queue mode'] : []),
		);
	return {
		head: [words('what'), words('file'), ...lanes.map(title)],
		rows: listServerTests().map((file) => [
			onlyHere('runs', file),
			`\`${file}\``,
			...lanes.map((lane) => (lane.runs(file) ? '✓' : '–')),
		]),
	};
}

/** The tables of the pages that follow from code, by the names in their markers. */
export const TABLES: Readonly<Record<string, () => Table>> = {
	credential,
	endpoints,
	events,
	networks,
	operations,
	runs,
};

/** What `docs/tables.json` says about rows that no table has any more. */
export function idleTexts(): string[] {
	const subjects: Record<string, string[]> = {
		credential: new PonponPayApi().properties.map(({ displayName }) => displayName),
		endpoints: Object.values(ENDPOINTS).map(({ path }) => path),
		events: [...EVENTS, ALL_EVENTS],
		operations: listOperations().map(({ resource, name }) => `${resource}: ${name}`),
		runs: listServerTests(),
	};
	return Object.entries(ADDED).flatMap(([table, texts]) =>
		Object.keys(texts)
			.filter((subject) => !subjects[table]?.includes(subject))
			.map((subject) => `${table} → ${subject}`),
	);
}

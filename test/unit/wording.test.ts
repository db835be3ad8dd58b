import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PonponPayApi } from '../../credentials/PonponPayApi.credentials';
import { resources } from '../../nodes/PonponPay/actions';
import { properties } from '../../nodes/PonponPay/properties';
import { paywallProperties } from '../../nodes/PonponPayPaywallTrigger/paywallFields';
import { pollProperties as pollTriggerProperties } from '../../nodes/PonponPayPollTrigger/pollFields';
import { triggerProperties } from '../../nodes/PonponPayTrigger/triggerFields';

/** Two lines of the bubble in which the editor shows it. */
const LONGEST_HELP = 110;
/** Notices are wider, and stand in everybody's way. */
const LONGEST_NOTICE = 210;

const SPEAKS_FOR_ITSELF = new Set(['Resource', 'Operation', 'Filters', 'Options']);

/** A field of a panel, with those inside its collections, each under the names that lead to it. */
type Named = { path: string; field: INodeProperties };

function withInner(path: string, fields: INodeProperties[]): Named[] {
	return fields.flatMap((field) => {
		const { resource = [], operation = [] } = field.displayOptions?.show ?? {};
		const here = [path, ...resource, ...operation, field.displayName].join(' > ');
		const inner = field.type === 'collection' ? (field.options as INodeProperties[]) : [];
		return [{ path: here, field }, ...withInner(here, inner)];
	});
}

const fields = [
	...withInner('PonponPay', properties),
	...withInner('Trigger', triggerProperties),
	...withInner('Poll Trigger', pollTriggerProperties),
	...withInner('Paywall Trigger', paywallProperties),
	...withInner('Credential', new PonponPayApi().properties),
];
const isNotice = ({ field }: Named) => field.type === 'notice';
const pathsOf = (wrong: Named[]) => wrong.map(({ path }) => path);

const operations = Object.values(resources).flatMap((resource) =>
	Object.values(resource.operations),
);

describe('what people read in the panels', () => {
	it('explains every field, briefly', () => {
		expect(fields.length).toBeGreaterThan(100);
		const wrong = fields.filter(
			(named) =>
				!isNotice(named) &&
				!SPEAKS_FOR_ITSELF.has(named.field.displayName) &&
				!isBrief(named.field.description),
		);
		expect(pathsOf(wrong)).toEqual([]);
	});

	it('explains no choice at length', () => {
		const wrong = fields.flatMap(({ path, field }) =>
			field.type === 'collection'
				? []
				: ((field.options ?? []) as INodePropertyOptions[])
						.filter(({ description }) => description !== undefined && !isBrief(description))
						.map(({ name }) => `${path} > ${name}`),
		);
		expect(wrong).toEqual([]);
	});

	it('keeps notices short', () => {
		const notices = fields.filter(isNotice);
		expect(notices.length).toBeGreaterThan(3);
		expect(
			notices.map(({ field }) => field.displayName).filter((text) => text.length > LONGEST_NOTICE),
		).toEqual([]);
	});

	it('shows in every empty text field what could stand there', () => {
		const wrong = fields.filter(({ field }) => {
			const isFilled = typeof field.default === 'string' && field.default !== '';
			const texts = [...(isFilled ? [] : [field]), ...(field.modes ?? [])];
			return texts.some(({ type, placeholder = '' }) => type === 'string' && placeholder === '');
		});
		expect(pathsOf(wrong)).toEqual([]);
	});

	it('names each action once, by what it does: the verb of the operation, then a noun, without an article', () => {
		const actions = operations.map(({ action }) => action);
		expect(new Set(actions).size).toBe(actions.length);
		const wrong = operations.filter(({ name, action }) => {
			const [verb, ...noun] = action.split(' ');
			return verb !== name.split(' ')[0] || noun.length === 0 || !noun.every(isInSentence);
		});
		expect(wrong.map(({ action }) => action)).toEqual([]);
		expect(actions.filter((action) => / (a|an|the) /i.test(action))).toEqual([]);
	});

	it('offers nothing about requests where none is made', () => {
		const options = fields.filter(({ path }) => path.endsWith('removeDuplicates > Options'));
		const inner = options.flatMap(({ field }) => field.options ?? []).map(({ name }) => name);
		expect(inner).toEqual([]);
		expect(pathsOf(fields)).not.toContain('PonponPay > webhook > sendTestEvent > Options');
	});
});

function isBrief(text: string | undefined): boolean {
	return text !== undefined && text.length <= LONGEST_HELP && !text.includes('\n');
}

/** Small letters, or an abbreviation such as QR. */
function isInSentence(word: string): boolean {
	return word === word.toLowerCase() || word === word.toUpperCase();
}

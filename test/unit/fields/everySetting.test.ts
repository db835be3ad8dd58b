import type { INodeProperties } from 'n8n-workflow';

import { credentialFields } from '../../../nodes/shared/api/credentialFields';
import {
	describeFields,
	isNothing,
	isRecord,
	readFields,
	type Fields,
} from '../../../nodes/shared/fields/field';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { paywallFields } from '../../../nodes/PonponPayPaywallTrigger/paywallFields';
import { pollFields } from '../../../nodes/PonponPayPollTrigger/pollFields';
import { triggerFields } from '../../../nodes/PonponPayTrigger/triggerFields';
import { ODD_VALUES, verdictOn } from './oddValues';

/** What is needed for the rest to be read. */
const NEEDED: Readonly<Record<string, Record<string, unknown>>> = {
	'PonponPay Trigger': {},
	'PonponPay Poll Trigger': {},
	'PonponPay Paywall Trigger': {
		price: '0.01',
		wallet: '0x52908400098527886E0F7030069857D2E4169EE7',
	},
	'the credential': { apiKey: 'sk_live_1' },
};

const OWNERS: Readonly<Record<string, Fields>> = {
	'PonponPay Trigger': triggerFields,
	'PonponPay Poll Trigger': pollFields,
	'PonponPay Paywall Trigger': paywallFields,
	'the credential': credentialFields,
};

type Setting = { owner: string; property: INodeProperties; collection?: string };

const settings: Setting[] = Object.entries(OWNERS).flatMap(([owner, fields]) =>
	describeFields(fields).flatMap((property): Setting[] => {
		if (property.type === 'notice') return [];
		if (property.type !== 'collection') return [{ owner, property }];
		const inner = property.options as INodeProperties[];
		return inner.map((each) => ({ owner, property: each, collection: property.name }));
	}),
);

const titleOf = ({ owner, collection, property }: Setting) =>
	[owner, collection, property.displayName].filter((part) => part !== undefined).join(' › ');

/** All settings as they are read with this value in one of them; or what was thrown. */
function readWith({ owner, collection, property }: Setting, value: unknown, raw: unknown): unknown {
	const { name, displayOptions } = property;
	const conditions = Object.entries(displayOptions?.show ?? {});
	const shown = Object.fromEntries(
		conditions.map(([each, wanted]) => [each, (wanted as unknown[])[0]]),
	);
	const others: Record<string, unknown> = { ...NEEDED[owner], ...shown };
	const place = (inner: unknown) => (collection === undefined ? inner : { [name]: inner });
	const held = collection ?? name;
	const source = {
		given: (asked: string) =>
			asked === held
				? { raw: place(raw), value: place(value) }
				: { raw: others[asked], value: others[asked] },
		timezone: 'UTC',
	};
	try {
		return readFields(OWNERS[owner], source);
	} catch (error) {
		return error;
	}
}

const shown = (value: unknown) =>
	JSON.stringify(value, (_key, each: unknown) =>
		isRecord(each) && 'units' in each ? String(each) : each,
	);

it.each(settings.map((setting) => [titleOf(setting), setting] as const))(
	'%s takes an odd value of an expression for what it says, or refuses it in one sentence',
	(_title, setting) => {
		const faults = ODD_VALUES.flatMap(([name, value]) => {
			const outcome = readWith(setting, value, '={{ $json.value }}');
			const verdict = verdictOn(setting.property, value);
			if (outcome instanceof InvalidInput) {
				const isSentence = /^[A-Z][^\n]{10,400}\.$/.test(outcome.message);
				if (!isSentence) return [`${name} is told as: ${outcome.message}`];
				return verdict.is === 'meant' ? [`${name} is refused: ${outcome.message}`] : [];
			}
			if (outcome instanceof Error) return [`${name} crashes: ${outcome.message}`];
			if (verdict.is === 'refused') return [`${name} is taken`];
			const fixed = readWith(setting, verdict.as, verdict.as);
			return shown(outcome) === shown(fixed) ? [] : [`${name} counts as something else`];
		});
		expect(faults).toEqual([]);
	},
);

it.each(settings.map((setting) => [titleOf(setting), setting] as const))(
	'%s may be left as it is in the editor',
	(_title, setting) => {
		const { default: initial } = setting.property;
		if (setting.property.required && isNothing(initial)) return;
		expect(readWith(setting, initial, initial)).not.toBeInstanceOf(Error);
	},
);

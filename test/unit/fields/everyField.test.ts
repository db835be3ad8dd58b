import { isNothing } from '../../../nodes/shared/fields/field';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { driveOperation, inField, isReading } from './driveOperation';
import { everyPlace, goodValue, titleOf, withValue, type Place } from './everyProperty';
import { ODD_VALUES, verdictOn, verdictOnExactText } from './oddValues';

/** Their absence changes nothing but that they are missing, so that an expression may give nothing. */
const REMARKS = new Set(['Reason', 'Locale']);

const places = everyPlace();

/** What is signed counts to the last blank. */
const isSignedText = ({ operationName, property }: Place) =>
	operationName === 'verify' && property.name === 'body';

function isSameJson(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** What is wrong with how the field takes the value; `undefined` where nothing is. */
async function fault(place: Place, value: unknown): Promise<string | undefined> {
	const { property } = place;
	const { left, outcome, policy } = await driveOperation(
		place,
		withValue(place, inField(place, value)),
		true,
	);
	const verdict = isSignedText(place) ? verdictOnExactText(value) : verdictOn(property, value);
	if (isNothing(value) && REMARKS.has(property.displayName)) {
		return outcome instanceof InvalidInput ? 'is refused, although it is only a remark' : undefined;
	}
	if (outcome instanceof InvalidInput) {
		if (!left.every(isReading)) return 'is refused after something was changed';
		if (!/^[A-Z][^\n]{10,400}\.$/.test(outcome.message)) return `is told as: ${outcome.message}`;
		const isConsent = property.name === 'confirm';
		return verdict.is === 'meant' && !isConsent ? `is refused: ${outcome.message}` : undefined;
	}
	if (verdict.is === 'refused') return 'is taken';
	const fixed = await driveOperation(place, withValue(place, inField(place, verdict.as)), false);
	const isSame = isSameJson([left, policy], [fixed.left, fixed.policy]);
	return isSame ? undefined : 'counts as something else';
}

it.each(places.map((place) => [titleOf(place), place] as const))(
	'%s takes an odd value for what it says, or refuses it in one sentence before anything is sent',
	async (_title, place) => {
		const faults = [];
		for (const [name, value] of ODD_VALUES) {
			const found = await fault(place, value);
			if (found !== undefined) faults.push(`${name} ${found}`);
		}
		expect(faults).toEqual([]);
	},
);

it('these are hundreds of fields, each with a value that is accepted', async () => {
	expect(places.length).toBeGreaterThan(150);
	const refused = [];
	for (const place of places) {
		const { outcome } = await driveOperation(
			place,
			withValue(place, goodValue(place.property)),
			false,
		);
		if (outcome instanceof InvalidInput) refused.push(`${titleOf(place)}: ${outcome.message}`);
	}
	expect(refused).toEqual([]);
});

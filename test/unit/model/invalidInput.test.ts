import { InvalidInput } from '../../../nodes/shared/model/invalidInput';

describe('what the user reads about a field', () => {
	const told = (given: unknown) => new InvalidInput('Color', given, 'must be blue').message;

	it('names field, rule and value', () => {
		expect(told('red')).toBe('Color must be blue. It is "red".');
		expect(told(7)).toBe('Color must be blue. It is "7".');
		expect(told({ mode: 'id' })).toBe('Color must be blue. It is "{"mode":"id"}".');
	});

	it.each([[undefined], [null], ['']])('calls %p empty', (given) => {
		expect(told(given)).toBe('Color must be blue. It is empty.');
	});

	it('shortens what is long', () => {
		expect(told('x'.repeat(81))).toBe(`Color must be blue. It is "${'x'.repeat(80)}…".`);
		expect(told('x'.repeat(80))).toBe(`Color must be blue. It is "${'x'.repeat(80)}".`);
	});

	it('says something about values that JSON cannot hold', () => {
		const circle: Record<string, unknown> = {};
		circle.itself = circle;
		expect(told(circle)).toBe('Color must be blue. It is "[object Object]".');
		expect(told([1n])).toBe('Color must be blue. It is "1".');
		expect(told(NaN)).toBe('Color must be blue. It is "NaN".');
		expect(told(10n)).toBe('Color must be blue. It is "10".');
		expect(told(Symbol('red'))).toBe('Color must be blue. It is "Symbol(red)".');
	});

	it('keeps the field for whoever catches it', () => {
		expect(new InvalidInput('Color', 'red', 'must be blue')).toMatchObject({
			name: 'InvalidInput',
			field: 'Color',
		});
	});
});

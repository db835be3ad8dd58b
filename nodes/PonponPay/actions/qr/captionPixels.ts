/** Columns and rows of a character; below and beside it there is a blank. */
const WIDTH = 5;
const HEIGHT = 7;
const ADVANCE = WIDTH + 1;
const LINE = HEIGHT + 4;
/** Blank columns at both sides, and rows below the last line. */
const MARGIN = 4;

/** Longer lines would make all of them too small to be read. */
const LONGEST_LINE = 24;

/**
 * Characters as 7 rows of 5 pixels, two hexadecimal digits a row. Drawn so that no two are alike: an address is compared
 * character by character.
 */
const GLYPHS: Readonly<Record<string, string>> = {
	' ': '00000000000000',
	'(': '02040808080402',
	')': '08040202020408',
	'-': '0000001f000000',
	'.': '00000000000c0c',
	'/': '00010204081000',
	'0': '0e11131519110e',
	'1': '040c040404040e',
	'2': '0e11010204081f',
	'3': '1f02040201110e',
	'4': '02060a121f0202',
	'5': '1f101e0101110e',
	'6': '0608101e11110e',
	'7': '1f010204080808',
	'8': '0e11110e11110e',
	'9': '0e11110f01020c',
	':': '000c0c000c0c00',
	A: '0e1111111f1111',
	B: '1e11111e11111e',
	C: '0e11101010110e',
	D: '1c12111111121c',
	E: '1f10101e10101f',
	F: '1f10101e101010',
	G: '0e11101711110f',
	H: '1111111f111111',
	I: '0e04040404040e',
	J: '0702020202120c',
	K: '11121418141211',
	L: '1010101010101f',
	M: '111b1515111111',
	N: '11111915131111',
	O: '0e11111111110e',
	P: '1e11111e101010',
	Q: '0e11111115120d',
	R: '1e11111e141211',
	S: '0f10100e01011e',
	T: '1f040404040404',
	U: '1111111111110e',
	V: '11111111110a04',
	W: '1111111515150a',
	X: '11110a040a1111',
	Y: '1111110a040404',
	Z: '1f01020408101f',
	a: '00000e010f110f',
	b: '1010161911111e',
	c: '00000e1010110e',
	d: '01010d1311110f',
	e: '00000e111f100e',
	f: '0609081c080808',
	g: '000f11110f010e',
	h: '10101619111111',
	i: '04000c0404040e',
	j: '0200060202120c',
	k: '10101214181412',
	l: '0c04040404040e',
	m: '00001a15151111',
	n: '00001619111111',
	o: '00000e1111110e',
	p: '00001e111e1010',
	q: '00000d130f0101',
	r: '00001619101010',
	s: '00000e100e011e',
	t: '08081c08080906',
	u: '0000111111130d',
	v: '00001111110a04',
	w: '0000111115150a',
	x: '0000110a040a11',
	y: '000011110f010e',
	z: '00001f0204081f',
};

/** An empty box, as everywhere for a character that cannot be drawn. */
const UNKNOWN = '1f11111111111f';

/** Lines of text as dark and light pixels, all rows of the same length; a long line goes on in the next. */
export function captionPixels(texts: readonly string[]): { rows: boolean[][]; columns: number } {
	const lines = texts.flatMap(wrap);
	const longest = Math.max(...lines.map((line) => line.length));
	const columns = longest * ADVANCE - 1 + 2 * MARGIN;
	const rows = Array.from({ length: lines.length * LINE + MARGIN }, () =>
		Array<boolean>(columns).fill(false),
	);
	lines.forEach((line, index) => {
		const left = MARGIN + Math.floor(((longest - line.length) * ADVANCE) / 2);
		[...line].forEach((character, place) => {
			draw(rows, character, left + place * ADVANCE, index * LINE);
		});
	});
	return { rows, columns };
}

/** In parts of the same length, so that a person compares them more easily. */
function wrap(text: string): string[] {
	const length = Math.ceil(text.length / Math.ceil(text.length / LONGEST_LINE));
	return text.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [];
}

function draw(rows: boolean[][], character: string, left: number, top: number): void {
	const glyph = Object.hasOwn(GLYPHS, character) ? GLYPHS[character] : UNKNOWN;
	for (let y = 0; y < HEIGHT; y += 1) {
		const bits = parseInt(glyph.slice(2 * y, 2 * y + 2), 16);
		for (let x = 0; x < WIDTH; x += 1) {
			if ((bits >> (WIDTH - 1 - x)) % 2 === 1) rows[top + y][left + x] = true;
		}
	}
}

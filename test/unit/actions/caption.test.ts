import jsQr from 'jsqr';
import { PNG } from 'pngjs';

import { captionPixels } from '../../../nodes/PonponPay/actions/qr/captionPixels';
import { qrPng, qrSvg } from '../../../nodes/PonponPay/actions/qr/qrPicture';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const EVERY = `${BASE58}0OIl.-():/ `;
const ADDRESS = 'TNpx4MRCx7ZQG4KqcQVj1oLCyW67WB67tm';

/** The pixels of each character of a text that is one line. */
function cells(text: string): string[] {
	const { rows } = captionPixels([text]);
	return [...text].map((_, place) =>
		rows
			.map((row) =>
				row
					.slice(4 + place * 6, 10 + place * 6)
					.map(Number)
					.join(''),
			)
			.join('\n'),
	);
}

const SHAPES = new Map([...EVERY].map((character) => [cells(character)[0], character]));

/** The caption below a QR code, as it can be read from the picture alone. */
function readCaption(png: Buffer, size: number, columns: number): string[] {
	const { data, width, height } = PNG.sync.read(png);
	const scale = Math.floor(width / columns);
	const left = Math.floor((width - columns * scale) / 2);
	const isDark = (x: number, y: number) =>
		data[((size + y * scale) * width + left + x * scale) * 4] === 0;
	const lines: string[] = [];
	for (let top = 0; size + (top + 15) * scale <= height; top += 11) {
		const dark = [...Array(columns).keys()].filter((x) =>
			[...Array(7).keys()].some((y) => isDark(x, top + y)),
		);
		let line = '';
		// A line is centred, so that it may begin at any column; some characters begin with a blank one.
		for (let start = dark[0] - 3; start <= dark[0] && line === ''; start += 1) {
			const shapes = [];
			for (let x = start; x <= (dark.at(-1) ?? 0); x += 6) {
				const shape = [...Array(15).keys()].map((y) =>
					[...Array(6).keys()]
						.map((column) => Number(y < 11 && isDark(x + column, top + y)))
						.join(''),
				);
				shapes.push(SHAPES.get(shape.join('\n')));
			}
			if (shapes.every((shape) => shape !== undefined)) line = shapes.join('');
		}
		lines.push(line);
	}
	return lines;
}

describe('the caption of a QR code', () => {
	it('draws no two characters alike, and a box for what it cannot draw', () => {
		expect(SHAPES.size).toBe(EVERY.length);
		expect(cells('é')).toEqual(cells('字'));
		expect(SHAPES.has(cells('é')[0])).toBe(false);
	});

	it.each([256, 512, 1000])('can be read %i pixels wide, and the code above it too', (size) => {
		const caption = ['25.0012 USDT', 'Tron (TRC-20)', ADDRESS];
		const png = qrPng(ADDRESS, size, 'M', caption);
		const { data, width, height } = PNG.sync.read(png);
		expect(width).toBe(size);
		expect(jsQr(new Uint8ClampedArray(data), width, height)?.data).toBe(ADDRESS);
		const { columns } = captionPixels(caption);
		expect(readCaption(png, size, columns)).toEqual([
			'25.0012 USDT',
			'Tron (TRC-20)',
			ADDRESS.slice(0, 17),
			ADDRESS.slice(17),
		]);
	});

	it('has the very pixels as SVG', () => {
		const { rows } = captionPixels([ADDRESS]);
		const dark = rows.flatMap((row, y) => row.flatMap((is, x) => (is ? [`M${x} ${y}h`] : [])));
		const svg = qrSvg('A', 512, 'M', [ADDRESS]).toString();
		const [, path] = /<path transform="[^"]+" d="([^"]+)"/.exec(svg) ?? [];
		expect(path?.match(/M\d+ \d+h/g)).toEqual(dark);
	});

	it('leaves a picture without one as high as it is wide', () => {
		const { width, height } = PNG.sync.read(qrPng('A', 300, 'M'));
		expect([width, height]).toEqual([300, 300]);
		expect(qrSvg('A', 300, 'M').toString()).toMatch(/width="300" height="300" viewBox="0 0 29 29"/);
	});

	it('has no room in a picture that is too small', () => {
		expect(() => qrPng('A', 100, 'L', [ADDRESS])).toThrow(/must be at least \d+ for this QR code/);
	});
});

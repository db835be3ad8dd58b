import { encode as encodePng } from 'fast-png';
import { encode as encodeQr } from 'uqr';

import { InvalidInput } from '../../../shared/model/invalidInput';
import { captionPixels } from './captionPixels';

/** How much of the picture may be covered or dirty, from little (L, 7 %) to much (H, 30 %). */
export type Correction = 'L' | 'M' | 'Q' | 'H';

/** Empty modules around the code, as the standard (ISO/IEC 18004) asks for. */
const QUIET_ZONE = 4;

/** Something made of squares, dark or light, drawn at a whole multiple of them. */
type Squares = { rows: boolean[][]; scale: number; left: number; top: number };

/**
 * A QR code as a PNG file, `size` pixels wide and as high, with the lines of a caption below that.
 *
 * Its modules are whole pixels, so that scanners see sharp edges; what is left over is white border.
 *
 * @throws InvalidInput where `size` is too small for the text or the caption
 */
export function qrPng(
	text: string,
	size: number,
	correction: Correction,
	caption: readonly string[] = [],
): Buffer {
	const { data: modules, size: count } = qrModules(text, correction);
	const scale = Math.floor(size / count);
	requireRoom(scale, count, size);
	const margin = Math.floor((size - count * scale) / 2);
	const below = placeCaption(caption, size, size);
	const pixels = new Uint8Array(size * below.height).fill(255);
	for (const part of [{ rows: modules, scale, left: margin, top: margin }, ...below.parts]) {
		paint(pixels, size, part);
	}
	const image = { width: size, height: below.height, data: pixels, channels: 1, depth: 8 } as const;
	return Buffer.from(encodePng(image));
}

/** The same as an SVG file, sharp at every size; `size` is how wide it is shown by itself. */
export function qrSvg(
	text: string,
	size: number,
	correction: Correction,
	caption: readonly string[] = [],
): Buffer {
	const { data: modules, size: count } = qrModules(text, correction);
	const below = placeCaption(caption, size, size);
	// The caption is laid out in pixels, and the code's own unit is a module.
	const perPixel = count / size;
	const height = caption.length === 0 ? count : below.height * perPixel;
	const captions = below.parts.map(
		({ rows, scale, left, top }) =>
			`<path transform="translate(${left * perPixel} ${top * perPixel}) scale(${scale * perPixel})" d="${pathOf(rows)}"/>`,
	);
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${below.height}" viewBox="0 0 ${count} ${height}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${count}v${height}H0z"/><path d="${pathOf(modules)}"/>${captions.join('')}</svg>\n`,
	);
}

/** The caption's lines, centred, below a picture of this size; and how high the whole then is. */
function placeCaption(
	lines: readonly string[],
	width: number,
	top: number,
): { parts: Squares[]; height: number } {
	if (lines.length === 0) return { parts: [], height: top };
	const { rows, columns } = captionPixels(lines);
	const scale = Math.floor(width / columns);
	requireRoom(scale, columns, width);
	const left = Math.floor((width - columns * scale) / 2);
	return { parts: [{ rows, scale, left, top }], height: top + rows.length * scale };
}

function requireRoom(scale: number, least: number, size: number): void {
	if (scale >= 1) return;
	throw new InvalidInput('Size (Pixels)', size, `must be at least ${least} for this QR code`);
}

function paint(pixels: Uint8Array, width: number, { rows, scale, left, top }: Squares): void {
	rows.forEach((row, y) => {
		row.forEach((isDark, x) => {
			if (!isDark) return;
			for (let line = 0; line < scale; line += 1) {
				const start = (top + y * scale + line) * width + left + x * scale;
				pixels.fill(0, start, start + scale);
			}
		});
	});
}

function pathOf(rows: boolean[][]): string {
	return rows
		.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
}

function qrModules(text: string, ecc: Correction): { data: boolean[][]; size: number } {
	return encodeQr(text, { ecc, border: QUIET_ZONE });
}

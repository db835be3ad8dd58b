import { encode as encodePng } from 'fast-png';
import { encode as encodeQr } from 'uqr';

import { InvalidInput } from '../../../shared/model/invalidInput';

/** How much of the picture may be covered or dirty, from little (L, 7 %) to much (H, 30 %). */
type Correction = 'L' | 'M' | 'Q' | 'H';

/** Empty modules around the code, as the standard (ISO/IEC 18004) asks for. */
const QUIET_ZONE = 4;

/**
 * A QR code as a PNG file of exactly `size` pixels in width and height.
 *
 * Its modules are whole pixels, so that scanners see sharp edges; what is left over is white border.
 *
 * @throws InvalidInput where `size` is too small for the text
 */
export function qrPng(text: string, size: number, correction: Correction): Buffer {
	const { data: modules, size: count } = qrModules(text, correction);
	const scale = Math.floor(size / count);
	if (scale < 1) {
		throw new InvalidInput('Size (Pixels)', size, `must be at least ${count} for this QR code`);
	}
	const margin = Math.floor((size - count * scale) / 2);
	const pixels = new Uint8Array(size * size).fill(255);
	for (let y = 0; y < count * scale; y += 1) {
		const row = modules[Math.floor(y / scale)];
		const start = (y + margin) * size + margin;
		for (let x = 0; x < count * scale; x += 1) {
			if (row[Math.floor(x / scale)]) pixels[start + x] = 0;
		}
	}
	const image = { width: size, height: size, data: pixels, channels: 1, depth: 8 } as const;
	return Buffer.from(encodePng(image));
}

/** A QR code as an SVG file, sharp at every size; `size` is how large it is shown by itself. */
export function qrSvg(text: string, size: number, correction: Correction): Buffer {
	const { data: modules, size: count } = qrModules(text, correction);
	const path = modules
		.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${count} ${count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${count}v${count}H0z"/><path d="${path}"/></svg>\n`,
	);
}

function qrModules(text: string, ecc: Correction): { data: boolean[][]; size: number } {
	return encodeQr(text, { ecc, border: QUIET_ZONE });
}

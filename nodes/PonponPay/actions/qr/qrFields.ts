import type { Values } from '../../../shared/fields/field';
import { choice } from '../../../shared/fields/choices';
import { wholeNumber } from '../../../shared/fields/numbers';
import { text } from '../../../shared/fields/texts';
import { qrPng, qrSvg } from './qrPicture';

/** What operations ask for that draw a QR code, and the file that follows from it. */

export const binaryPropertyName = text(
	{
		displayName: 'Put Output File in Field',
		hint: 'The name of the output binary field to put the file in',
		description: 'Name of the binary field the picture goes to',
	},
	'data',
);

/** @param least the smallest width, in pixels */
export function pictureOptions(least: number) {
	return {
		errorCorrection: choice(
			{
				displayName: 'Error Correction',
				description: 'How much of the picture may be dirty or covered, as by a logo',
			},
			[
				{ name: 'High (30%)', value: 'H' },
				{ name: 'Low (7%)', value: 'L' },
				{ name: 'Medium (15%)', value: 'M' },
				{ name: 'Quartile (25%)', value: 'Q' },
			],
			'M',
		),
		format: choice(
			{ displayName: 'Format', description: 'File format of the picture' },
			[
				{ name: 'PNG', value: 'png', description: 'For chat and e-mail' },
				{ name: 'SVG', value: 'svg', description: 'For print, sharp at every size' },
			],
			'png',
		),
		size: wholeNumber(
			{
				displayName: 'Size (Pixels)',
				description: 'Width and height of the picture, white border included',
			},
			{ least, most: 4096, initially: 512 },
		),
	};
}

type PictureFile = { bytes: Buffer; fileName: string; mimeType: string };

/**
 * The picture as a file.
 *
 * @param name of the file, without its ending; what is not safe in one is replaced
 * @param caption lines to stand below the code
 * @throws InvalidInput where the size is too small
 */
export function drawQr(
	content: string,
	{ size, format, errorCorrection }: Values<ReturnType<typeof pictureOptions>>,
	name: string,
	caption: readonly string[] = [],
): PictureFile {
	const draw = format === 'svg' ? qrSvg : qrPng;
	return {
		bytes: draw(content, size, errorCorrection, caption),
		fileName: `${name.replace(/[^\w-]/g, '_')}.${format}`,
		mimeType: format === 'svg' ? 'image/svg+xml' : 'image/png',
	};
}

import type { Page } from 'playwright-core';

/** A part of the canvas in pixels of the screen. */
export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What a person sees of a workflow. */
export interface Canvas {
	nodes: CanvasNode[];
	notes: CanvasNote[];
	/** The lines between nodes, as points along them. */
	lines: Array<Array<{ x: number; y: number }>>;
}

export interface CanvasNode {
	name: string;
	/** What stands below the name. */
	subtitle: string;
	/** The node's picture, and its name with what stands below it. */
	parts: Box[];
	/** Set where n8n marks the node: it does not know its type, or something about its settings is amiss. */
	mark?: 'notInstalled' | 'issues';
}

export interface CanvasNote {
	title: string;
	box: Box;
	/** Whether the text is longer than the note. */
	isCut: boolean;
}

/** Looks at the canvas in one moment, so that all positions fit each other. */
export async function lookAtCanvas(page: Page): Promise<Canvas> {
	return await page.locator('.vue-flow').evaluate((canvas): Canvas => {
		// This runs in the browser; the element stands for all types of the page, which are not declared here.
		type Element = typeof canvas;
		const list = (parent: Element, selector: string): Element[] => [
			...parent.querySelectorAll(selector),
		];
		const boxOf = (element: Element): Box => {
			const { left, top, right, bottom } = element.getBoundingClientRect();
			return { left, top, right, bottom };
		};
		const textOf = (element: Element | undefined): string => element?.textContent?.trim() ?? '';
		const markOf = (node: Element): CanvasNode['mark'] => {
			if (list(node, '[data-test-id="node-not-installed"]').length > 0) return 'notInstalled';
			return list(node, '[data-test-id="node-issues"]').length > 0 ? 'issues' : undefined;
		};
		const pointsOf = (path: Element): Canvas['lines'][number] => {
			const steps = 60;
			const toScreen = path.getScreenCTM();
			return Array.from({ length: steps + 1 }, (_, step) => {
				const along = (path.getTotalLength() * step) / steps;
				const { x, y } = path.getPointAtLength(along).matrixTransform(toScreen);
				return { x, y };
			});
		};
		const nodes = list(canvas, '[data-test-id="canvas-node"]').map((node) => ({
			name: node.getAttribute('data-node-name'),
			subtitle: textOf(list(node, '[class*="_subtitle_"]')[0]),
			parts: list(
				node,
				'[data-canvas-node-render-type], [data-canvas-node-render-type] > [class*="_description_"]',
			).map(boxOf),
			mark: markOf(node),
		}));
		const notes = list(canvas, '[data-test-id="sticky"]').map((note) => {
			const texts = list(note, 'h1, h2, h3, p, li');
			const { bottom } = boxOf(note);
			const isCut = texts.some((text) => boxOf(text).bottom > bottom);
			return { title: textOf(texts[0]), box: boxOf(note), isCut };
		});
		return { nodes, notes, lines: list(canvas, '.vue-flow__edge-path').map(pointsOf) };
	});
}

/** What lies over something else, each as a sentence. */
export function overlaps({ nodes, notes, lines }: Canvas): string[] {
	const things = [
		...nodes.map(({ name, parts }) => ({ name, parts })),
		...notes.map(({ title, box }) => ({ name: `the note "${title}"`, parts: [box] })),
	];
	const pairs = things.flatMap((one, index) =>
		things
			.slice(index + 1)
			.filter((other) => one.parts.some((part) => other.parts.some((box) => touch(part, box))))
			.map((other) => `${one.name} and ${other.name} overlap`),
	);
	// A line begins and ends at a node's picture; names and notes it has to leave alone.
	const texts = [
		...nodes.map(({ name, parts }) => ({ name: `the name of ${name}`, parts: parts.slice(1) })),
		...things.slice(nodes.length),
	];
	const crossed = texts
		.filter(({ parts }) => lines.flat().some((point) => parts.some((box) => contains(box, point))))
		.map(({ name }) => `a line runs through ${name}`);
	return [...pairs, ...crossed];
}

function touch(one: Box, other: Box): boolean {
	return (
		one.left < other.right &&
		other.left < one.right &&
		one.top < other.bottom &&
		other.top < one.bottom
	);
}

function contains({ left, top, right, bottom }: Box, { x, y }: { x: number; y: number }): boolean {
	return left < x && x < right && top < y && y < bottom;
}

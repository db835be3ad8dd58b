/** What several measurements of the same thing say. */
export interface Summary {
	median: number;
	least: number;
	most: number;
	count: number;
}

export function summarise(values: readonly number[]): Summary {
	const sorted = [...values].sort((left, right) => left - right);
	const middle = Math.floor(sorted.length / 2);
	const median =
		sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	return { median, least: sorted[0], most: sorted[sorted.length - 1], count: sorted.length };
}

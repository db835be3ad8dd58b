import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n shows every remark in full above the items: more of them, and nobody sees the items. */
const MOST_HINTS = 10;

/** The remarks of one run of a node: the first few in full, of the others how many. */
export class RunHints {
	private readonly told = new Set<string>();
	private more = 0;

	constructor(private readonly context: IExecuteFunctions) {}

	tell(message: string): void {
		if (this.told.has(message)) return;
		if (this.told.size >= MOST_HINTS) {
			this.more += 1;
			return;
		}
		this.told.add(message);
		this.show(message);
	}

	/** Must be called once all items are done, or one has stopped the node. */
	end(): void {
		if (this.more > 0)
			this.show(`There are ${this.more} more remarks of this kind on other items.`);
	}

	private show(message: string): void {
		this.context.addExecutionHints({ message, location: 'outputPane' });
	}
}

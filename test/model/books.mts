/** Somebody wanted an order; its amount is nobody else's. */
export interface Intention {
	readonly amount: string;
	/** Whether n8n, or PonponPay where it was asked directly, said that it had been done. */
	isAnswered: boolean;
}

/** What one round has asked for, and what happened to n8n meanwhile. */
export class Books {
	readonly intentions: Intention[] = [];
	/** Requests that are under way. */
	readonly pending: Array<Promise<void>> = [];
	/** n8n was ended in whatever way, so that what it only had in mind is gone. */
	restarts = 0;
	kills = 0;

	/** @param firstOrder how many orders there were before this round */
	constructor(
		readonly firstOrder: number,
		private readonly newAmount: () => string,
	) {}

	intend(): Intention {
		const intention = { amount: this.newAmount(), isAnswered: false };
		this.intentions.push(intention);
		return intention;
	}
}

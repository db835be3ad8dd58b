/** More than an n8n suspends in the time in which two could want the same. */
const MOST_KEPT = 10_000;

/** What has been taken in hand, each by one only, for as long as this n8n process lives. */
export class Claims {
	/** In the order they were made. */
	private readonly taken = new Set<string>();

	/** @returns whether nobody else has it */
	claim(id: string): boolean {
		if (this.taken.has(id)) return false;
		if (this.taken.size >= MOST_KEPT) {
			for (const oldest of this.taken) {
				this.taken.delete(oldest);
				break;
			}
		}
		this.taken.add(id);
		return true;
	}

	release(id: string): void {
		this.taken.delete(id);
	}
}

import type { Claims } from '../../../nodes/shared/n8n/claimStore';

/** Claims as n8n's database keeps them: an answer takes a turn, and the first who writes a row has it. */
export class MemoryClaims implements Claims {
	/** Whether the database cannot be asked. */
	isAway = false;
	private readonly owners = new Map<string, string>();

	get keys(): string[] {
		return [...this.owners.keys()];
	}

	async claim(key: string, owner: string): Promise<'mine' | 'taken'> {
		await this.ask();
		if (!this.owners.has(key)) this.owners.set(key, owner);
		return this.owners.get(key) === owner ? 'mine' : 'taken';
	}

	async isClaimed(key: string): Promise<boolean> {
		await this.ask();
		return this.owners.has(key);
	}

	async release(key: string): Promise<void> {
		await this.ask();
		this.owners.delete(key);
	}

	private async ask(): Promise<void> {
		await Promise.resolve();
		if (this.isAway) throw new Error('no database');
	}
}

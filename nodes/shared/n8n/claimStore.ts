import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

/** What is claimed by whom. */
export type Claims = {
	claim(key: string, owner: string): Promise<'mine' | 'taken'>;
	isClaimed(key: string): Promise<boolean>;
	release(key: string): Promise<void>;
};

/** So often a claim is tried: of two at the same time the slower one tries again. */
const MOST_TRIES = 3;

/**
 * Claims that all processes of one n8n share and that outlive a restart: whoever claims a key first has it, until it is
 * released; the owner may claim it again.
 *
 * n8n keeps what a node has seen before in one row of its database for each node, and reads, changes and writes it back
 * without a lock. But a row that is not there yet it *inserts*, and the database inserts a row once. So each key gets a
 * row of its own: n8n names the row after the ID of the node, which it reads before the call returns. The owner stands in
 * the row as what n8n calls its mode, and n8n goes on with no row of another mode.
 *
 * Seen in n8n-core 1.120 to 2.41 that the ID is that of the node of getExecuteData(), read at once; the table itself is the
 * server's, the same in 1.123.81 and 2.41.1, on SQLite and PostgreSQL. Were the ID read later or elsewhere, all keys would be
 * one and every later event would look claimed: {@link works} tells. Claims of a node are its own, and go with its workflow.
 */
export class ClaimStore implements Claims {
	private readonly node;

	/** @param context of an execution; what it calls its node may be exchanged afterwards */
	constructor(private readonly context: IExecuteFunctions) {
		({ node: this.node } = context.getExecuteData());
	}

	/**
	 * @param owner two with one name are one
	 * @throws whatever n8n says when its database cannot be asked; then it is unknown whether the key is claimed
	 */
	async claim(key: string, owner: string): Promise<'mine' | 'taken'> {
		const mode = digest(owner) as 'entries';
		const record = async () => {
			await this.inRowOf(
				key,
				async () => await this.context.helpers.checkProcessedAndRecord([key], 'node', { mode }),
			);
			return 'mine' as const;
		};
		const decide = async (tries: number): Promise<'mine' | 'taken'> =>
			await record().catch(async (error: unknown) => {
				if (isOfAnotherMode(error)) return 'taken';
				// One of two at the same time, and not the faster, who may have been this owner; or the database is away.
				if (tries >= MOST_TRIES) throw error;
				return await decide(tries + 1);
			});
		return await decide(1);
	}

	async isClaimed(key: string): Promise<boolean> {
		const count = async () =>
			await this.context.helpers.getProcessedDataCount('node', { mode: 'entries' });
		return (await this.inRowOf(key, count)) > 0;
	}

	/** Whoever claims the key next has it. */
	async release(key: string): Promise<void> {
		await this.inRowOf(key, async () => {
			await this.context.helpers.clearAllProcessedItems('node', { mode: 'entries' });
		});
	}

	/**
	 * Whether n8n still keeps a row for each key.
	 *
	 * @param random a text that nobody has used before
	 */
	async works(random: string): Promise<boolean> {
		const [one, other] = [`${random} 1`, `${random} 2`];
		if ((await this.claim(one, one)) !== 'mine') return false;
		// In the row of the first this would be another owner's.
		const areApart =
			(await this.claim(one, other)) === 'taken' && (await this.claim(other, other)) === 'mine';
		await this.release(one);
		if (areApart) await this.release(other);
		return areApart;
	}

	/** Calls n8n's store as if this node were another one. Nobody sees it: the ID is back before anything else runs. */
	private inRowOf<T>(key: string, call: () => Promise<T>): Promise<T> {
		const { node } = this;
		const { id } = node;
		node.id = `${id}/${digest(key)}`;
		try {
			return call();
		} finally {
			node.id = id;
		}
	}
}

/** By this n8n says that a row has another mode, which is another owner. {@link ClaimStore.works} tells where it says it otherwise. */
function isOfAnotherMode(error: unknown): boolean {
	return error instanceof Error && error.message.includes('incompatible setting');
}

/** Keys hold what others wrote; their digests are all equally short. */
function digest(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}

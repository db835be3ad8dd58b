import { Lease, LONGEST_LEASE_MS } from '../../../nodes/shared/once/lease';
import { MemoryClaims } from './memoryClaims';

const MINUTE = 60_000;

describe('A lease', () => {
	let store: MemoryClaims;
	let time: number;
	let wake: Array<() => void>;

	beforeEach(() => {
		store = new MemoryClaims();
		time = 1_000_000_000_000 - (1_000_000_000_000 % (5 * MINUTE));
		wake = [];
	});

	const lease = (owner: string) =>
		new Lease(
			store,
			'event',
			owner,
			() => time,
			async () => await new Promise((resolve) => wake.push(resolve)),
		);

	/** Lets time pass minute by minute, as a process sees it that lives. */
	const pass = async (minutes: number) => {
		for (let minute = 0; minute < minutes; minute += 1) {
			time += MINUTE;
			for (const resolve of wake.splice(0)) resolve();
			await new Promise((resolve) => setImmediate(resolve));
		}
	};

	it('is one execution’s, until that gives it back', async () => {
		const first = lease('a');
		expect(await first.take()).toBe(true);
		expect(await lease('b').take()).toBe(false);
		await first.release();
		expect(await lease('b').take()).toBe(true);
	});

	it('is taken by one of many who come at once', async () => {
		const taken = Array.from({ length: 8 }, async (_, index) => await lease(String(index)).take());
		expect((await Promise.all(taken)).filter(Boolean)).toHaveLength(1);
	});

	it('is taken by no more than one, whatever side of the border between two spans they come on', async () => {
		for (let round = 0; round < 20; round += 1) {
			store = new MemoryClaims();
			const takers = Array.from({ length: 8 }, (_, index) => lease(String(index)));
			const taken = takers.map(async (taker, index) => {
				if (index === 4) time += 5 * MINUTE;
				return await taker.take();
			});
			expect((await Promise.all(taken)).filter(Boolean).length).toBeLessThanOrEqual(1);
		}
	});

	it('is kept for as long as its process lives', async () => {
		const first = lease('a');
		await first.take();
		for (let minute = 0; minute < 50; minute += 1) {
			await pass(1);
			expect(await lease('b').take()).toBe(false);
		}
		await first.release();
		expect(await lease('b').take()).toBe(true);
		expect(store.keys).toHaveLength(1);
	});

	it('ends by itself ten minutes after its process was killed, and not before five', async () => {
		await lease('a').take();
		wake = [];
		time += 5 * MINUTE;
		expect(await lease('b').take()).toBe(false);
		time += 5 * MINUTE;
		expect(await lease('b').take()).toBe(true);
	});

	it('ends by itself where its execution has stalled', async () => {
		await lease('a').take();
		await pass(LONGEST_LEASE_MS / MINUTE);
		wake = [];
		time += 10 * MINUTE;
		expect(await lease('b').take()).toBe(true);
	});

	it('is kept where another one has looked at the very border between two spans', async () => {
		const first = lease('a');
		await first.take();
		await pass(4);
		// The other one has claimed the next span, and has not yet seen that this one is held.
		time += MINUTE;
		await store.claim('event begun ' + time / (5 * MINUTE), 'b');
		await pass(1);
		await store.release('event begun ' + (time - MINUTE) / (5 * MINUTE));
		await pass(1);
		wake = [];
		time += 3 * MINUTE;
		expect(await lease('c').take()).toBe(false);
		await first.release();
	});

	it('is its own for an execution that is tried again', async () => {
		await lease('a').take();
		time += 5 * MINUTE;
		expect(await lease('a').take()).toBe(true);
	});

	it('is renewed once the database is there again', async () => {
		const first = lease('a');
		await first.take();
		store.isAway = true;
		await pass(6);
		store.isAway = false;
		await pass(1);
		time += 4 * MINUTE;
		expect(await lease('b').take()).toBe(false);
		await first.release();
	});
});

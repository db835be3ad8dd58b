import { SignedDeliveries } from '../../../nodes/shared/once/signedDeliveries';

const LEASE_MS = 120_000;
const body = Buffer.from('{"status":2}');

describe('The very same delivery', () => {
	let now: number;
	let deliveries: SignedDeliveries;
	beforeEach(() => {
		now = 0;
		deliveries = new SignedDeliveries(() => now);
	});
	const receive = (bytes = body) => {
		const nonces = deliveries.receive(bytes, LEASE_MS);
		return { nonces, claimed: nonces.claim('nonce') };
	};

	it('is told what became of the first', () => {
		const first = receive();
		const second = receive();
		expect([first.claimed, second.claimed]).toEqual(['first', 'used']);
		expect(second.nonces.earlier?.wasTaken).toBeUndefined();
		first.nonces.confirm();
		expect(second.nonces.earlier?.wasTaken).toBe(true);
		expect(receive().nonces.earlier?.wasTaken).toBe(true);
	});

	it('is the first again after one that was not taken', () => {
		receive().nonces.release('nonce');
		expect(receive().claimed).toBe('first');
	});

	it('takes the place of one that has no end, and keeps it', () => {
		const lost = receive();
		now = LEASE_MS;
		const next = receive();
		expect(next.claimed).toBe('first');
		lost.nonces.release('nonce');
		expect(receive().claimed).toBe('used');
	});

	it('is not one that came elsewhere', () => {
		receive().nonces.confirm();
		const elsewhere = deliveries.receive(body, LEASE_MS, '/webhook-waiting/2');
		expect([elsewhere.claim('nonce'), elsewhere.earlier]).toEqual(['used', undefined]);
	});

	it('is not one with another body', () => {
		receive().nonces.confirm();
		const other = receive(Buffer.from('{"status":3}'));
		expect([other.claimed, other.nonces.earlier]).toEqual(['used', undefined]);
	});
});

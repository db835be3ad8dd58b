import type { Fault } from '../../sandbox/http/faults.mts';

/** Everything that can go wrong with an answer, the work done or not. */
export const FAULT_KINDS: readonly Fault[] = [
	{ kind: 'delay', ms: 50 },
	{ kind: 'status', status: 429, when: 'before' },
	{ kind: 'status', status: 429, when: 'before', retryAfter: 0 },
	{ kind: 'status', status: 429, when: 'before', retryAfter: { date: 0 } },
	{ kind: 'status', status: 500, when: 'before' },
	{ kind: 'status', status: 502, when: 'after' },
	{ kind: 'status', status: 503, when: 'before', retryAfter: 0 },
	{ kind: 'status', status: 503, when: 'after' },
	{ kind: 'status', status: 504, when: 'before' },
	{ kind: 'status', status: 504, when: 'after' },
	{ kind: 'reset', when: 'before' },
	{ kind: 'reset', when: 'after' },
	{ kind: 'silence', when: 'before' },
	{ kind: 'silence', when: 'after' },
	{ kind: 'truncated' },
	{ kind: 'stalled' },
	{ kind: 'invalidJson' },
	{
		kind: 'raw',
		when: 'before',
		status: 502,
		contentType: 'text/html',
		body: '<h1>Bad gateway</h1>',
	},
	{ kind: 'raw', when: 'after', contentType: 'text/html', body: '<h1>Welcome</h1>' },
];

/**
 * Preloaded into n8n's workers: their `Date.now()` is ahead by as many milliseconds as the file says that
 * PONPONPAY_TEST_CLOCK names. So a lease of minutes passes without minutes of waiting.
 */
const { readFileSync } = require('node:fs');

const file = process.env.PONPONPAY_TEST_CLOCK;
const now = Date.now.bind(Date);
let ahead = 0;
let readAt = 0;

Date.now = () => {
	const time = now();
	if (time - readAt > 100) {
		readAt = time;
		ahead = Number(readFileSync(file, 'utf8'));
	}
	return time + ahead;
};

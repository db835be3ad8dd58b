import { listFiles, readText, listSources } from '../repositoryFiles.mts';

const ROOM = 'nodes/shared/n8n/';
const sources = listSources();
const inside = sources.filter((file) => file.startsWith(ROOM));
const outside = sources.filter((file) => !file.startsWith(ROOM));

/** What leads to n8n's insides, or to what n8n's types promise more of than n8n keeps. */
const REACHES: Record<string, RegExp> = {
	'a cast of what n8n gave': /\b(?:as unknown as|(?:context|this) as)\b/,
	'what a context holds': /\b(?:additionalData|runExecutionData|credentialsHelper|retryOf)\b/,
	'the stack of an execution': /\b(?:nodeExecutionStack|getExecuteData|putExecutionToWait)\b/,
	'what expressions see': /\bgetWorkflowDataProxy\b/,
	'static data': /\bgetWorkflowStaticData\b/,
	'the store for what was seen': /\bcheckProcessedAndRecord\b/,
	'the bytes of a request': /\.(?:rawBody|readRawBody)\b/,
	'the end of an answer': /\bresponse\.(?:end|send)\b/,
	'a credential handed over': /\bcredentialsDecrypted\b/,
	'webhooks of a suspended execution': /\brestartWebhook\b/,
	'functions for the fields of a webhook': /\bwebhookDescriptionFields\b/,
	"a node's context": /\bgetContext\(/,
	'the name of a tool': /\.endsWith\('Tool'\)/,
};

describe('What reaches n8n beyond its types', () => {
	it.each(Object.entries(REACHES))('stands in n8n’s own room: %s', (_, pattern) => {
		expect(outside.filter((file) => pattern.test(codeOf(file)))).toEqual([]);
		// Else the pattern is out of date.
		expect(inside.some((file) => pattern.test(codeOf(file)))).toBe(true);
	});

	it.each(inside)('says in which n8n it was seen and what breaks without it: %s', (file) => {
		const exported = readText(file).matchAll(
			/(?:\/\*\*((?:(?!\*\/).)*)\*\/\n)?export (?:async )?(?:function|class) (\w+)/gs,
		);
		const silent = [...exported]
			.filter(
				([, comment = '']) =>
					!/\bSeen\b[\s\S]*\d\.\d/.test(comment) || !/Without|Were\b/.test(comment),
			)
			.map(([, , name]) => name);
		expect(silent).toEqual([]);
	});

	it.each(inside)('is tried in each n8n that we have seen: %s', (file) => {
		const contracts = listFiles('test/n8nVersions', '.test.mts').map((name) =>
			readText(`test/n8nVersions/${name}`),
		);
		const module = file.replace(/\.ts$/, '');
		const isTried = contracts.some((text) => text.includes(`../../${module}'`));
		// What only n8n's server does is tried with a server.
		const isServers = /test\/e2e\/\w+\.test\.mts/.test(readText(file));
		expect(isTried || isServers).toBe(true);
	});

	it('names end-to-end tests that are there', () => {
		const named = inside.flatMap(
			(file) => readText(file).match(/test\/e2e\/\w+\.test\.mts/g) ?? [],
		);
		const there = listFiles('test/e2e', '.test.mts').map((name) => `test/e2e/${name}`);
		expect(named.filter((name) => !there.includes(name))).toEqual([]);
	});
});

/** Without comments, which may speak of it. */
function codeOf(file: string): string {
	return readText(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

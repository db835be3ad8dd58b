import { listFiles, readText } from '../unit/repositoryFiles.mts';

/** One run of the tests with a real n8n in `.ci/run`: end to end in one process, or in queue mode. */
export interface Lane {
	/** The version of n8n. */
	n8n: string;
	hasPublicationService: boolean;
	isOnPostgres: boolean;
	isInQueueMode: boolean;
	/** Whether it runs the file of this name, as {@link listServerTests} has it. */
	runs(file: string): boolean;
}

const ENDING = '.test.mts';

/** Those runs of `.ci/run`, in its order. */
export function listLanes(): Lane[] {
	const script = readText('.ci/run').replaceAll('\\\n', '');
	const runs = script.matchAll(/^tests (e2e|queue)(.*)npm run test:\1 -- *(?:'(.+)')?$/gm);
	return [...runs].map(([, suite, settings, pattern = '']) => ({
		n8n: /PONPONPAY_TEST_N8N=(\S+)/.exec(settings)?.[1] ?? newestN8n(),
		hasPublicationService: !settings.includes('PONPONPAY_TEST_PUBLICATION_SERVICE=false'),
		isOnPostgres: settings.includes('PONPONPAY_TEST_DATABASE=postgres'),
		isInQueueMode: suite === 'queue',
		runs: (file) => {
			const path = `${pathOf(file)}${ENDING}`;
			return path.startsWith(`${suite}/`) && new RegExp(pattern).test(path);
		},
	}));
}

/**
 * The tests that drive an n8n, by name without ending, those of queue mode with their folder; the others of `test/e2e` look
 * at the package alone.
 */
export function listServerTests(): string[] {
	const nameOf = (file: string) => file.slice(0, -ENDING.length);
	const endToEnd = listFiles('test/e2e', ENDING).filter((file) =>
		readText(`test/e2e/${file}`).includes('openTestShop'),
	);
	const inQueueMode = listFiles('test/queue', ENDING).map((file) => `queue/${file}`);
	return [...endToEnd, ...inQueueMode].map(nameOf);
}

function pathOf(file: string): string {
	return file.includes('/') ? file : `e2e/${file}`;
}

/** What `npm run test:e2e` takes where nothing else is said. */
function newestN8n(): string {
	const [, version] =
		/DEFAULT_N8N = .* \?\? '([\d.]+)'/.exec(readText('test/n8n/install.mts')) ?? [];
	if (version === undefined) throw new Error('test/n8n/install.mts no longer names its n8n.');
	return version;
}

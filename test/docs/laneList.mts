import { listFiles, readText } from '../unit/repositoryFiles.mts';

/** One run of the end-to-end tests in `.ci/run`. */
export interface Lane {
	/** The version of n8n. */
	n8n: string;
	hasPublicationService: boolean;
	isOnPostgres: boolean;
	/** Whether it runs the file of this name, without its ending. */
	runs(file: string): boolean;
}

const ENDING = '.test.mts';

/** The end-to-end runs of `.ci/run`, in its order. */
export function listLanes(): Lane[] {
	const script = readText('.ci/run').replaceAll('\\\n', '');
	const runs = script.matchAll(/^tests e2e(.*)npm run test:e2e -- *(?:'(.+)')?$/gm);
	return [...runs].map(([, settings, pattern = '']) => ({
		n8n: /PONPONPAY_TEST_N8N=(\S+)/.exec(settings)?.[1] ?? newestN8n(),
		hasPublicationService: !settings.includes('PONPONPAY_TEST_PUBLICATION_SERVICE=false'),
		isOnPostgres: settings.includes('PONPONPAY_TEST_DATABASE=postgres'),
		runs: (file) => new RegExp(pattern).test(`e2e/${file}${ENDING}`),
	}));
}

/** The end-to-end tests that drive an n8n, by name without ending; the others look at the package alone. */
export function listEndToEndTests(): string[] {
	return listFiles('test/e2e', ENDING)
		.filter((file) => readText(`test/e2e/${file}`).includes('openTestShop'))
		.map((file) => file.slice(0, -ENDING.length));
}

/** What `npm run test:e2e` takes where nothing else is said. */
function newestN8n(): string {
	const [, version] =
		/DEFAULT_N8N = .* \?\? '([\d.]+)'/.exec(readText('test/n8n/install.mts')) ?? [];
	if (version === undefined) throw new Error('test/n8n/install.mts no longer names its n8n.');
	return version;
}

import { ensureEngines } from './install.mts';

/** Installs the engines once, with progress, before the first test's clock runs. */
export default async function globalSetup(): Promise<void> {
	await ensureEngines();
}

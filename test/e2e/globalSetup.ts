import { ensureN8n } from '../n8n/install.mts';
import { packPackage } from '../n8n/package.mts';

/** Installs n8n and packs the package once, with progress, before the first test's clock runs. */
export default async function globalSetup(): Promise<void> {
	await ensureN8n();
	await packPackage();
}

import { USER_AGENT } from '../../../nodes/shared/api/connection';
import { PACKAGE_VERSION } from '../../../nodes/shared/api/packageVersion';
import manifest from '../../../package.json';

it('the version we tell PonponPay is the version of the package', () => {
	expect(PACKAGE_VERSION).toBe(manifest.version);
	expect(USER_AGENT).toBe(`${manifest.name}/${manifest.version}`);
});

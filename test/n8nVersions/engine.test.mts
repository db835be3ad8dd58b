import { CORE, installedVersion } from './version.mts';
import { engineOf, oneItem } from './probes.mts';
import { versions } from './folders.cjs';

it('These tests run in the n8n-core that they are about, with the n8n-workflow that it asks for', async () => {
	expect(installedVersion('n8n-core')).toBe(CORE);
	expect(installedVersion('n8n-workflow')).toBe(versions[CORE]);
	const engine = engineOf(async () => oneItem({ ran: true }));
	expect((await engine.runNode({})).json).toEqual([{ ran: true }]);
});

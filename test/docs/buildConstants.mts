/** Gives the nodes' code, where it runs from source, what the build writes into it. To be imported before that code. */
import { DEFINE } from '../../esbuild.config.cjs';

for (const [name, text] of Object.entries(DEFINE)) {
	Object.assign(globalThis, { [name]: JSON.parse(text) as unknown });
}

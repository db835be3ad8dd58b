import type { LruMap } from '../lruMap';
import type { Endpoint } from './endpoints';

/**
 * Under which of its two paths an endpoint was answered at a host.
 *
 * By host and endpoint, because a host may have some under one prefix alone. Nothing is settled for good: where the path
 * that answered is gone, the other one is tried again.
 */
export class Routes {
	constructor(private readonly answered: Pick<LruMap<string>, 'get' | 'set'> = new Map()) {}

	/** The paths in the order in which they are to be tried. */
	of(host: string, { path, legacyPath }: Endpoint): [first: string, second?: string] {
		if (legacyPath === undefined) return [path];
		const isLegacy = this.answered.get(keyOf(host, path)) === legacyPath;
		return isLegacy ? [legacyPath, path] : [path, legacyPath];
	}

	/** Whether this path has answered there. */
	isKnown(host: string, { path }: Endpoint, answering: string): boolean {
		return this.answered.get(keyOf(host, path)) === answering;
	}

	/** This path has answered there. */
	keep(host: string, { path }: Endpoint, answering: string): void {
		this.answered.set(keyOf(host, path), answering);
	}
}

function keyOf(host: string, path: string): string {
	return host + path;
}

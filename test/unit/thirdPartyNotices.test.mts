import { build } from 'esbuild';

import { BUNDLE, thirdPartyNotices } from '../../esbuild.config.cjs';

describe('the notices of third parties', () => {
	let notices: string;
	let bundled: Set<string>;

	beforeAll(async () => {
		const { metafile } = await build({ ...BUNDLE, write: false });
		notices = thirdPartyNotices(metafile);
		const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
			Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
				bytesInOutput > 0 ? [file] : [],
			),
		);
		bundled = new Set(
			files
				.filter((file) => file.includes('node_modules/'))
				.map((file) => file.split('node_modules/').pop()?.split('/') ?? [])
				.map(([scope, name]) => (scope.startsWith('@') ? `${scope}/${name}` : scope)),
		);
	});

	it('name every library in the bundles, and no other', () => {
		const named = [...notices.matchAll(/^## (\S+) \d/gm)].map(([, name]) => name);
		expect(bundled.size).toBeGreaterThan(0);
		expect(named).toEqual([...bundled].sort());
	});

	it('give the text of each licence', () => {
		const texts = notices.split(/^## /m).slice(1);
		expect(texts.filter((text) => !/copyright/i.test(text) || !/permission/i.test(text))).toEqual(
			[],
		);
	});
});

declare const BUILD_VERSION: string;

/** Version of this package, put in by the build: a published node cannot read its package.json. */
export const PACKAGE_VERSION = BUILD_VERSION;

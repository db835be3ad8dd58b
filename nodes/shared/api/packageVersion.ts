/** Version of this package; a test holds it against package.json, which a published node cannot read. */
export const PACKAGE_VERSION = '0.1.0';

import type { BuildOptions, Metafile } from 'esbuild';

export const DEFINE: Record<string, string>;
export const BUNDLE: BuildOptions & { metafile: true };
export function thirdPartyNotices(metafile: Metafile): string;

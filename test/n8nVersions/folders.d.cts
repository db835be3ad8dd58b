/** The n8n-workflow that belongs to each n8n-core. */
export declare const versions: Record<string, string>;
/** Where a version of n8n-core is installed. */
export declare function folderOf(version: string): string;
/** Of this repository. */
export declare const root: string;

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = join(process.cwd(), 'nodes', 'PonponPay', '__schema__', 'v1');

/** Whether the stored schemas are to be written anew: `WRITE_SCHEMAS=1 npx jest test/engine/schemas`. */
export const isWriting = process.env.WRITE_SCHEMAS === '1';

/** `name`: `<resource>/<operation>`. */
export function readSchema(name: string): unknown {
	return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}

export function writeSchema(name: string, schema: unknown): void {
	mkdirSync(dirname(fileOf(name)), { recursive: true });
	writeFileSync(fileOf(name), `${JSON.stringify(schema, null, '\t')}\n`);
}

function fileOf(name: string): string {
	return join(FOLDER, `${name}.json`);
}

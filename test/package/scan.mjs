/**
 * Runs n8n's scan of community packages on a folder and prints what it finds: nothing when all is well.
 *
 *     node test/package/scan.mjs <folder> <pattern …>
 *
 * A program of its own, because the scanner is an ES module, which jest does not load.
 */
import { analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, ...patterns] = process.argv.slice(2);
const { passed, message, details } = await analyzePackage(folder, patterns);
if (!passed) process.stdout.write(`${details ?? message}\n`);

/**
 * Runs a program as the child of a Node that ends with whoever started it (exitWithParent.cjs), because programs such as
 * PostgreSQL's cannot preload that. Given JSON: `{ command, args, uid, gid }`. Ends as the program ends.
 */
const { spawn } = require('node:child_process');

const { command, args, uid, gid } = JSON.parse(process.argv[2]);
const child = spawn(command, args, { uid, gid, stdio: ['ignore', 'inherit', 'inherit'] });
process.on('SIGTERM', () => child.kill('SIGINT'));
child.on('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

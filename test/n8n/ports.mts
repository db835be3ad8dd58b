import { createServer, type Server } from 'node:net';

const LOOPBACK = '127.0.0.1';

function listen(port: number): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, LOOPBACK, () => resolve(server));
	});
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

/** So many different ports of the loopback interface that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
	// All are held before any is let go; else the same one could come twice.
	const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
	const ports = servers.map(portOf);
	await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
	return ports;
}

/** Whether nobody listens on this port of the loopback interface now. */
export async function isFree(port: number): Promise<boolean> {
	try {
		const server = await listen(port);
		await new Promise((done) => server.close(done));
		return true;
	} catch {
		return false;
	}
}

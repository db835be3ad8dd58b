import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';

import { connectionFault } from '../../../nodes/shared/api/connection';

/** n8n's request helper is built on axios: what it throws comes to us as it is. */
describe('what axios throws', () => {
	let server: Server;
	afterEach(async () => {
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
	});

	const faultOf = async (listener: RequestListener, { isClosed = false, timeout = 0 } = {}) => {
		server = createServer(listener);
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const { port } = server.address() as AddressInfo;
		if (isClosed) await new Promise((closed) => server.close(closed));
		const headers = { 'X-API-Key': 'sk_live_secret' };
		const error = await axios
			.post(`http://127.0.0.1:${port}/order/add`, {}, { headers, timeout, proxy: false })
			.then(() => undefined)
			.catch((thrown: unknown) => thrown);
		const fault = connectionFault(error);
		expect(JSON.stringify(fault)).not.toContain('sk_live_secret');
		return fault;
	};

	it('means that nothing was sent, where nobody listens', async () => {
		const fault = await faultOf(() => {}, { isClosed: true });
		expect(fault).toEqual({ kind: 'unreachable', detail: 'ECONNREFUSED' });
	});

	it('means that the request may have arrived, where the connection breaks', async () => {
		const fault = await faultOf((request) => request.socket.destroy());
		expect(fault).toEqual({ kind: 'interrupted', detail: 'ECONNRESET' });
	});

	it('means that the request may have arrived, where no answer comes in time', async () => {
		const fault = await faultOf(() => {}, { timeout: 50 });
		expect(fault).toEqual({ kind: 'interrupted', detail: 'ECONNABORTED' });
	});

	it('means that the request may have arrived, where the answer breaks off', async () => {
		const fault = await faultOf((_request, response) => {
			response.writeHead(200, { 'Content-Length': '100' });
			response.write('{"code":0', () => response.destroy());
		});
		expect(fault.kind).toBe('interrupted');
	});
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Counter {
	url: string;
	/** how often each path was called, without its slash */
	counts: Map<string, number>;
	/** when the last call came, or the start, as of `Date.now()` */
	lastAt: () => number;
	close(): Promise<unknown>;
}

/** Counts what a node of a workflow calls. */
export async function startCounter(): Promise<Counter> {
	const counts = new Map<string, number>();
	let last = Date.now();
	const server = createServer((request, response) => {
		const name = decodeURIComponent(String(request.url).slice(1));
		counts.set(name, (counts.get(name) ?? 0) + 1);
		last = Date.now();
		response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		counts,
		lastAt: () => last,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

import { N8nProcess, Server } from './processes.mts';
const server = await Server.start();
server.latency(0);
const p = await N8nProcess.start(1, process.argv[2]);
const kind = (process.argv[4] ?? 'telegent') as any;
await p.run({ ...server.job, kind, count: 1000 });
for (const count of process.argv[3].split(',').map(Number)) {
	const r = await p.run({ ...server.job, kind, count, memory: true });
	console.log(count, JSON.stringify(r.memory));
}
await p.stop();
await server.stop();

import { installPackage } from './package.mts';
import { N8nProcess, Server } from './processes.mts';
installPackage();
const server = await Server.start();
const p = await N8nProcess.start();
server.latency(50);
const base = { url: server.url, accountKey: 'DID-x', accountSecret: 'secretsecret', token: 'tok' };
const c = process.argv[2] === 'p';
for (let i = 0; i < 4; i++)
	for (const job of [
		{ kind: 'telegent', count: 1000, concurrency: 1000 },
		{ kind: 'httpRequest', count: 1000 },
		{ kind: 'twilio', count: 100 },
	] as any[]) {
		const r = await p.run({
			...base,
			...job,
			profile: c && i === 3 ? `/tmp/${job.kind}.cpuprofile` : undefined,
		});
		console.log(job.kind, r.ms | 0, r.cpuMs | 0, (await server.stats()).most);
	}
for (let i = 0; i < 2; i++)
	for (const job of [
		{ kind: 'telegent', count: 1000 },
		{ kind: 'bare', count: 1000 },
	] as any[]) {
		const r = await p.run({
			...base,
			...job,
			profile: c && i === 1 ? `/tmp/${job.kind}10.cpuprofile` : undefined,
		});
		console.log(job.kind, r.ms | 0, r.cpuMs | 0, (await server.stats()).most);
	}
await p.stop();
await server.stop();

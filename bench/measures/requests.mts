import { N8nProcess, Server } from '../processes.mts';
import type { Row } from '../report.mts';

const COUNT = 1000;

/** 2. What a delivered message costs in requests, each from a fresh process. */
export async function requests(server: Server): Promise<Row[]> {
	server.latency(0);
	const ours = await count(server, 'telegent');
	const pattern = await count(server, 'tokenACall');
	return [
		{
			id: '2',
			measure: 'Requests for 1,000 delivered messages',
			result: `${ours.requests} (${ours.tokens} for tokens)`,
			goal: '1001',
			met: ours.requests === COUNT + 1,
			figures: ours,
		},
		{
			id: '2',
			measure: 'The pattern of a token a call (two HTTP Request nodes)',
			result: `${pattern.requests} (${pattern.tokens} for tokens)`,
			figures: pattern,
		},
	];
}

async function count(server: Server, kind: 'telegent' | 'tokenACall') {
	const process = await N8nProcess.start();
	await server.stats();
	const { error, succeeded } = await process.run({ ...server.job, kind, count: COUNT });
	await process.stop();
	if (succeeded !== COUNT) throw new Error(`${kind}: ${succeeded} of ${COUNT}. ${error ?? ''}`);
	return await server.stats();
}

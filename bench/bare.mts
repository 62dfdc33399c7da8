import http from 'node:http';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Job, Result } from './jobs.mts';
import { measured } from './measured.mts';
import { OWN_NUMBER } from './workflows.mts';

/**
 * The limit: the same messages through nothing but Node.js' HTTP client with kept-alive connections, one token, and as
 * many requests at a time.
 */
export async function sendBare(job: Job, items: INodeExecutionData[]): Promise<Result> {
	const concurrency = job.concurrency ?? 10;
	const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
	const { value: succeeded, ...spent } = await measured(() => sendAll(agent, concurrency, job, items));
	agent.destroy();
	return { ...spent, nodeMs: spent.ms, succeeded, failed: 0 };
}

async function sendAll(
	agent: http.Agent,
	concurrency: number,
	job: Job,
	items: INodeExecutionData[],
): Promise<number> {
	const { token } = JSON.parse(
		await post(agent, `${job.url}/v1.0/oauth2/tokens`, {
			AccountKey: job.accountKey,
			AccountSecret: job.accountSecret,
			ApiEndpoint: `${job.url}/v1.0/message/outbound`,
		}),
	) as { token: string };
	const answers: unknown[] = [];
	let next = 0;
	const lane = async () => {
		while (next < items.length) {
			const index = next++;
			const { to, text } = items[index].json as { to: string; text: string };
			const body = { From: OWN_NUMBER, To: [{ Number: to }], Body: text };
			answers[index] = JSON.parse(await post(agent, `${job.url}/v1.0/message/outbound`, body, token));
		}
	};
	await Promise.all(Array.from({ length: concurrency }, lane));
	return answers.length;
}

async function post(agent: http.Agent, url: string, body: object, token?: string): Promise<string> {
	const text = JSON.stringify(body);
	const headers = {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(text),
		...(token && { authorization: `Bearer ${token}` }),
	};
	return await new Promise((resolve, reject) => {
		const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve(Buffer.concat(chunks).toString()));
			response.on('error', reject);
		});
		request.on('error', reject);
		request.end(text);
	});
}

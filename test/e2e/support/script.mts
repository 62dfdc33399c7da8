import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model says at one turn: words, or a call of one of its tools. */
export type Turn = { words: string } | { tool: string; args: Record<string, unknown> };

interface Question {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; description?: string } }>;
	stream?: boolean;
}

export interface ScriptedModel {
	/** What the OpenAI credential takes as its base URL. */
	url: string;
	/** What the agent asked, oldest first. */
	asked: Question[];
	/** What is said next, one turn a question. */
	play(...turns: Turn[]): void;
	close(): Promise<void>;
}

/** A language model on loopback that plays a script. Speaks the chat completions of OpenAI's API, streamed or not. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const asked: Question[] = [];
	const script: Turn[] = [];
	const server = createServer((request, response) => {
		// n8n's agents try OpenAI's newer interface first, and fall back to this one where a server has none.
		if (!request.url?.endsWith('/chat/completions')) return void response.writeHead(404).end();
		void read(request).then((question) => {
			asked.push(question);
			answer(response, question, script.shift() ?? { words: 'The script is at its end.' });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		asked,
		play: (...turns) => void script.push(...turns),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function read(request: IncomingMessage): Promise<Question> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString()) as Question;
}

function messageOf(turn: Turn): Record<string, unknown> {
	if ('words' in turn) return { role: 'assistant', content: turn.words };
	const call = { name: turn.tool, arguments: JSON.stringify(turn.args) };
	const id = `call_${Math.random().toString(36).slice(2)}`;
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ index: 0, id, type: 'function', function: call }],
	};
}

function answer(response: ServerResponse, { stream }: Question, turn: Turn): void {
	const finish_reason = 'tool' in turn ? 'tool_calls' : 'stop';
	const head = { id: 'answer-1', created: 1, model: 'scripted' };
	const message = messageOf(turn);
	if (!stream) {
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		const choices = [{ index: 0, message, finish_reason }];
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
		return;
	}
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	for (const choice of [
		{ index: 0, delta: message, finish_reason: null },
		{ index: 0, delta: {}, finish_reason },
	]) {
		const chunk = { ...head, object: 'chat.completion.chunk', choices: [choice] };
		response.write(`data: ${JSON.stringify(chunk)}\n\n`);
	}
	response.end('data: [DONE]\n\n');
}

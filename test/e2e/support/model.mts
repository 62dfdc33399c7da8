import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool as the agent offers it to the model. */
export interface OfferedTool {
	name: string;
	description?: string;
	parameters: { properties: Record<string, { type?: string; description?: string }>; required?: string[] };
}

/** One request of the agent to the model. */
export interface Asked {
	tools: OfferedTool[];
	messages: Array<{ role: string; content: unknown }>;
}

export interface Model {
	/** What the OpenAI credential takes as its base URL. */
	url: string;
	/** What the agent asked, oldest first. */
	asked: Asked[];
	close(): Promise<void>;
}

/** What the model does next: calls this tool. */
export interface Call {
	/** The only tool that is offered, where none is named. */
	tool?: string;
	args: Record<string, unknown>;
}

/**
 * A language model on loopback that does as it is told: it makes one call after another, whatever comes of them, then
 * answers with the last result in its words. Speaks the chat completions of OpenAI's API, streamed or not.
 */
export async function startModel(calls: Call[]): Promise<Model> {
	const asked: Asked[] = [];
	const server = createServer((request, response) => {
		void read(request).then((question) => {
			asked.push({
				tools: (question.tools ?? []).map((tool) => tool.function),
				messages: question.messages,
			});
			answer(response, question, nextWords(question, calls));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		asked,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

interface Question {
	messages: Asked['messages'];
	tools?: Array<{ type: 'function'; function: OfferedTool }>;
	stream?: boolean;
}

async function read(request: IncomingMessage): Promise<Question> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString()) as Question;
}

function nextWords({ messages, tools = [] }: Question, calls: Call[]) {
	const results = messages.filter(({ role }) => role === 'tool');
	const next = calls[results.length];
	if (!next) return { content: `The tool said: ${String(results.at(-1)?.content)}` };
	const call = { name: next.tool ?? tools[0]?.function.name, arguments: JSON.stringify(next.args) };
	const id = `call_${results.length + 1}`;
	return { content: null, tool_calls: [{ index: 0, id, type: 'function', function: call }] };
}

function answer(response: ServerResponse, { stream }: Question, words: ReturnType<typeof nextWords>): void {
	const finish_reason = 'tool_calls' in words ? 'tool_calls' : 'stop';
	const head = { id: 'answer-1', created: 1, model: 'scripted' };
	const part = { role: 'assistant', ...words };
	if (!stream) {
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.writeHead(200, { 'content-type': 'application/json' });
		const choices = [{ index: 0, message: part, finish_reason }];
		response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
		return;
	}
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	for (const choice of [
		{ index: 0, delta: part, finish_reason: null },
		{ index: 0, delta: {}, finish_reason },
	])
		response.write(
			`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [choice] })}\n\n`,
		);
	response.end('data: [DONE]\n\n');
}

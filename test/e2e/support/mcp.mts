import { sharedN8n } from './shared.mts';
import type { Examples, Running } from './examples.mts';

/** A client of n8n's MCP Server Trigger (Streamable HTTP), as far as the example needs one. */
export interface McpClient {
	/** @returns the HTTP status */
	connect(): Promise<number>;
	/** The names of the tools. */
	tools(): Promise<string[]>;
	/** Calls a tool. @returns its text */
	call(tool: string, args: object): Promise<string>;
}

const HELLO = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } };

/** Publishes the example with a token of its own. */
export async function publishMcpServer(examples: Examples, token: string): Promise<Running> {
	const httpBearerAuth = await examples.credential('httpBearerAuth', {
		token,
		allowedHttpRequestDomains: 'all',
	});
	const server = await examples.bringIn('mcp-server', (file) => ({
		...file,
		nodes: file.nodes.map((node) =>
			node.name === 'MCP Server Trigger'
				? { ...node, webhookId: token, credentials: { httpBearerAuth } }
				: node,
		),
	}));
	await server.publish();
	return server;
}

export function mcpClient(token: string): McpClient {
	let session: string | undefined;
	let id = 0;
	/** One JSON-RPC request. The response is JSON, or one server-sent event. */
	const request = async (method: string, params: object) => {
		const response = await fetch(`${sharedN8n().url}/mcp/telegent`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				authorization: `Bearer ${token}`,
				...(session && { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
		});
		session ??= response.headers.get('mcp-session-id') ?? undefined;
		const text = await response.text();
		const { ok, status } = response;
		const json = ok ? (JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as { result: Result }) : undefined;
		return { status, result: json?.result };
	};
	return {
		connect: async () => (await request('initialize', HELLO)).status,
		tools: async () => ((await request('tools/list', {})).result?.tools ?? []).map(({ name }) => name),
		async call(name, args) {
			const { result } = await request('tools/call', { name, arguments: args });
			return (result?.content ?? []).map(({ text }) => text).join('\n');
		},
	};
}

interface Result {
	tools?: Array<{ name: string }>;
	content?: Array<{ text: string }>;
}

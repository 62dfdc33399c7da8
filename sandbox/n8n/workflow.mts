import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup.mjs';

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	[setting: string]: unknown;
}

/** A workflow as n8n exports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

export const TELEGENT = 'n8n-nodes-telegent.telegent';
export const TRIGGER = 'n8n-nodes-telegent.telegentTrigger';
export const POLL_TRIGGER = 'n8n-nodes-telegent.telegentPollTrigger';
export const CREDENTIAL_TYPE = 'telegentApi';

/** The workflows of `examples/`, in the order in which they are shown. */
export const EXAMPLES = [
	'quick-start',
	'auto-reply',
	'receive-without-public-url',
	'keyword-menu',
	'consent',
	'marketing-list',
	'appointment-reminder',
	'on-call-alert',
	'two-way-crm-sync',
	'mms-in-and-out',
	'delivery-report',
	'delivery-receipt-monitor',
	'iot-line-lifecycle',
	'data-usage-watch',
	'port-in-tracker',
	'ai-agent',
	'agent-memory',
	'message-an-agent',
	'mcp-server',
] as const;

export type Example = (typeof EXAMPLES)[number];

/** The very file that a user imports. */
export const exampleFile = (name: Example) => path.join(root, 'examples', `${name}.json`);

export const readExample = (name: Example) =>
	JSON.parse(readFileSync(exampleFile(name), 'utf8')) as WorkflowFile;

/**
 * What the editor does to a file on import, and what its user does next: nodes get ids of their own, triggers a
 * webhook of their own, and Telegent nodes the credential.
 */
export function prepared(file: WorkflowFile, credential: { id: string; name: string }): WorkflowFile {
	const nodes = file.nodes.map((node) => ({
		...node,
		id: randomUUID(),
		...(node.type === TRIGGER && { webhookId: randomUUID() }),
		...(node.type.startsWith('n8n-nodes-telegent.') && { credentials: { [CREDENTIAL_TYPE]: credential } }),
	}));
	return { ...file, nodes };
}

/** The same workflow with some parameters of one node set otherwise. */
export function withParameters(
	file: WorkflowFile,
	nodeName: string,
	parameters: Record<string, unknown>,
): WorkflowFile {
	if (!file.nodes.some(({ name }) => name === nodeName))
		throw new Error(`The workflow "${file.name}" has no node "${nodeName}".`);
	const nodes = file.nodes.map((node) =>
		node.name === nodeName ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	);
	return { ...file, nodes };
}

/** A workflow whose nodes follow each other in a row. */
export function chain(name: string, nodes: Array<Omit<WorkflowNode, 'position'>>): WorkflowFile {
	const following = nodes
		.slice(1)
		.map(({ name: next }, index) => [
			nodes[index].name,
			{ main: [[{ node: next, type: 'main', index: 0 }]] },
		]);
	return {
		name,
		nodes: nodes.map((node, index) => ({ ...node, position: [index * 220, 0] }) as WorkflowNode),
		connections: Object.fromEntries(following) as Record<string, unknown>,
		settings: { executionOrder: 'v1' },
	};
}

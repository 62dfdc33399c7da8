import { chain, TELEGENT, TRIGGER, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { MAIN_LINE, MAIN_ROUTE } from './world.mts';

/** Starts a workflow in the editor. */
export const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };

/** Parameters of Message → Send. */
export const sendFromMainLine = (to: string, body: string) => ({
	resource: 'message',
	operation: 'send',
	from: { __rl: true, mode: 'number', value: MAIN_LINE },
	to,
	body,
	additionalFields: {},
});

/** A node at a place of the canvas, for workflows that branch; others are made with `chain`. */
export const nodeAt = (
	name: string,
	type: string,
	x: number,
	y: number,
	parameters = {},
	typeVersion = 1,
) => ({
	name,
	type,
	typeVersion,
	position: [x, y] as [number, number],
	parameters,
});

/** The connections of a node: each of its outputs leads to one node. */
export const connectedTo = (...names: string[]) => ({
	main: names.map((name) => [{ node: name, type: 'main', index: 0 }]),
});

/** Starts a published workflow with a call of its webhook. */
export const called = (path: string) => ({
	name: 'Called',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
});

/**
 * Sends "Message 1", "Message 2", … to one person in one run.
 * @param path of the webhook that starts it; by default it starts in the editor
 */
export function manyMessages(count: number, to = '+12025550142', path?: string): WorkflowFile {
	const jsCode = `return Array.from({ length: ${count} }, (_, index) => ({ json: { n: index + 1 } }));`;
	return chain(`Send ${count} messages`, [
		path === undefined ? start : called(path),
		{ name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
		{
			name: 'Send',
			type: TELEGENT,
			typeVersion: 1,
			// The sandbox's list shows a message at once.
			parameters: { ...sendFromMainLine(to, '=Message {{ $json.n }}'), options: { checkDelay: 1 } },
		},
	]);
}

/** Reads two endpoints with the HTTP Request node and the Telegent credential. */
export function httpRequests(baseUrl: string, credential: { id: string; name: string }): WorkflowFile {
	const get = (name: string, path: string) => ({
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${baseUrl}${path}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'telegentApi',
			options: {},
		},
		credentials: { telegentApi: credential },
	});
	return chain('HTTP Request with the Telegent credential', [
		start,
		get('Routes', '/v1.0/account/message/routes'),
		get('Number', `/v1.0/numbers?Number=${encodeURIComponent(MAIN_LINE)}`),
	]);
}

/** Starts with each message on a route and does nothing with it. */
export function listenTo(messageRouteId = MAIN_ROUTE): WorkflowFile {
	return chain('Listen', [
		{
			name: 'Message received',
			type: TRIGGER,
			typeVersion: 1.1,
			parameters: {
				event: 'messageReceived',
				messageRouteId: { __rl: true, mode: 'id', value: messageRouteId },
			},
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);
}

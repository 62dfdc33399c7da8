import { NodeHelpers, Workflow, type INode, type INodeParameters } from 'n8n-workflow';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';
import { nodeTypes } from '../../../support/n8n.mts';

/** As n8n's editor and engine work them out. */
function outputsOf(parameters: INodeParameters) {
	const node: INode = {
		id: '1',
		name: 'Telegent',
		type: 'n8n-nodes-telegent.telegent',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return NodeHelpers.getNodeOutputs(workflow, node, new Telegent().description);
}

const send = (otherwise?: string, options: object = {}, operation = 'send') => ({
	resource: 'message',
	operation,
	safeguards: otherwise ? { quietHours: { hours: { otherwise } } } : {},
	options,
});
const waitForDelivery = { delivery: { seconds: 120 } };

test.each([
	['an operation', { resource: 'number', operation: 'getAll' }, [undefined]],
	['Send', send(), [undefined]],
	['Send that holds', send('hold'), [undefined]],
	['Send with a second output', send('secondOutput'), ['Sent', 'Held']],
	['Send that waits for delivery', send('hold', { waitForDelivery }), ['Sent', 'Not Delivered']],
	['Send with both', send('secondOutput', { waitForDelivery }), ['Sent', 'Held', 'Not Delivered']],
	['Get Order', { resource: 'number', operation: 'getOrder', options: {} }, [undefined]],
	[
		'Get Order that separates pending orders',
		{ resource: 'number', operation: 'getOrder', options: { separatePending: true } },
		['Finished', 'Still Pending'],
	],
	['another operation that still has the option', send('hold', { waitForDelivery }, 'getAll'), [undefined]],
])('the outputs of %s', (_name, parameters, names) => {
	const outputs = outputsOf(parameters as INodeParameters).map((output) =>
		typeof output === 'string' ? { type: output, displayName: undefined } : output,
	);
	expect(outputs.map(({ displayName }) => displayName)).toEqual(names);
	expect(outputs.map(({ type }) => type)).toEqual(names.map(() => 'main'));
});

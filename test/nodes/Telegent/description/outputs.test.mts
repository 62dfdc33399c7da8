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

const send = (otherwise?: string) => ({
	resource: 'message',
	operation: 'send',
	safeguards: otherwise ? { quietHours: { hours: { otherwise } } } : {},
});

test.each([
	['an operation', { resource: 'number', operation: 'getAll' }, [undefined]],
	['Send', send(), [undefined]],
	['Send that holds', send('hold'), [undefined]],
	['Send with a second output', send('secondOutput'), ['Sent', 'Held']],
])('the outputs of %s', (_name, parameters, names) => {
	const outputs = outputsOf(parameters as INodeParameters).map((output) =>
		typeof output === 'string' ? { type: output, displayName: undefined } : output,
	);
	expect(outputs.map(({ displayName }) => displayName)).toEqual(names);
	expect(outputs.map(({ type }) => type)).toEqual(names.map(() => 'main'));
});

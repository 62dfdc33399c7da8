import { Workflow, type INode, type INodeParameters } from 'n8n-workflow';
import { LoadOptionsContext } from 'n8n-core';
import { additionalData, Credentials, nodeTypes, type CredentialValues } from './n8n.mts';

/** What n8n gives a list that fills itself in the editor: n8n-core's own context, for a node with these parameters. */
export function hostFor(
	credential: CredentialValues,
	parameters: INodeParameters = {},
	path = 'parameters.from',
) {
	const node: INode = {
		id: 'telegent',
		name: 'Telegent',
		type: 'n8n-nodes-telegent.telegent',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { telegentApi: { id: '1', name: 'Telegent' } },
	};
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const data = Object.assign(additionalData(new Credentials(credential)), {
		currentNodeParameters: parameters,
	});
	return new LoadOptionsContext(workflow, node, data, path);
}

import { Workflow, type INode, type INodeParameters } from 'n8n-workflow';
import { LoadOptionsContext } from 'n8n-core';
import { additionalData, Credentials, nodeTypes, TELEGENT, type CredentialValues } from './n8n.mts';

/** What n8n gives a list that fills itself in the editor: n8n-core's own context, for a node with these parameters. */
export function hostFor(
	credential: CredentialValues,
	parameters: INodeParameters = {},
	path = 'parameters.from',
) {
	const node: INode = { ...TELEGENT, parameters };
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

import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { nodeTypes } from '../support/n8n.mts';
import { useSandbox } from '../support/sandbox.mts';
import { MAIN, useWorld } from '../support/trigger/world.mts';
import { requestsOf, type SavedNode } from './savedNodes.mts';
import saved from './savedNodes.json';

/*
 * savedNodes.json holds every Telegent node of examples/ as it was in commit aa4b0be, before the node was rebuilt, with
 * the requests that the node of that commit made of it (`requestsOf`, run there). Workflows that users saved must do the
 * same now: the file is not written again.
 */

const nodes = saved as unknown as SavedNode[];
const title = ({ example, name }: SavedNode) => `${example}: ${name}`;
const actions = nodes.filter(({ requests }) => requests).map((node) => [title(node), node] as const);
const triggers = nodes.filter(({ requests }) => !requests).map((node) => [title(node), node] as const);
const sandbox = useSandbox();
const world = useWorld();

test.each(nodes.map((node) => [title(node), node] as const))(
	'%s keeps its parameters in the form',
	(_title, { name, parameters, type, typeVersion }) => {
		const { description } = nodeTypes.getByNameAndVersion(type) as { description: never };
		const { properties } = description as { properties: never };
		const node = { id: '1', name, type, typeVersion, position: [0, 0], parameters } as INode;
		const kept = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description);
		expect(kept).toMatchObject(parameters);
		expect(
			NodeHelpers.getNodeParametersIssues(
				properties,
				{ ...node, parameters: kept as INodeParameters },
				description,
			),
		).toBeNull();
	},
);

test.each(actions)('%s makes the same requests as before', async (_title, node) => {
	const now = await requestsOf(node, sandbox.credential, () => sandbox.calls() as never);
	expect(now).toEqual({ requests: node.requests, statuses: node.statuses });
});

test.each(triggers)('%s connects as before', async (_title, { parameters }) => {
	const { value = MAIN } = (parameters.messageRouteId ?? {}) as { value?: string };
	const { messageRoutes } = world.telegent.state;
	messageRoutes.set(value, { ...messageRoutes.get(MAIN), MessageRouteId: value } as never);
	await world.host.publish('one', parameters);
	expect(world.secretFor('one')).toEqual(expect.any(String));
	await world.host.unpublish('one', parameters);
	expect(world.secretFor('one')).toBeUndefined();
});

import { Expression, Workflow, type INodeTypes } from 'n8n-workflow';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';

const node = new Telegent();
const nodeTypes = {
	getByName: () => node,
	getByNameAndVersion: () => node,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

const subtitleOf = (resource: string, operation: string) => {
	const telegent = {
		id: 't',
		name: 'Telegent',
		type: 'telegent',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { resource, operation },
	};
	const workflow = new Workflow({ id: 'w', nodes: [telegent], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		telegent,
		node.description.subtitle,
		'internal',
		{},
		undefined,
		'',
	);
};

test('The canvas says what the node does, in the words of the editor', () => {
	expect(Expression).toBeDefined();
	const wrong = resources.flatMap(({ name, operations, value }) =>
		operations
			.map((operation) => [`${operation.name}: ${name}`, subtitleOf(value, operation.value)])
			.filter(([wanted, shown]) => wanted !== shown),
	);
	expect(wrong).toEqual([]);
});

import { Workflow, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';
import { nodeTypes } from '../../../support/n8n.mts';

const { description } = new Telegent();
const TYPE = 'n8n-nodes-telegent.telegent';

/** A workflow with the node, as the editor makes it to evaluate what it shows. */
function workflowWith(parameters: INodeParameters) {
	const given = { resource: 'message', operation: 'sendAndWait', ...parameters };
	const node = { id: 'telegent', name: 'Ask', type: TYPE, typeVersion: 1, parameters: given };
	const nodes = [{ ...node, position: [0, 0] as [number, number] }];
	const workflow = new Workflow({ id: 'workflow', nodes, connections: {}, active: false, nodeTypes });
	return { workflow, ask: workflow.nodes.Ask };
}

describe('text of a waiting node', () => {
	const textFor = (parameters: INodeParameters) => {
		const { ask, workflow } = workflowWith(parameters);
		return workflow.expression.getSimpleParameterValue(ask, description.waitingNodeTooltip, 'internal', {});
	};

	test.each<[INodeParameters, string]>([
		[{ to: '+18015550123' }, 'Waiting for a reply from +18015550123, for up to 1 day'],
		[
			{ to: ' (801) 555-0123 ', waitAmount: 2, waitUnit: 'hours' },
			'Waiting for a reply from (801) 555-0123, for up to 2 hours',
		],
		[{ to: '+18015550123', waitAmount: '={{ $json.hours }}' }, 'Waiting for a reply from +18015550123'],
		// The editor has no items when it evaluates it.
		[{ to: '={{ $json.phone }}' }, 'Waiting for a reply from the recipient, for up to 1 day'],
		[{ to: '={{ $("Start").item.json.phone }}' }, 'Waiting for a reply from the recipient, for up to 1 day'],
		[{ to: '<img src=x>' }, 'Waiting for a reply from the recipient, for up to 1 day'],
		[{ operation: 'send', to: '+18015550123' }, ''],
	])('%j', (parameters, text) => {
		expect(textFor(parameters)).toBe(text);
	});
});

describe('hint before an execution', () => {
	const [hint] = description.hints ?? [];
	const shown = (parameters: INodeParameters, count: number) => {
		const { workflow } = workflowWith(parameters);
		const input = Array.from({ length: count }, (): INodeExecutionData => ({ json: { to: '+1, +2' } }));
		const condition = hint.displayCondition ?? '';
		return workflow.expression.getParameterValue(condition, null, 0, 0, 'Ask', input, 'manual', {});
	};

	test.each<[INodeParameters, number, boolean]>([
		[{ to: '+18015550123' }, 1, false],
		[{ to: '+18015550123' }, 2, true],
		[{ to: '+18015550123, +18015550124' }, 0, true],
		[{ to: '={{ $json.to }}' }, 1, true],
		[{ operation: 'send', to: '+18015550123, +18015550124' }, 2, false],
		[{ operation: 'send', to: '+18015550123' }, 0, false],
	])('%j with %d items: %s', (parameters, count, expected) => {
		expect(shown(parameters, count)).toBe(expected);
	});

	test('warns that nothing is sent', () => {
		expect(hint).toMatchObject({ type: 'warning', message: expect.stringContaining('sends nothing') });
	});
});

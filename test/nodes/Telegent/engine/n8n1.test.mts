import { ExecuteContext } from 'n8n-core';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isToolRun } from '../../../../nodes/Telegent/engine/caller.ts';
import { runNode } from '../../../support/n8n.mts';
import { OUTBOUND, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();

describe('n8n 1, which does not tell whether a tool runs', () => {
	const prototype = ExecuteContext.prototype as Partial<ExecuteContext>;
	const { isToolExecution } = prototype;
	beforeAll(() => void delete prototype.isToolExecution);
	afterAll(() => void (prototype.isToolExecution = isToolExecution));

	test('a message is sent, and repeated for nothing', async () => {
		sandbox.control.addFault({ path: OUTBOUND, skip: 1, count: 1, status: 400 });
		const { error, json } = await runNode({
			credential: sandbox.credential,
			parameters: send('+12025550142'),
			items: [{}, {}, {}],
			node: { retryOnFail: true, maxTries: 2 },
		});
		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
		expect(sandbox.control.outbox()).toHaveLength(3);
	});

	test.each([
		['n8n-nodes-telegent.telegentTool', true],
		['n8n-nodes-telegent.telegent', false],
	])('the node %s is a tool: %s', (type, expected) => {
		const context = { getNode: () => ({ type }), getMode: () => 'trigger' };
		expect(isToolRun(context as unknown as IExecuteFunctions)).toBe(expected);
	});
});

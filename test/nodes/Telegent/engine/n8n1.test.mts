import { ExecuteContext } from 'n8n-core';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isToolRun } from '../../../../nodes/Telegent/engine/caller.ts';
import { resetProcessState } from '../../../../transport/processState.ts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { processedData } from '../../../support/processedData.mts';
import { OUTBOUND, send, useSandbox, when } from '../../../support/sandbox.mts';

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

	test.each([20, 3])(
		'a list of %d that a worker began is sent on by the next one, not again',
		async (count) => {
			const run = async (options: Partial<RunOptions> = {}) =>
				await runNode({
					credential: sandbox.credential,
					parameters: send('+12025550142', '=Message {{ $json.n }}'),
					items: Array.from({ length: count }, (_, n) => ({ n })),
					mode: 'trigger',
					executionId: '4711',
					...options,
				});
			const texts = () => sandbox.control.outbox().map(({ body }) => body);
			let stored: Array<[string, string[]]> = [];
			sandbox.control.addFault({ path: OUTBOUND, skip: Math.min(8, count - 1), latencyMs: 300 });
			const died = ({ cancel }: { cancel: () => void }) =>
				when(
					() => texts().length >= Math.min(6, count - 1),
					() => {
						stored = [...processedData.rows].map(([row, hashes]) => [row, [...hashes]]);
						cancel();
					},
				);
			await run({ started: died });
			sandbox.control.clearFaults();
			expect(texts().length).toBeLessThan(count);
			for (const [row, hashes] of stored) processedData.rows.set(row, hashes);
			resetProcessState();
			const { error, json } = await run();
			expect(error).toBeUndefined();
			expect(json).toHaveLength(count);
			expect([...texts()].sort()).toEqual(Array.from({ length: count }, (_, n) => `Message ${n}`).sort());
			// The marker of the process that died is all that is left.
			expect([...processedData.rows.values()].flat()).toHaveLength(1);
		},
	);

	test.each([
		['n8n-nodes-telegent.telegentTool', true],
		['n8n-nodes-telegent.telegent', false],
	])('the node %s is a tool: %s', (type, expected) => {
		const context = { getNode: () => ({ type }), getMode: () => 'trigger' };
		expect(isToolRun(context as unknown as IExecuteFunctions)).toBe(expected);
	});
});

import type { IDataObject } from 'n8n-workflow';
import { resetProcessState } from '../../../../transport/processState.ts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { processedData } from '../../../support/processedData.mts';
import { PROVISION, useSandbox, when } from '../../../support/sandbox.mts';

const ORDER = '/v1.0/numbers/provision';
const CRASHED = '4711';
useFasterTime();
const sandbox = useSandbox();
const four: IDataObject[] = [{}, {}, {}, {}];
const orders = () => sandbox.calls(ORDER).length;
const run = async (options: Partial<RunOptions> = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: PROVISION,
		items: four,
		mode: 'trigger',
		...options,
	});
const outcomes = (json: IDataObject[]) =>
	json.map(({ details }) => (details as IDataObject)?.outcome ?? 'done');

/** n8n is killed while the third of four orders is under way. Its database is left as it was at that moment. */
async function killedAtTheThird(executionId = CRASHED): Promise<void> {
	let stored: Array<[string, string[]]> = [];
	const before = orders();
	sandbox.control.addFault({ path: ORDER, skip: 2, count: 1, latencyMs: 300 });
	await run({
		executionId,
		started: ({ cancel }) => {
			// Two entries are of the run itself, and each claim is written with a marker.
			const claims = () => ([...processedData.rows.values()].flat().length - 2) / 2;
			const thirdClaimed = () => claims() >= 3 && orders() >= before + 2;
			when(thirdClaimed, () => {
				stored = [...processedData.rows].map(([row, hashes]) => [row, [...hashes]]);
				cancel();
			});
		},
	});
	sandbox.control.clearFaults();
	expect(stored).toHaveLength(1);
	for (const [row, hashes] of stored) processedData.rows.set(row, hashes);
	resetProcessState();
}

test('orders of an execution that a crash ended are not placed again by Retry, and the others are', async () => {
	await killedAtTheThird();
	const before = orders();
	const node = { onError: 'continueRegularOutput' as const };
	const { json } = await run({ mode: 'retry', node });
	expect(outcomes(json)).toEqual(['unsure', 'unsure', 'unsure', 'done']);
	expect(json[0].error).toBe('An earlier execution may have done this already');
	expect(orders()).toBe(before + 1);
	for (let press = 2; press <= 3; press++) {
		resetProcessState();
		const again = await run({ mode: 'retry', node });
		expect(outcomes(again.json)).toEqual(['unsure', 'unsure', 'unsure', 'done']);
		expect(again.json[3].error).toBe('An earlier retry already did this');
		expect(orders()).toBe(before + 1);
	}
});

test('what Telegent rejected in a retry is placed by the next retry', async () => {
	await killedAtTheThird();
	const before = orders();
	sandbox.control.addFault({ path: ORDER, count: 1, status: 400 });
	const node = { onError: 'continueRegularOutput' as const };
	expect(outcomes((await run({ mode: 'retry', node })).json)).toEqual([
		...['unsure', 'unsure', 'unsure', 'notDone'],
	]);
	resetProcessState();
	const { json } = await run({ mode: 'retry', node });
	expect(json[3].error).toBeUndefined();
	expect(orders()).toBe(before + 2);
});

test('what a retry of another execution did is unknown to the retry of this one', async () => {
	const node = { onError: 'continueRegularOutput' as const };
	await killedAtTheThird();
	await run({ mode: 'retry', node });
	resetProcessState();
	await killedAtTheThird('4712');
	const before = orders();
	for (let press = 1; press <= 2; press++) {
		const { json } = await run({ mode: 'retry', node });
		expect(outcomes(json)).toEqual(['unsure', 'unsure', 'unsure', 'unsure']);
		resetProcessState();
	}
	expect(orders()).toBe(before);
});

test('another execution with the same orders does not free those of one that crashed for its retry', async () => {
	await killedAtTheThird();
	await run();
	resetProcessState();
	const before = orders();
	const node = { onError: 'continueRegularOutput' as const };
	expect(outcomes((await run({ mode: 'retry', node })).json)).toEqual([
		...['unsure', 'unsure', 'unsure', 'done'],
	]);
	expect(orders()).toBe(before + 1);
});

test('a worker of n8n 1 that executes the execution of a dead worker again places none twice', async () => {
	await killedAtTheThird();
	const before = orders();
	const node = { onError: 'continueRegularOutput' as const };
	const { json } = await run({ node, executionId: CRASHED });
	expect(outcomes(json)).toEqual(['unsure', 'unsure', 'unsure', 'done']);
	expect(orders()).toBe(before + 1);
});

test('Retry On Fail goes on with what was not done', async () => {
	sandbox.control.addFault({ path: ORDER, skip: 2, count: 1, status: 400 });
	const before = orders();
	const { error, json } = await run({ node: { retryOnFail: true, maxTries: 2 } });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(4);
	expect(orders()).toBe(before + 5);
});

test('the same order in another execution is another order, also after a crash', async () => {
	await killedAtTheThird();
	const before = orders();
	const { error, json } = await run();
	expect(error).toBeUndefined();
	expect(json).toHaveLength(4);
	expect(orders()).toBe(before + 4);
});

test('a run that ends leaves no claim behind, so that the retry of an execution that never came here runs', async () => {
	await run();
	sandbox.control.addFault({ path: ORDER, count: 1, status: 400 });
	await run();
	expect([...processedData.rows.values()].flat()).toEqual([]);
	const before = orders();
	const { error } = await run({ mode: 'retry' });
	expect(error).toBeUndefined();
	expect(orders()).toBe(before + 4);
});

test('a workflow that was never saved runs without claims', async () => {
	const { error, json } = await run({ workflowId: '' });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(4);
});

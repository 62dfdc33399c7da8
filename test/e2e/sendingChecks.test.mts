import type { IDataObject } from 'n8n-workflow';
import { TELEGENT, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import {
	countRequests,
	expectSuccess,
	MAIN_LINE,
	openWorld,
	outputOf,
	type World,
} from './support/world.mts';

const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const PHONE = '+12025550142';

/** Items that go to Message → Send. */
function workflow(items: IDataObject[], parameters: IDataObject, onError = 'stopWorkflow'): WorkflowFile {
	const node = (name: string, type: string, x: number, more: object) => ({
		name,
		type,
		typeVersion: 1,
		position: [x, 0] as [number, number],
		parameters: {},
		...more,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Sending checks',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 0, {}),
			node('Items', 'n8n-nodes-base.code', 200, {
				typeVersion: 2,
				parameters: { jsCode: `return ${JSON.stringify(items)}` },
			}),
			node('Send', TELEGENT, 400, {
				onError,
				parameters: {
					resource: 'message',
					operation: 'send',
					from: { __rl: true, mode: 'number', value: MAIN_LINE },
					to: '={{ $json.to }}',
					body: '=Hi {{ $json.name }}, your order is ready',
					additionalFields: {},
					...parameters,
				},
			}),
		],
		connections: { Start: to('Items'), Items: to('Send') },
		settings: { executionOrder: 'v1' },
	};
}

describe('Checks before sending', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Sending checks')));
	afterEach(async () => await world.close());

	const run = async (...given: Parameters<typeof workflow>) => {
		const execution = await world.run(await world.bringIn(workflow(...given)));
		expectSuccess(execution);
		return outputOf(execution, 'Send');
	};
	const sent = () => world.sandbox.control.outbox().map(({ body, to }) => `${to} ${body}`);

	test('whoever got enough messages of other workflows is skipped, for one more request', async () => {
		const people = [1, 2, 3].map((n) => ({ to: person(n), name: 'Ana' }));
		await run(people.slice(0, 1), {});
		const before = countRequests(world.sandbox);
		const output = await run(people, { safeguards: { frequencyCap: { cap: { most: 1, hours: 24 } } } });
		expect(output).toMatchObject([
			{ status: 'skipped', reason: expect.stringContaining(`${person(1)} got 1 message from ${MAIN_LINE}`) },
			{ MessageId: expect.any(String) },
			{ MessageId: expect.any(String) },
		]);
		const after = countRequests(world.sandbox);
		const list = 'GET /v1.0/message/filter';
		expect((after[list] ?? 0) - (before[list] ?? 0)).toBe(1);
	});

	test('an item with an empty field is refused, and the others are sent', async () => {
		const items = [
			{ to: person(1), name: 'Ana' },
			{ to: person(2), name: '' },
			{ to: person(3), name: null },
			{ to: person(4), name: 'Ben' },
		];
		const output = await run(items, {}, 'continueRegularOutput');
		expect(output).toMatchObject([
			{ MessageId: expect.any(String) },
			{ error: "'Message': {{ $json.name }} is empty", details: { outcome: 'notDone' } },
			{ error: "'Message': {{ $json.name }} is empty" },
			{ MessageId: expect.any(String) },
		]);
		expect(sent().sort()).toEqual([
			`${person(1)} Hi Ana, your order is ready`,
			`${person(4)} Hi Ben, your order is ready`,
		]);
	});

	test('Redirect To: one phone gets everything', async () => {
		const items = [{ to: `${person(1)}, ${person(2)}`, name: 'all' }];
		const output = await run(items, { safeguards: { redirectTo: PHONE } });
		expect(output).toMatchObject([{ intendedFor: [{ Number: person(1) }, { Number: person(2) }] }]);
		expect(sent()).toEqual([`${PHONE} For ${person(1)}, ${person(2)}: Hi all, your order is ready`]);
	});
});

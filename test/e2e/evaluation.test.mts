import { logIn, type Session } from '../../sandbox/n8n/session.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { chain, TELEGENT } from '../../sandbox/n8n/workflow.mts';
import { sharedN8n } from './support/shared.mts';
import { sendFromMainLine } from './support/workflows.mts';
import { expectSuccess, openWorld, outputOf, type World } from './support/world.mts';

interface Id {
	id: string;
}
interface TestCase {
	executionId: string;
}

const PEOPLE = ['+12025550142', '+12025550143'];

/** A data table of n8n with the test cases of an evaluation: one person each. */
async function testCases({ call }: Session): Promise<string> {
	const project = await call<Id>('GET', '/projects/personal');
	const tables = `/projects/${project.id}/data-tables`;
	const columns = [{ name: 'person', type: 'string' }];
	const table = await call<Id>('POST', tables, { name: 'People to test with', columns });
	const data = PEOPLE.map((person) => ({ person }));
	await call('POST', `${tables}/${table.id}/insert`, { data, returnType: 'count' });
	return table.id;
}

const workflow = (table: string, safeguards: object) =>
	chain('Evaluated', [
		{
			name: 'Cases',
			type: 'n8n-nodes-base.evaluationTrigger',
			typeVersion: 4.7,
			parameters: { source: 'dataTable', dataTableId: { __rl: true, mode: 'id', value: table } },
		},
		{
			name: 'Send',
			type: TELEGENT,
			typeVersion: 1,
			parameters: { ...sendFromMainLine('={{ $json.person }}', 'Hello'), safeguards },
		},
		{
			name: 'Metrics',
			type: 'n8n-nodes-base.evaluation',
			typeVersion: 4.7,
			parameters: {
				operation: 'setMetrics',
				metric: 'customMetrics',
				metrics: { assignments: [{ id: 'a', name: 'done', type: 'number', value: 1 }] },
			},
		},
	]);

describe("n8n's evaluation of a workflow that sends", () => {
	let world: World;
	let session: Session;
	let table: string;
	beforeAll(async () => {
		const { url, cookie } = sharedN8n();
		session = await logIn(url, cookie);
		world = await openWorld('Evaluation');
		table = await testCases(session);
	});
	afterAll(async () => await world.close());

	/** Evaluates as the editor's button does. @returns the status of each item that Send gave */
	const evaluate = async (safeguards: object) => {
		const id = await world.bringIn(workflow(table, safeguards));
		await session.call('POST', `/workflows/${id}/test-runs/new`, {});
		const ended = async () => {
			const [run] = await session.call<Array<Id & { status: string }>>('GET', `/workflows/${id}/test-runs`);
			return run !== undefined && ['completed', 'error'].includes(run.status) && run.id;
		};
		const run = await until('the evaluation to end', ended, { seconds: 90 });
		const cases = await session.call<TestCase[]>('GET', `/workflows/${id}/test-runs/${run}/test-cases`);
		const executions = await Promise.all(
			cases.map(async ({ executionId }) => await world.api.executions.get(executionId)),
		);
		executions.forEach(expectSuccess);
		return executions.flatMap((execution) => outputOf(execution, 'Send').map(({ status }) => status));
	};

	test('sends nothing, and says so', async () => {
		const before = world.sandbox.control.outbox().length;
		expect(await evaluate({})).toEqual(['dryRun', 'dryRun']);
		expect(world.sandbox.control.outbox()).toHaveLength(before);
	});

	test("sends where the safeguard 'Send in Evaluations' allows it", async () => {
		const before = world.sandbox.control.outbox().length;
		await evaluate({ sendInEvaluations: true });
		const sent = world.sandbox.control.outbox().slice(before);
		expect(sent.map(({ to }) => to).sort()).toEqual(PEOPLE);
	});
});

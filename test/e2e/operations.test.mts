import { resources } from '../../nodes/Telegent/resources/index.ts';
import type { Execution } from '../../sandbox/n8n/executions.mts';
import { subjectsOf, type Subject } from '../../scripts/lib/operations.mts';
import { lookBackOf, operationsWorkflow, prepare, type Prepared } from './support/operations.mts';
import { maker } from './support/operationsThings.mts';
import { expectSuccess, openWorld, TOKENS, type World } from './support/world.mts';

/* Every public operation in a real n8n, two items each, on things that were made in the sandbox for it alone. */

const subjects = subjectsOf(resources);
const byResource = resources
	.map(({ name, value }): [string, Subject[]] => [
		name,
		subjects.filter(({ resource }) => resource.value === value),
	])
	.filter(([, all]) => all.length > 0);

describe('All operations, from n8n', () => {
	let world: World;
	let passed = 0;
	beforeAll(async () => (world = await openWorld('Operations')));
	afterAll(async () => await world.close());

	const requestsSince = (after: number) =>
		world.sandbox.control.requests({ after }).filter(({ path }) => path !== TOKENS);

	test.each(byResource)('%s', async (name, all) => {
		const started = Date.now();
		const make = maker(world.sandbox);
		const operations: Prepared[] = [];
		for (const subject of all) operations.push(await prepare(make, subject));
		const workflow = await world.bringIn(operationsWorkflow(name, operations));
		const after = world.sandbox.control.requests().at(-1)?.n ?? 0;
		const execution = await world.run(workflow);
		expectSuccess(execution);

		const requests = requestsSince(after);
		for (const operation of operations) {
			const { operation: wanted } = operation.subject;
			const made = requests.filter(({ method, path }) => `${method} ${path}` === wanted.key);
			const refused = made.filter(({ status }) => status < 200 || status > 299);
			const carried = operation.own.map((ids) =>
				made.some(({ body, query }) => ids.every((id) => JSON.stringify([query, body]).includes(id))),
			);
			expect({
				name: operation.name,
				lost: operation.lost,
				enough: made.length >= 2,
				refused,
				carried,
				...linking(execution, operation.name),
			}).toEqual({
				name: operation.name,
				lost: [],
				enough: true,
				refused: [],
				carried: [true, true],
				itemsOfResults: [0, 1],
				lookingBack: 'as linked',
			});
			passed += 2;
		}
		const keys = new Set<string>(all.map(({ operation }) => operation.key));
		expect(requests.filter(({ method, path }) => !keys.has(`${method} ${path}`))).toEqual([]);
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		process.stdout.write(`${name}: ${all.length} operations, ${all.length * 2} passed (${seconds} s)\n`);
	});

	test('252 passed, 0 failed', () => {
		const failed = subjects.length * 2 - passed;
		process.stdout.write(`${passed} passed, ${failed} failed\n`);
		expect({ passed, failed }).toEqual({ passed: 252, failed: 0 });
	});
});

interface Result {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

/** Which items the results come from: by their links, and as an expression further on finds it. */
function linking(execution: Execution, name: string) {
	const results = resultsOf(execution, name);
	const links = results.map(({ pairedItem }) => (pairedItem as { item?: number } | undefined)?.item);
	const found = resultsOf(execution, lookBackOf(name)).map(({ json }) => json.item);
	return {
		itemsOfResults: [...new Set(links)],
		lookingBack: JSON.stringify(found) === JSON.stringify(links) ? 'as linked' : { links, found },
	};
}

function resultsOf({ runs }: Execution, name: string): Result[] {
	return runs[name]?.[0]?.data?.main?.[0] ?? [];
}

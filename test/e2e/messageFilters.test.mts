import { chain, TELEGENT } from '../../sandbox/n8n/workflow.mts';
import { start } from './support/workflows.mts';
import {
	countRequests,
	expectSuccess,
	MAIN_LINE,
	openWorld,
	outputOf,
	type World,
} from './support/world.mts';

const [ANNA, BEN] = ['+12025550771', '+12025550772'];
const LIST = 'GET /v1.0/message/filter';
const SEARCH = 'GET /v1.0/message/search';

/** What an execution of Message → Get Many or Search finds, and how many requests it took. */
async function found(world: World, operation: 'getAll' | 'search', filters: object) {
	const parameters = {
		resource: 'message',
		operation,
		phoneNumber: { __rl: true, mode: 'number', value: MAIN_LINE },
		returnAll: true,
		filters,
	};
	const node = { name: 'Find', type: TELEGENT, typeVersion: 1, parameters };
	const id = await world.bringIn(chain(`Find ${JSON.stringify(filters)}`, [start, node]));
	world.sandbox.control.clearRequests();
	const execution = await world.run(id);
	expectSuccess(execution);
	const bodies = outputOf(execution, 'Find').map((item) => item.Body);
	return { bodies, requests: countRequests(world.sandbox)[operation === 'search' ? SEARCH : LIST] };
}

describe('Filters of messages', () => {
	let world: World;
	let middle: string;
	beforeAll(async () => {
		world = await openWorld('Message filters');
		const { control } = world.sandbox;
		const write = async (from: string, body: string) => await control.inbound({ from, to: MAIN_LINE, body });
		for (let count = 1; count <= 250; count++) await write(BEN, `Old ${count}`);
		await control.time({ advanceSeconds: 3_600 });
		middle = new Date(Date.now() + 1_800_000).toISOString();
		await write(ANNA, 'From Anna');
		await write(BEN, 'From Ben');
	}, 120_000);
	afterAll(async () => await world.close());

	test('Other Party and Direction find what they name', async () => {
		expect((await found(world, 'getAll', { otherParty: '(202) 555-0771' })).bodies).toEqual(['From Anna']);
		expect((await found(world, 'getAll', { otherParty: ANNA, direction: 'outbound' })).bodies).toEqual([]);
	});

	test('Since reads no further than it must', async () => {
		const recent = await found(world, 'getAll', { since: middle });
		expect([recent.bodies.sort(), recent.requests]).toEqual([['From Anna', 'From Ben'], 1]);
		const all = await found(world, 'getAll', { until: middle });
		const old = all.bodies.filter((body) => String(body).startsWith('Old '));
		expect([old.length, all.requests]).toEqual([250, 3]);
	});

	test('Status and Campaign ID, with Search', async () => {
		expect((await found(world, 'search', { status: ['received'], since: middle })).bodies.sort()).toEqual([
			'From Anna',
			'From Ben',
		]);
		expect((await found(world, 'search', { campaignId: 'JCID-none', since: middle })).bodies).toEqual([]);
	});
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, type RunOptions, type RunResult } from '../../../support/n8n.mts';
import { OWN_NUMBER, send, useSandbox } from '../../../support/sandbox.mts';

const FILTER = '/v1.0/message/filter';
const SEARCH = '/v1.0/message/search';
const ANA = '+18015550123';
const BEN = '+18015550124';
const sandbox = useSandbox();
const hintsOf = ({ run: { data } }: RunResult) =>
	data.resultData.runData.Telegent?.at(-1)?.hints?.map(({ message }) => message) ?? [];
const own = { __rl: true, mode: 'number', value: OWN_NUMBER };

type Operation = 'getAll' | 'search';
const both: Operation[] = ['getAll', 'search'];

const run = async (operation: Operation, parameters: IDataObject, more: Partial<RunOptions> = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: {
			resource: 'message',
			operation,
			phoneNumber: own,
			returnAll: true,
			...parameters,
		} as INodeParameters,
		...more,
	});
const find = async (operation: Operation, filters: IDataObject, more: IDataObject = {}) => {
	const result = await run(operation, { filters, ...more });
	const { error, json } = result;
	if (error) throw error;
	expect(hintsOf(result)).toEqual([]);
	return json.map(({ Body }) => Body);
};

const from = async (person: string, body: string) =>
	await sandbox.control.inbound({ from: person, to: OWN_NUMBER, body });
const to = async (person: string, body: string, campaignId?: string) => {
	const parameters = send(person, body, campaignId ? { campaignId } : {});
	const { error } = await runNode({ credential: sandbox.credential, parameters });
	if (error) throw error;
};
const later = async () => void (await sandbox.control.time({ advanceSeconds: 60 }));
let start: string;
let middle: string;

/** Newer than the sandbox's own history. */
beforeEach(async () => {
	const now = async () => (await sandbox.control.time()).now;
	start = await now();
	await from(ANA, 'a');
	await later();
	await to(`${ANA}, ${BEN}`, 'b', 'JCID-Sale');
	await later();
	middle = await now();
	sandbox.control.failRecipient({ number: BEN });
	await to(BEN, 'c', 'JCID-Sale');
	await later();
	await from(BEN, 'd');
	sandbox.control.clearRequests();
});

describe.each(both)('Message → %s, filtered', (operation) => {
	const path = operation === 'getAll' ? FILTER : SEARCH;

	test.each<[IDataObject, string[]]>([
		[{ otherParty: ANA }, ['b', 'a']],
		[{ otherParty: '(801) 555-0124' }, ['d', 'c', 'b']],
		[{ otherParty: ANA, direction: 'inbound' }, ['a']],
		[{ otherParty: BEN, direction: 'outbound' }, ['c', 'b']],
		[{ otherParty: BEN, status: ['failed', 'undelivered'] }, ['c']],
		[{ otherParty: BEN, status: ['received', 'failed'] }, ['d', 'c']],
		[{ otherParty: '+18015550199' }, []],
	])('by %j', async (filters, bodies) => {
		expect(await find(operation, filters)).toEqual(bodies);
		expect(new Set(sandbox.calls().map((call) => call.path))).toEqual(new Set([path, '/v1.0/oauth2/tokens']));
	});

	test('by time', async () => {
		expect(await find(operation, { since: start })).toEqual(['d', 'c', 'b', 'a']);
		expect(await find(operation, { since: middle })).toEqual(['d', 'c']);
		expect(await find(operation, { since: start, until: middle, otherParty: BEN })).toEqual(
			expect.arrayContaining(['b']),
		);
		expect(await find(operation, { since: start, until: start })).toEqual(['a']);
		expect(await find(operation, { since: middle, direction: 'inbound' })).toEqual(['d']);
	});

	test('the limit counts messages that match', async () => {
		const limited = { returnAll: false, limit: 2 };
		expect(await find(operation, { otherParty: BEN }, limited)).toEqual(['d', 'c']);
		expect(await find(operation, { direction: 'inbound', since: start }, limited)).toEqual(['d', 'a']);
		expect(await find(operation, { direction: 'outbound', since: start }, { ...limited, limit: 1 })).toEqual([
			'c',
		]);
	});

	test('stops reading when it has what was asked for', async () => {
		for (let n = 0; n < 250; n++) {
			// The order of messages with equal times tells nothing.
			if (n % 50 === 0) await sandbox.control.time({ advanceSeconds: 1 });
			await from(ANA, `${n}`);
		}
		sandbox.control.clearRequests();
		expect(await find(operation, { otherParty: ANA }, { returnAll: false, limit: 3 })).toHaveLength(3);
		expect(sandbox.calls(path)).toHaveLength(1);
		sandbox.control.clearRequests();
		expect(await find(operation, { otherParty: BEN }, { returnAll: false, limit: 3 })).toHaveLength(3);
		expect(sandbox.calls(path)).toHaveLength(3);
	});

	test.each<IDataObject>([
		{},
		{ otherParty: '', since: '', until: '', status: [] },
		{ otherParty: '', since: null, campaignId: ' ' },
	])('%j asks as without filters', async (filters) => {
		const limited = { returnAll: false, limit: 2 };
		const { json } = await run(operation, { filters, ...limited });
		const [{ query }] = sandbox.calls(path);
		sandbox.control.clearRequests();
		expect((await run(operation, limited)).json).toEqual(json);
		expect(query).toEqual(sandbox.calls(path)[0].query);
		expect(query).toMatchObject({ Page: '1', Results: '2' });
	});

	test('sends no filter to Telegent', async () => {
		const filters = { otherParty: ANA, direction: 'inbound', status: ['received'], since: start };
		expect(await find(operation, filters)).toEqual(['a']);
		const sent = sandbox.calls(path).flatMap(({ query }) => Object.keys(query ?? {}));
		expect([...new Set(sent)].map((name) => name.toLowerCase()).toSorted()).toEqual([
			'page',
			'phonenumber',
			'results',
		]);
	});

	test.each<[IDataObject, string]>([
		[{ otherParty: '+1801' }, `'Other Party'`],
		[{ since: 'monday' }, `'Since'`],
		[{ until: '2026-02-31' }, `'Until'`],
		[{ direction: 'sideways' }, `'Direction'`],
		[{ status: ['lost'] }, `'Status'`],
	])('%j: names the filter', async (filters, label) => {
		const { error } = await run(operation, { filters });
		expect(error?.message).toContain(label);
		expect(sandbox.calls(path)).toEqual([]);
	});
});

describe('Message → Search', () => {
	test.each<[IDataObject, string[]]>([
		[{ campaignId: 'jcid-sale' }, ['c', 'b']],
		[{ campaignId: 'JCID-Sale', otherParty: ANA }, ['b']],
		[{ campaignId: 'JCID-Other' }, []],
	])('by campaign: %j', async (filters, bodies) => {
		expect(await find('search', filters)).toEqual(bodies);
	});

	test('by campaign and time, with a limit', async () => {
		const filters = { campaignId: 'JCID-Sale', since: start };
		expect(await find('search', filters, { returnAll: false, limit: 1 })).toEqual(['c']);
		expect(await find('search', { ...filters, since: middle })).toEqual(['c']);
		expect(await find('search', { ...filters, until: start })).toEqual([]);
	});

	test('says so where the search does not have what the list has', async () => {
		sandbox.control.addFault({ path: SEARCH, status: 200, body: { Results: [], ResultsTotalRecords: 0 } });
		const result = await run('search', { filters: { since: start } });
		expect(result.json).toEqual([]);
		expect(hintsOf(result)).toEqual([expect.stringContaining('"Get Many"')]);
	});
});

test('says so where the list cannot be read to its end', async () => {
	sandbox.control.addFault({ path: FILTER, status: 200, body: { Messages: [], Total: 5 } });
	const result = await run('getAll', { filters: { otherParty: ANA } });
	expect(result.json).toEqual([]);
	expect(hintsOf(result)).toEqual([expect.stringContaining("couldn't be read to its end")]);
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { until } from '../../../../sandbox/n8n/wait.mts';
import { SHARED_FROM } from '../../../../nodes/shared/questions/sharing.ts';
import { OWN_NUMBER, useSandbox } from '../../../support/sandbox.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

/* More questions than Telegent calls: two of them forward messages. */

const MANY = SHARED_FROM + 7;

jest.setTimeout(120_000);
useFasterTime(10);
const sandbox = useSandbox();
let host: WaitHost;
beforeAll(async () => (host = await WaitHost.start(() => sandbox.credential)));
beforeEach(() => host.restart());
afterAll(async () => await host.stop());

type Row = Record<string, unknown>;
const person = (n: number) => `+1202555${1000 + n}`;
const webhooks = () => sandbox.control.state().webhooks as Row[];
const open = () => webhooks().filter((one) => !/ answered /.test(String(one.AuthenticationUsername)));
const called = () => open().filter(({ SubscribedEvents }) => /new_sms/i.test(String(SubscribedEvents)));
const dispatchers = () =>
	open().filter(({ AuthenticationToken }) => /\.forwards$/.test(String(AuthenticationToken)));
const executionOf = ({ AuthenticationUsername }: Row) => String(AuthenticationUsername).split(' ')[2];
const ofDispatchers = () => dispatchers().map(executionOf);

const asked = async (to: string, parameters: INodeParameters = {}) => {
	const run = await host.run(sendAndWait(to, parameters));
	expect([run.status, run.error?.message]).toEqual(['waiting', undefined]);
	return run.id;
};
/** @param first of the people who are asked */
const askMany = async (first = 0) => {
	const ids: string[] = [];
	for (let n = 0; n < MANY; n++) ids.push(await asked(person(first + n)));
	await until('few to be called', () => called().length === 2, { seconds: 60 });
	expect(dispatchers()).toHaveLength(2);
	return ids;
};
const says = async (from: string, body: string) => {
	await sandbox.control.inbound({ from, to: OWN_NUMBER, body });
	await sandbox.control.idle();
};
const callsFor = async (work: () => Promise<unknown>) => {
	const before = sandbox.control.deliveries().filter(({ kind }) => kind === 'event').length;
	await work();
	return sandbox.control.deliveries().filter(({ kind }) => kind === 'event').length - before;
};
const itemOf = (id: string): IDataObject => host.ended(id).items[0]?.json ?? {};
const answered = async (id: string) =>
	await until('the answer', () => host.ended(id).status === 'success', { seconds: 60 });

test(`of ${MANY} open questions few are called, and every answer reaches its own, over a restart too`, async () => {
	const ids = await askMany();
	expect(open()).toHaveLength(MANY);
	expect(await callsFor(() => says(person(900), 'Hello'))).toBe(2);
	for (let n = MANY - 1; n >= 0; n--) {
		if (n === 8) host.restart();
		await says(person(n), `I am ${person(n)}`);
		await answered(ids[n]);
		expect(itemOf(ids[n])).toMatchObject({ replied: true, body: `I am ${person(n)}` });
	}
	expect(open()).toEqual([]);
});

test('all answers at once reach their own', async () => {
	const ids = await askMany();
	await Promise.all(ids.map((_, n) => says(person(n), `I am ${person(n)}`)));
	for (const [n, id] of ids.entries()) {
		await answered(id);
		expect(itemOf(id).body).toBe(`I am ${person(n)}`);
	}
});

test('messages for one person are decided by their questions: the last one asked gets the first answer', async () => {
	await askMany();
	const [first, second] = [await asked(person(500)), await asked(person(500))];
	await says(person(500), 'To the second');
	await answered(second);
	expect([host.ended(first).status, itemOf(second).body]).toEqual(['waiting', 'To the second']);
	await says(person(500), 'To the first');
	await answered(first);
	expect(itemOf(first).body).toBe('To the first');
});

test('an older dispatcher forwards what a more recent question to the same person gets', async () => {
	const ids = await askMany();
	const [dispatcher] = ofDispatchers();
	const to = person(ids.indexOf(dispatcher));
	const recent = await asked(to);
	await says(to, 'To the recent one');
	await answered(recent);
	expect(host.ended(dispatcher).status).toBe('waiting');
});

test('a dispatcher that was answered is replaced', async () => {
	const ids = await askMany();
	for (const one of ofDispatchers()) {
		const n = ids.indexOf(one);
		await says(person(n), 'Done');
		await answered(one);
		await until('another dispatcher', () => dispatchers().length === 2, { seconds: 60 });
	}
	const last = ids.findLast(
		(id) => host.ended(id).status === 'waiting' && !ofDispatchers().includes(id),
	) as string;
	await says(person(ids.indexOf(last)), 'Fine');
	await answered(last);
});

test.each<[string, (id: string) => void]>([
	['stopped', (id) => host.cancel(id)],
	['deleted', (id) => host.forget(id)],
])(
	'a dispatcher whose execution somebody has %s: the other one forwards, and it is replaced',
	async (_how, end) => {
		const ids = await askMany();
		// The one that waits longest forwards first.
		const dead = String(Math.max(...ofDispatchers().map(Number)));
		end(dead);
		host.restart();
		const quiet = ids[MANY - 1];
		expect(called().map(executionOf)).not.toContain(quiet);
		await says(person(MANY - 1), 'Still here');
		await answered(quiet);
		expect(itemOf(quiet).body).toBe('Still here');
		await until('another dispatcher', () => dispatchers().length === 2 && !ofDispatchers().includes(dead), {
			seconds: 60,
		});
		expect(open().map(executionOf)).not.toContain(dead);
	},
);

test('all dispatchers stopped at once: the next question has others called', async () => {
	const ids = await askMany();
	const dead = ofDispatchers();
	dead.forEach((id) => host.cancel(id));
	host.restart();
	await asked(person(700));
	await until('others to be called', () => dispatchers().length === 2, { seconds: 60 });
	expect(ofDispatchers().filter((id) => dead.includes(id))).toEqual([]);
	const quiet = ids.find((id) => !called().map(executionOf).includes(id) && !dead.includes(id)) as string;
	await says(person(ids.indexOf(quiet)), 'Hi');
	await answered(quiet);
});

describe('A question that is not called itself', () => {
	/** Other people for each test: the second dispatcher still looks after messages of the test before. */
	let first = 1_000;
	let quiet: string;
	const saysYes = async (ids: string[]) => await says(person(first + ids.indexOf(quiet)), 'Yes');
	const ask = async () => {
		const ids = await askMany((first += 100));
		quiet = ids.find((id) => !called().map(executionOf).includes(id)) as string;
		return ids;
	};
	afterEach(() => host.unavailable.clear());

	test('gets its reply although n8n does not answer at first', async () => {
		const ids = await ask();
		host.unavailable.add(quiet);
		setTimeout(() => host.unavailable.clear(), 300);
		await saysYes(ids);
		await answered(quiet);
		expect(itemOf(quiet).body).toBe('Yes');
		expect(dispatchers()).toHaveLength(2);
	});

	test('is called itself from then on if the message did not reach it', async () => {
		const ids = await ask();
		host.unavailable.add(quiet);
		await saysYes(ids);
		await until('it to be called', () => called().map(executionOf).includes(quiet), { seconds: 60 });
		expect(host.ended(quiet).status).toBe('waiting');
		host.unavailable.clear();
		await saysYes(ids);
		await answered(quiet);
	});

	test('gets its reply although Telegent does not list the questions for a while', async () => {
		const ids = await ask();
		host.restart();
		sandbox.control.addFault({ path: '/v1.0/webhook', status: 500, count: 1000 });
		await saysYes(ids);
		sandbox.control.clearFaults();
		await answered(quiet);
	});
});

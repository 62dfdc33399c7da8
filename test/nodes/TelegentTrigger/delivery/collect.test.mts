import { until } from '../../../../sandbox/n8n/wait.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { processedData } from '../../../support/processedData.mts';
import { ANA, MAIN_LINE, onRoute, sms, useWorld, type Row } from '../../../support/trigger/world.mts';
import { resetProcessState } from '../../../../transport/processState.ts';

const world = useWorld();
useFasterTime();
const BEN = '+12025550143';
const FILTER = '/v1.0/message/filter';
const DETAILS = '/v1.0/message/details';
const collecting = (more: Row = {}) => onRoute(undefined, { collectSeconds: 8, ...more });
const texts = () => world.items.map(({ body }) => body);
const listReads = () => world.telegent.control.requests({ path: FILTER }).length;
const seconds = async (count: number) => await new Promise((resolve) => setTimeout(resolve, count * 1_000));
let logged = 0;

/** Someone texts: the message is in Telegent's list, and Telegent delivers it. */
function arrive(body: string, { from = ANA, id = `TMID-L${++logged}`, ...more }: Row = {}) {
	log(body, { from, id });
	return world.deliver(sms(body, { Message_ID: id, From: from, ...more }));
}

/** A message in Telegent's list. @param more `outbound`: from our number */
function log(
	body: string,
	{ from = ANA, id = `TMID-L${++logged}`, outbound = false, agoSeconds = 0 }: Row = {},
) {
	world.telegent.state.messages.set(String(id), {
		id,
		direction: outbound ? 'Outbound' : 'Inbound',
		type: 'A2P',
		campaignId: null,
		from: outbound ? MAIN_LINE : from,
		owner: MAIN_LINE,
		recipients: [
			{ number: outbound ? from : MAIN_LINE, status: 'Received', errorCode: null, errorMessage: null },
		],
		body,
		media: [],
		base64: [],
		createdAt: Date.now() - Number(agoSeconds) * 1_000,
		status: 'Received',
		deviceDelivery: null,
	} as never);
	return id;
}

/** n8n's process dies: whatever waits in it never goes on. */
const die = () => resetProcessState();

test('five texts become one execution, with one look at the list', async () => {
	await world.host.publish('one', collecting());
	const delivered = ['Hi', 'are you', 'open', 'on', 'Sunday?'].map(async (body, index) => {
		await seconds(index * 3);
		return await arrive(body, { MMS_Media_URL: index === 1 ? 'https://example.com/a.jpg' : '' });
	});
	await Promise.all(delivered);
	expect(world.items).toHaveLength(1);
	const [item] = world.items;
	expect(item).toMatchObject({
		body: 'Hi\nare you\nopen\non\nSunday?',
		media: ['https://example.com/a.jpg'],
		from: ANA,
	});
	const messages = item.messages as Row[];
	expect(item.messageId).toBe(messages[4].id);
	expect(messages.map(({ body }) => body)).toEqual(['Hi', 'are you', 'open', 'on', 'Sunday?']);
	expect(messages[1]).toEqual({
		id: expect.any(String),
		body: 'are you',
		time: expect.any(String),
		media: ['https://example.com/a.jpg'],
	});
	expect([world.host.empty, listReads()]).toEqual([4, 1]);
});

test('texts are in the order in which they were written, whichever execution n8n starts first', async () => {
	await world.host.publish('one', collecting());
	const first = log('Are you', { agoSeconds: 2 });
	const second = log('open?', { agoSeconds: 1 });
	const deliver = (id: unknown, body: string) => world.deliver(sms(body, { Message_ID: id, From: ANA }));
	await Promise.all([deliver(second, 'open?'), deliver(first, 'Are you')]);
	expect(texts()).toEqual(['Are you\nopen?']);
	expect(world.items[0].messageId).toBe(second);
});

test('persons are collected apart, and a later text starts anew', async () => {
	await world.host.publish('one', collecting());
	await Promise.all([arrive('From Ana'), arrive('From Ben', { from: BEN }), arrive('More', { from: BEN })]);
	expect(texts().sort()).toEqual(['From Ana', 'From Ben\nMore']);
	await arrive('Later');
	expect(texts().at(-1)).toBe('Later');
});

test('opt-outs and HELP pass at once, alone', async () => {
	await world.host.publish('one', collecting());
	const waiting = arrive('Hi');
	await arrive('STOP');
	await arrive('help');
	expect(texts()).toEqual(['STOP', 'help']);
	expect(world.items[0].messages).toHaveLength(1);
	expect(listReads()).toBe(0);
	await waiting;
	expect(texts()).toEqual(['STOP', 'help', 'Hi']);
});

test('somebody who never stops writing is answered after at most so many seconds', async () => {
	await world.host.publish('one', collecting({ collectLongestSeconds: 12 }));
	const delivered: Array<Promise<unknown>> = [];
	for (let count = 1; count <= 6; count++) {
		delivered.push(arrive(`${count}`));
		await seconds(4);
	}
	await Promise.all(delivered);
	expect(world.items.length).toBeGreaterThan(1);
	expect(texts().join('\n')).toBe('1\n2\n3\n4\n5\n6');
});

test('what an execution waited for that somebody stopped starts the next one', async () => {
	await world.host.publish('one', collecting());
	const first = arrive('First');
	await until('the execution to wait', () => world.host.running === 1, { seconds: 60, everyMs: 50 });
	world.host.stopExecutions();
	await first;
	expect(texts()).toEqual([]);
	await arrive('Second');
	expect(texts()).toEqual(['First\nSecond']);
});

describe('Several processes', () => {
	test('a text that another process received is joined, and its execution ends', async () => {
		await world.host.publish('one', collecting());
		const first = arrive('In a worker');
		await until('the execution to wait', () => world.host.running === 1, { seconds: 60, everyMs: 100 });
		die();
		await seconds(2);
		await Promise.all([first, arrive('In another')]);
		expect(texts()).toEqual(['In a worker\nIn another']);
		expect(world.host.empty).toBe(1);
	});

	test('a text whose delivery is lost or late keeps the wait going, and is passed on once', async () => {
		await world.host.publish('one', collecting());
		const first = arrive('First');
		await seconds(5);
		const id = log('Not delivered yet');
		await first;
		expect(texts()).toEqual(['First\nNot delivered yet']);
		expect(listReads()).toBe(2);
		await world.deliver(sms('Not delivered yet', { Message_ID: id }));
		expect([texts().length, world.host.empty]).toEqual([1, 1]);
	});
});

describe('After n8n died while it collected', () => {
	test('the next text of that person collects what no execution went on with', async () => {
		await world.host.publish('one', collecting());
		await arrive('Answered');
		log('Bot', { outbound: true });
		log('Lost', { agoSeconds: -1 });
		die();
		await seconds(60);
		await arrive('Hello?');
		expect(texts()).toEqual(['Answered', 'Lost\nHello?']);
		await arrive('Later');
		expect(texts().at(-1)).toBe('Later');
	});

	test('what was answered since, is too old, of somebody else, or an opt-out is not', async () => {
		await world.host.publish('one', collecting());
		log('Too old', { agoSeconds: 25 * 3_600 });
		log('Answered', { agoSeconds: 600 });
		log('By a person', { agoSeconds: 500, outbound: true });
		log('Of Ben', { agoSeconds: 400, from: BEN });
		log('STOP', { agoSeconds: 300 });
		await arrive('Hello?');
		expect(texts()).toEqual(['Hello?']);
	});

	test('what the filters leave out, and replies that Send and Wait may have had, are not', async () => {
		const filters = { contains: 'order' };
		await world.host.publish('one', { ...collecting(), filters } as never);
		log('Nothing', { agoSeconds: 60 });
		log('My order', { agoSeconds: 50 });
		await arrive('Where is the order?');
		expect(texts()).toEqual(['My order\nWhere is the order?']);
		await world.host.publish('two', collecting({ leaveAwaited: true, takeOver: true }));
		log('Yes', { from: BEN, agoSeconds: 50 });
		log('Hi', { from: BEN, id: 'TMID-T' });
		await world.deliver(sms('Hi', { Message_ID: 'TMID-T', From: BEN }), { id: 'two' });
		expect(texts().at(-1)).toBe('Hi');
	});
});

test('where the list cannot be read, what this process received is collected', async () => {
	await world.host.publish('one', collecting());
	world.telegent.control.addFault({ path: FILTER, status: 403, count: 99 });
	await Promise.all([arrive('Hi'), arrive('there')]);
	expect(texts()).toEqual(['Hi\nthere']);
	await Promise.all([world.deliver(sms('Not')), world.deliver(sms('in the list'))]);
	expect(texts().at(-1)).toBe('Not\nin the list');
});

test('a test in the editor collects from the list, and stores nothing', async () => {
	await world.host.publish('one', collecting(), 'test');
	log('Before the test', { agoSeconds: 30 });
	const { calls } = processedData;
	const id = log('Hi');
	const first = world.deliver(sms('Hi', { Message_ID: id }), { mode: 'test' });
	await seconds(3);
	log('there');
	await first;
	expect(texts()).toEqual(['Hi\nthere']);
	expect(processedData.calls).toBe(calls);
});

test('a retried execution passes at once, in the same shape', async () => {
	await world.host.publish('one', collecting());
	await arrive('Hi');
	const [{ json }] = await world.host.retry();
	expect(json).toMatchObject({ body: 'Hi', messages: [{ body: 'Hi' }] });
});

describe('Stay Silent While a Person Writes', () => {
	const silent = (more: Row = {}) => onRoute(undefined, { staySilentMinutes: 30, ...more });

	test('a text to somebody to whom a colleague writes starts nothing, until the minutes are over', async () => {
		await world.host.publish('one', silent());
		log('Colleague', { outbound: true });
		await arrive('Thanks');
		expect([texts(), world.host.empty]).toEqual([[], 1]);
		await arrive('STOP');
		await arrive('Other person', { from: BEN });
		expect(texts()).toEqual(['STOP', 'Other person']);
		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + 31 * 60_000);
		await arrive('Still there?');
		jest.restoreAllMocks();
		expect(texts().at(-1)).toBe('Still there?');
	});

	test('messages with the Campaign ID are its own', async () => {
		await world.host.publish('one', silent({ campaignId: 'JCID-1' }));
		const id = log('Other system', { outbound: true });
		await arrive('Silent');
		world.telegent.state.messages.get(String(id))!.campaignId = 'JCID-1';
		await arrive('Hi');
		expect(texts()).toEqual(['Hi']);
		expect(world.telegent.control.requests({ path: DETAILS })).toHaveLength(2);
	});

	test('with Collect Messages, the list is read once for both', async () => {
		await world.host.publish('one', collecting({ staySilentMinutes: 30 }));
		await Promise.all([arrive('Hi'), arrive('there')]);
		expect([texts(), listReads()]).toEqual([['Hi\nthere'], 1]);
		log('Colleague', { outbound: true });
		await arrive('Thanks');
		expect([texts().length, listReads()]).toEqual([1, 2]);
	});

	test('a text passes where the list cannot be read', async () => {
		await world.host.publish('one', silent());
		log('Colleague', { outbound: true });
		world.telegent.control.addFault({ path: FILTER, status: 403, count: 99 });
		await arrive('Hi');
		expect(texts()).toEqual(['Hi']);
	});
});

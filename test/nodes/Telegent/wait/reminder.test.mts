import axios from 'axios';
import { sleep, type INodeParameters } from 'n8n-workflow';
import { until } from '../../../../sandbox/n8n/wait.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { OWN_NUMBER, useSandbox, when } from '../../../support/sandbox.mts';

const [ANNA, BEN] = ['+12025550142', '+12025550143'];
const UPDATE = '/v1.0/webhook/update';

jest.setTimeout(40_000);
useFasterTime(10);
const sandbox = useSandbox();
let host: WaitHost;
beforeAll(async () => (host = await WaitHost.start(() => sandbox.credential)));
beforeEach(() => host.restart());
afterAll(async () => await host.stop());

type Row = Record<string, unknown>;
const webhooks = () => sandbox.control.state().webhooks as Row[];
const note = () => String(webhooks()[0]?.AuthenticationUsername);
const reminder = (values: object = {}) => ({
	waitAmount: 60,
	waitUnit: 'minutes',
	options: { reminder: { once: { amount: 1, unit: 'minutes', message: 'Still there?', ...values } } },
});
const ask = async (parameters: INodeParameters = reminder(), to = ANNA) => {
	const run = await host.run(sendAndWait(to, parameters));
	expect([run.status, run.error?.message]).toEqual(['waiting', undefined]);
	return run.id;
};
/** What Anna got, apart from the question. */
const texts = () =>
	sandbox.control
		.outbox()
		.filter(({ to }) => to === ANNA)
		.map(({ body }) => body)
		.slice(1);
const untilTexts = async (count: number) =>
	await until(`${count} texts`, () => texts().length === count, { seconds: 1_200, everyMs: 1_000 });
const minutes = async (count: number) => await sleep(count * 60_000);
const says = async (body: string) => {
	await sandbox.control.inbound({ from: ANNA, to: OWN_NUMBER, body });
	await sandbox.control.idle();
};
/** Says that the reminder is due, as a process does. */
const call = async (secret = String(webhooks()[0].AuthenticationToken)) =>
	await axios.post(
		String(webhooks()[0].WebhookUrl),
		{ Event: 'n8n_Reminder_Due', WebhookId: webhooks()[0].WebhookId },
		{ headers: { Authorization: `Bearer ${secret}` }, validateStatus: () => true },
	);

test('who does not write is reminded once, from the same number, and can still reply', async () => {
	const id = await ask();
	expect(note()).toMatch(/ remind \S+Z$/);
	await untilTexts(1);
	expect(sandbox.control.outbox()[1]).toMatchObject({ from: OWN_NUMBER, to: ANNA, body: 'Still there?' });
	expect(note()).toMatch(/ reminded [\w-]{12}$/);
	expect(host.ended(id).status).toBe('waiting');
	expect((await call()).status).toBe(200);
	await minutes(7);
	expect(texts()).toEqual(['Still there?']);
	await says('Yes');
	expect(host.ended(id).items[0].json).toMatchObject({ replied: true, answer: 'Yes' });
});

test('without a text of its own, the reminder is the question', async () => {
	await ask(reminder({ message: ' ' }));
	await untilTexts(1);
	expect(texts()).toEqual(['How are you?']);
});

test('who has replied is not reminded', async () => {
	const id = await ask();
	await says('Fine');
	expect(host.ended(id).status).toBe('success');
	await minutes(3);
	expect(texts()).toEqual([]);
});

test('who was asked again has written, and is not reminded; no sweep tries again', async () => {
	await ask({ ...reminder(), expectedAnswer: 'yesNo' });
	await says('What?');
	expect(texts()).toHaveLength(1);
	await until('the reminder to be given up', () => note().includes(' reminded unneeded '), {
		seconds: 600,
		everyMs: 1_000,
	});
	await minutes(1);
	expect(texts()).toHaveLength(1);
});

test('a reply that never reached n8n is found in the list', async () => {
	await ask();
	// No process searches for lost replies now, which would find it before the reminder is due.
	host.restart();
	const [webhook] = webhooks();
	Object.assign(webhook, { SubscribedEvents: 'Order_Update' });
	await says('Fine');
	Object.assign(webhook, { SubscribedEvents: 'New_Sms' });
	await minutes(1.1);
	expect((await call()).data).toMatchObject({ message: 'The person has written already' });
	expect(note()).toMatch(/ reminded unneeded$/);
	expect(texts()).toEqual([]);
});

test('after a restart, the next question finds that a reminder is overdue', async () => {
	await ask();
	host.restart();
	await minutes(3);
	expect(texts()).toEqual([]);
	await ask({}, BEN);
	await untilTexts(1);
	host.restart();
	await ask({}, BEN);
	await minutes(2);
	expect(texts()).toEqual(['Still there?']);
});

describe('Sending Hours', () => {
	const MINUTE = 60_000;
	const DAY = 24 * 60 * MINUTE;
	const clock = (time: number) => new Date(time).toISOString().slice(11, 16);
	/** A question with a reminder, and Sending Hours in UTC that end so many minutes from now. */
	const within = (endsIn: number, waitAmount: number, amount: number) => {
		const now = Math.ceil(Date.now() / MINUTE) * MINUTE;
		const [earliest, latest] = [clock(now - 20 * MINUTE), clock(now + endsIn * MINUTE)];
		const timeZone = { __rl: true, mode: 'name', value: 'UTC' };
		const hours = { earliest, latest, days: [0, 1, 2, 3, 4, 5, 6], zoneBy: 'given', timeZone };
		const parameters = { ...reminder({ amount }), waitAmount, safeguards: { quietHours: { hours } } };
		return { parameters, opens: now - 20 * MINUTE };
	};
	const remindAt = () => Date.parse(/ remind (\S+Z)$/.exec(note())?.[1] ?? '');

	test('move a reminder that would be due outside of them', async () => {
		const { opens, parameters } = within(5, 3 * 24 * 60, 10);
		await ask(parameters);
		expect(remindAt()).toBe(opens + DAY);
	});

	test('leave a reminder that is due within them where it is', async () => {
		const before = Date.now();
		await ask(within(60, 3 * 24 * 60, 10).parameters);
		expect(remindAt() - before).toBeLessThan(15 * MINUTE);
	});

	test('allow no reminder if they begin after the time limit', async () => {
		const id = await ask(within(5, 60, 10).parameters);
		expect(note()).not.toContain('remind');
		expect(host.hints(id)).toContain(
			"No reminder will be sent, because 'Sending Hours' allow none before 'Wait Up To' is over.",
		);
	});

	test('move a reminder that is late, because n8n was down', async () => {
		const { opens, parameters } = within(3, 3 * 24 * 60, 1);
		await ask(parameters);
		host.restart();
		await minutes(6);
		expect((await call()).data).toMatchObject({ message: "It's outside the sending hours" });
		expect(remindAt()).toBe(opens + DAY);
		expect((await call()).data).toMatchObject({ message: 'No reminder is due' });
		expect(texts()).toEqual([]);
	});

	test('end a reminder that is late, if they begin after the time limit', async () => {
		await ask(within(3, 60, 1).parameters);
		host.restart();
		await minutes(6);
		await call();
		expect(note()).toMatch(/ reminded outsideHours$/);
		expect(texts()).toEqual([]);
	});
});

test('of two processes at the same moment, the last one to have written its mark reminds', async () => {
	await ask();
	when(
		() => sandbox.calls(UPDATE).length > 0,
		() => {
			const [one] = webhooks();
			one.AuthenticationUsername = note().replace(/ reminded \S+/, ' reminded ofTheOther12');
		},
	);
	await until('the mark of the other', () => note().endsWith('ofTheOther12'), { seconds: 600, everyMs: 500 });
	await minutes(1);
	expect(texts()).toEqual([]);
});

test('where the list cannot be read, nothing is sent until it can', async () => {
	const fault = { path: '/v1.0/message/filter', status: 500, body: { Message: 'down' }, count: 1_000 };
	await ask();
	sandbox.control.addFault(fault);
	await minutes(1.2);
	const { status } = await call();
	expect(status).toBe(500);
	expect(note()).toMatch(/ remind \S+Z$/);
	sandbox.control.clearFaults();
	await call();
	expect(texts()).toEqual(['Still there?']);
});

test('somebody who does not know the secret sends nothing, and nobody before the time', async () => {
	await ask(reminder({ amount: 50 }));
	expect((await call('guessed')).status).toBe(401);
	expect((await call()).data).toMatchObject({ message: 'No reminder is due' });
	expect(texts()).toEqual([]);
});

test.each([0, -1, 60, 61, Number.NaN])(
	'a reminder after %d of 60 minutes is refused, and nothing is sent',
	async (amount) => {
		const { error } = await host.run(sendAndWait(ANNA, reminder({ amount })));
		expect(error?.message).toMatch(/'Remind After'/);
		expect(sandbox.control.outbox()).toEqual([]);
	},
);

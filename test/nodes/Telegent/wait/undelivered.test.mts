import axios from 'axios';
import { sleep, type INodeParameters } from 'n8n-workflow';
import { until } from '../../../../sandbox/n8n/wait.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { OWN_NUMBER, useSandbox } from '../../../support/sandbox.mts';

const ANNA = '+12025550142';
const FILTER = '/v1.0/message/filter';

useFasterTime();
const sandbox = useSandbox();
let host: WaitHost;
beforeAll(async () => (host = await WaitHost.start(() => sandbox.credential)));
beforeEach(() => host.restart());
afterAll(async () => await host.stop());

const webhooks = () => sandbox.control.state().webhooks as Array<Record<string, unknown>>;
const ask = async (parameters: INodeParameters = {}, type?: string) =>
	(await host.run(sendAndWait(ANNA, parameters), [{}], type ? { type } : {})).id;
const hasEnded = async (id: string) =>
	await until('the end', () => host.ended(id).status === 'success', { seconds: 300, everyMs: 200 });

test('a question that was not delivered ends the wait at once, and removes its webhook', async () => {
	sandbox.control.failRecipient({ number: ANNA });
	const id = await ask();
	await hasEnded(id);
	expect(host.ended(id).items).toEqual([
		{
			json: {
				...{ replied: false, matched: false, answer: null, delivered: false, deliveryReason: null },
				...{ from: ANNA, to: OWN_NUMBER, respondedAt: null },
				askedAt: expect.stringMatching(/Z$/),
				waitedUntil: expect.stringMatching(/Z$/),
				sentMessageId: sandbox.control.outbox()[0].messageId,
			},
			pairedItem: { item: 0 },
		},
	]);
	await until('its webhook to be removed', () => webhooks().length === 0, { seconds: 300, everyMs: 200 });
});

test('a human review that was not delivered is not approved', async () => {
	sandbox.control.failRecipient({ number: ANNA });
	const id = await ask({}, 'n8n-nodes-telegent.telegentHitlTool');
	await hasEnded(id);
	expect(host.ended(id).items[0].json).toMatchObject({ replied: false, delivered: false, approved: false });
});

/** Lost replies are looked for in the list of the own number. */
const looks = () => sandbox.calls(FILTER).filter(({ query }) => query.PhoneNumber === ANNA);

test('a delivered question is looked at once more than the early reply, and waits on', async () => {
	const id = await ask();
	await until('both looks', () => sandbox.calls(FILTER).length >= 2, { seconds: 300, everyMs: 200 });
	// Longer than until the next look.
	await sleep(40_000);
	expect(looks()).toHaveLength(2);
	expect(host.ended(id).status).toBe('waiting');
	await sandbox.control.inbound({ from: ANNA, to: OWN_NUMBER, body: 'Fine' });
	await sandbox.control.idle();
	expect(host.ended(id).items[0].json).toMatchObject({ replied: true, answer: 'Fine' });
	expect(host.ended(id).items[0].json).not.toHaveProperty('delivered');
});

test('a question without outcome is looked at three times', async () => {
	sandbox.control.changeSettings({ messageTimings: { sentMs: 100, deliveredMs: 100_000_000 } });
	const id = await ask();
	await until('all looks', () => looks().length >= 4, { seconds: 400, everyMs: 200 });
	await sleep(5 * 60_000);
	expect(looks()).toHaveLength(4);
	expect(host.ended(id).status).toBe('waiting');
}, 20_000);

test('somebody who does not know the secret does not end a wait', async () => {
	sandbox.control.changeSettings({ messageTimings: { sentMs: 100, deliveredMs: 100_000_000 } });
	const id = await ask();
	const url = String(webhooks()[0].WebhookUrl);
	for (const headers of [{}, { Authorization: 'Bearer guessed' }]) {
		const body = { Event: 'n8n_Question_Not_Delivered', Reason: 'x' };
		const { status } = await axios.post(url, body, { headers, validateStatus: () => true });
		expect(status).toBe(401);
	}
	expect(host.ended(id).status).toBe('waiting');
});

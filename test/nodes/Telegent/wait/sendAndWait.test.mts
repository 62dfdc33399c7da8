import axios from 'axios';
import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { until } from '../../../../sandbox/n8n/wait.mts';
import { OUTBOUND, OWN_NUMBER, TOKENS, useSandbox, when } from '../../../support/sandbox.mts';
import { HOSTILE_TEXTS, SPELLINGS, VICTIM } from '../../../support/hostileTexts.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

const ANNA = '+12025550142';
const BEN = '+12025550143';
const WEBHOOK_UPDATE = '/v1.0/webhook/update';

useFasterTime(10);
const sandbox = useSandbox();
let host: WaitHost;
beforeAll(async () => (host = await WaitHost.start(() => sandbox.credential)));
beforeEach(() => {
	host.restart();
	host.broken = false;
	host.publicUrl = undefined;
});
afterAll(async () => await host.stop());

type Row = Record<string, unknown>;
const allWebhooks = () => sandbox.control.state().webhooks as Row[];
/** Without those of answered questions, which are removed a little later. */
const webhooks = () => allWebhooks().filter((one) => !/ answered /.test(String(one.AuthenticationUsername)));
const notes = () => webhooks().map(({ AuthenticationUsername }) => String(AuthenticationUsername));
const outbox = (to = ANNA) =>
	sandbox.control
		.outbox()
		.filter((sent) => sent.to === to)
		.map(({ body }) => body);
/** Somebody changes a webhook at Telegent. */
const change = async (body: object, how = 'update') => {
	const { accountKey: AccountKey, accountSecret: AccountSecret, baseUrl } = sandbox.credential;
	const ApiEndpoint = `${baseUrl}/v1.0/webhook/${how}`;
	const credential = { AccountKey, AccountSecret, ApiEndpoint };
	const { data } = await axios.post<{ token: string }>(`${baseUrl}${TOKENS}`, credential);
	await axios.post(ApiEndpoint, body, { headers: { Authorization: `Bearer ${data.token}` } });
};
const says = async (from: string, body: string, messageId?: string) => {
	const { messageId: id } = await sandbox.control.inbound({ from, to: OWN_NUMBER, body, messageId });
	await sandbox.control.idle();
	return id;
};
const asked = async (to = ANNA, parameters: INodeParameters = {}) => {
	const run = await host.run(sendAndWait(to, parameters));
	expect([run.status, run.error?.message]).toEqual(['waiting', undefined]);
	return run.id;
};
const itemOf = (id: string): IDataObject => host.ended(id).items[0]?.json ?? {};

describe('A question', () => {
	test('is sent once, and what comes back goes on, linked to its item', async () => {
		const id = await asked();
		expect(outbox()).toEqual(['How are you?']);
		expect(notes()).toEqual([
			expect.stringMatching(new RegExp(`^n8n wait ${id} \\${OWN_NUMBER} \\${ANNA} until `)),
		]);
		const before = Date.now();
		const messageId = await says(ANNA, ' Fine, thanks ');
		const { items, status } = host.ended(id);
		expect(status).toBe('success');
		expect(items).toEqual([
			{
				json: expect.objectContaining({
					replied: true,
					matched: true,
					answer: 'Fine, thanks',
					body: ' Fine, thanks ',
					from: ANNA,
					to: OWN_NUMBER,
					messageId,
					responder: { id: ANNA, phoneNumber: ANNA, to: OWN_NUMBER, source: 'telegent' },
					sentMessageId: expect.stringMatching(/^TMID-/),
					reAsks: 0,
					raw: expect.objectContaining({ Event: 'New_Sms' }),
				}),
				pairedItem: { item: 0 },
			},
		]);
		const { askedAt, respondedAt, secondsWaited } = itemOf(id);
		expect(respondedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		const respondedMs = Date.parse(String(respondedAt));
		expect(respondedMs).toBeGreaterThanOrEqual(before);
		expect(respondedMs).toBeLessThanOrEqual(Date.now());
		expect(secondsWaited).toBe(Math.round((respondedMs - Date.parse(String(askedAt))) / 1000));
		expect(webhooks()).toEqual([]);
	});

	test('is registered for before it is sent', async () => {
		await asked();
		const paths = sandbox.calls().map(({ path }) => path);
		expect(paths.indexOf('/v1.0/webhook/create')).toBeLessThan(paths.indexOf(OUTBOUND));
	});

	test('waits as long as it was told', async () => {
		const id = await asked(ANNA, { waitAmount: 2, waitUnit: 'hours' });
		const [, until] = /until (\S+)/.exec(notes()[0]) ?? [];
		expect(host.waitTill(id)?.toISOString()).toBe(until);
		const [, began] = /asked (\S+)/.exec(notes()[0]) ?? [];
		expect(Date.parse(until) - Date.parse(began)).toBe(2 * 3_600_000);
	});

	test('goes on without an answer when the time is up, linked to its item too', async () => {
		const id = await asked();
		const { items } = await host.timeIsUp(id);
		expect(items).toEqual([
			{
				json: expect.objectContaining({
					replied: false,
					matched: false,
					answer: null,
					respondedAt: null,
					from: ANNA,
					to: OWN_NUMBER,
				}),
				pairedItem: { item: 0 },
			},
		]);
	});

	test('is answered after n8n has restarted', async () => {
		const id = await asked();
		host.restart();
		await says(ANNA, 'Yes');
		expect(itemOf(id).body).toBe('Yes');
		expect(webhooks()).toEqual([]);
	});

	test('leaves the account’s other webhooks alone', async () => {
		const state = sandbox.control.state().webhooks as Row[];
		expect(state).toEqual([]);
		const id = await asked();
		const [own] = webhooks();
		await asked(BEN);
		await says(ANNA, 'Hi');
		expect(host.ended(id).status).toBe('success');
		expect(webhooks().map(({ WebhookId }) => WebhookId)).not.toContain(own.WebhookId);
		expect(webhooks()).toHaveLength(1);
	});
});

describe('What is refused before anything is sent', () => {
	const refused = async (parameters: INodeParameters, items?: IDataObject[]) => {
		const { error, status } = await host.run(parameters, items);
		expect(status).toBe('error');
		expect(outbox()).toEqual([]);
		expect(webhooks()).toEqual([]);
		return `${error?.message} ${error?.description}`;
	};

	test('several items: it says how to ask many', async () => {
		expect(await refused(sendAndWait(ANNA), [{}, {}])).toMatch(/it received 2 items.*Execute Sub-workflow/s);
	});
	test('several recipients', async () => {
		expect(await refused(sendAndWait(`${ANNA}, ${BEN}`))).toMatch(/'To' has 2 numbers/);
	});
	test('a pattern that cannot be used', async () => {
		expect(await refused(sendAndWait(ANNA, { expectedAnswer: 'pattern', pattern: '(' }))).toMatch(
			/^'Pattern' /,
		);
	});
	test('a list without answers', async () => {
		expect(await refused(sendAndWait(ANNA, { expectedAnswer: 'oneOf', choices: ' , ' }))).toMatch(
			/^'Accepted Replies' /,
		);
	});
	test.each([0, -1, 366])('%d days to wait', async (waitAmount) => {
		expect(await refused(sendAndWait(ANNA, { waitAmount }))).toMatch(/^'Wait Up To' /);
	});
	test('an address that is too long for Telegent', async () => {
		host.publicUrl = `http://127.0.0.1:5678/${'n'.repeat(200)}`;
		expect(await refused(sendAndWait(ANNA))).toMatch(/up to 255 characters, and this one has \d+/);
	});
	test('a text that takes too many segments', async () => {
		expect(
			await refused(sendAndWait(ANNA, { message: 'x'.repeat(200), options: { maxSegments: 1 } })),
		).toMatch(/^The message needs 2 segments/);
	});
});

describe('A Telegent that returns no ID for the webhook', () => {
	const EMPTY: Array<[name: string, body: unknown]> = [
		['an empty text', ''],
		['an empty object', {}],
		['only success', { Successful: true }],
		['a list of null', [null]],
	];
	const creation = (body: unknown, timing: 'before' | 'after') =>
		sandbox.control.addFault({ path: '/v1.0/webhook/create', status: 200, body, timing });
	/** IDs that Telegent was asked to delete or to change. */
	const named = () =>
		[...sandbox.calls('/v1.0/webhook/delete'), ...sandbox.calls('/v1.0/webhook/update')].map(
			({ body }) => (body as Row).WebhookId,
		);

	test.each(EMPTY)('%s: it is found by its URL, and removed by its own ID', async (_case, body) => {
		creation(body, 'after');
		const id = await asked();
		const [{ WebhookId }] = webhooks();
		await says(ANNA, 'Yes');
		expect(itemOf(id).body).toBe('Yes');
		expect([webhooks(), named()]).toEqual([[], [WebhookId]]);
	});

	test.each(EMPTY)('%s, and it does not list it: nothing is sent or removed', async (_case, body) => {
		creation(body, 'before');
		const { error, status } = await host.run(sendAndWait(ANNA));
		expect([status, error?.message]).toEqual([
			'error',
			"Telegent accepted the webhook for the reply, but returned no ID for it and doesn't list it",
		]);
		expect(error?.description).toMatch(/^Nothing was sent/);
		expect([outbox(), named()]).toEqual([[], []]);
	});

	test('nor in the list: what has no ID is never asked to be removed', async () => {
		await asked();
		const [{ WebhookId, ...listed }] = webhooks();
		await change({ WebhookId, WebhookUrl: 'https://other.example/' });
		host.restart();
		sandbox.control.clearRequests();
		const over = String(listed.AuthenticationUsername).replace(/until \S+/, 'until 2020-01-01T00:00:00.000Z');
		const body = [null, { ...listed, AuthenticationUsername: over }];
		sandbox.control.addFault({ path: '/v1.0/account/webhooks', status: 200, body });
		await asked(BEN);
		expect(named()).toEqual([]);
	});
});

describe('A send that does not go well', () => {
	test('leaves no webhook behind, and does not wait', async () => {
		sandbox.control.addFault({ path: OUTBOUND, status: 400, body: { Message: 'Not like this' } });
		const { error, status } = await host.run(sendAndWait(ANNA));
		expect([status, error?.message]).toEqual(['error', 'Not like this']);
		expect(webhooks()).toEqual([]);
	});

	test('nor where nobody knows whether it went out: that is told', async () => {
		sandbox.control.addFault({ path: OUTBOUND, drop: 'after' });
		const { error, status } = await host.run(sendAndWait(ANNA));
		expect(status).toBe('error');
		expect((error as unknown as { context: Row }).context.outcome).toBe('unsure');
		expect(webhooks()).toEqual([]);
	});
});

describe('A call that is not the answer', () => {
	const post = async (url: unknown, secret: unknown, payload: object) =>
		await axios.post(String(url), payload, {
			headers: secret === undefined ? {} : { Authorization: `Bearer ${String(secret)}` },
			validateStatus: null,
		});
	const payload = { Event: 'New_Sms', From: ANNA, To: OWN_NUMBER, MessageId: 'M-1', Text: 'Forged' };

	test.each([
		['without the secret', undefined],
		['with another', 'guessed'],
	])('%s is answered 401 and leaves the execution waiting', async (_how, secret) => {
		const id = await asked();
		const [{ WebhookUrl }] = webhooks();
		expect((await post(WebhookUrl, secret, payload)).status).toBe(401);
		expect(host.ended(id).status).toBe('waiting');
		await says(ANNA, 'Real');
		expect(itemOf(id).body).toBe('Real');
	});

	test.each<[string, object]>([
		['from somebody else', { From: BEN }],
		['to another number', { To: '+15005550101' }],
		['from before the question', { Timestamp: '2020-01-01T00:00:00Z' }],
		['of another kind', { Event: 'Call_Completed' }],
	])('%s is answered 200 and leaves the execution waiting', async (_how, change) => {
		const id = await asked();
		const [{ AuthenticationToken, WebhookUrl }] = webhooks();
		expect((await post(WebhookUrl, AuthenticationToken, { ...payload, ...change })).status).toBe(200);
		expect(host.ended(id).status).toBe('waiting');
		expect(webhooks()).toHaveLength(1);
	});

	test.each(['2020-01-01T00:00:00', '05/15/2025 08:15:37 PM'])(
		'with a time without a zone (%s) is not compared with the question, whose time has one',
		async (Timestamp) => {
			const id = await asked();
			const [{ AuthenticationToken, WebhookUrl }] = webhooks();
			await post(WebhookUrl, AuthenticationToken, { ...payload, Timestamp, MessageId: Timestamp });
			expect(itemOf(id)).toMatchObject({ replied: true, body: 'Forged' });
		},
	);

	test('in any spelling is understood all the same', async () => {
		for (const said of [
			{ message_id: 'A', from: '12025550142', owner: OWN_NUMBER, to: OWN_NUMBER, message_body: 'Hi' },
			{
				Data: { MessageId: 'B', From: '(202) 555-0142', To: '1 500 555 0100', Text: 'Hi' },
				Event: 'New_SMS',
			},
		]) {
			const id = await asked();
			const [{ AuthenticationToken, WebhookUrl }] = webhooks();
			expect((await post(WebhookUrl, AuthenticationToken, said)).status).toBe(200);
			expect(itemOf(id)).toMatchObject({ replied: true, body: 'Hi', from: ANNA });
		}
	});
});

describe('A text that looks like a payload', () => {
	const spellings = SPELLINGS.map(([name, write], turn) => [name, write, turn] as const);

	test.each(spellings)('answers for nobody else (%s)', async (_name, write, turn) => {
		const id = await asked();
		const [{ AuthenticationToken, WebhookUrl }] = webhooks();
		const post = async (from: string, body: string) => {
			const { text, type } = write({ id: `M-${Math.random()}`, from, owner: OWN_NUMBER, body });
			const headers = { Authorization: `Bearer ${String(AuthenticationToken)}`, 'Content-Type': type };
			return await axios.post(String(WebhookUrl), text, { headers, transformRequest: (data) => data });
		};
		// Each text in every fourth spelling: forgery.test.mts tries all with the same reader.
		const texts = HOSTILE_TEXTS.filter((_text, index) => index % 4 === turn % 4);
		for (const hostile of texts) await post(BEN, hostile.replaceAll(VICTIM, ANNA));
		expect(host.ended(id).status).toBe('waiting');
		await post(ANNA, HOSTILE_TEXTS[0]);
		expect(itemOf(id)).toMatchObject({ replied: true, from: ANNA, body: HOSTILE_TEXTS[0] });
	});
});

describe('An answer that is delivered again', () => {
	test('goes on once, also when both deliveries come at the same time', async () => {
		const id = await asked();
		const [{ AuthenticationToken, WebhookUrl }] = webhooks();
		const headers = { Authorization: `Bearer ${String(AuthenticationToken)}` };
		const payload = { Event: 'New_Sms', From: ANNA, To: OWN_NUMBER, MessageId: 'M-1', Text: 'Once' };
		const statuses = await Promise.all(
			[1, 2, 3].map(
				async () =>
					(await axios.post(String(WebhookUrl), payload, { headers, validateStatus: null })).data.message,
			),
		);
		expect(statuses.filter((message) => message === 'Reply received')).toHaveLength(1);
		expect(itemOf(id).body).toBe('Once');
	});

	test('goes on with the next delivery where n8n could not resume with the first', async () => {
		const id = await asked();
		const [{ AuthenticationToken, WebhookUrl }] = webhooks();
		const deliver = async () =>
			await axios.post(
				String(WebhookUrl),
				{ Event: 'New_Sms', From: ANNA, To: OWN_NUMBER, MessageId: 'M-7', Text: 'Hello?' },
				{ headers: { Authorization: `Bearer ${String(AuthenticationToken)}` }, validateStatus: null },
			);
		host.broken = true;
		expect((await deliver()).status).toBe(409);
		expect(host.ended(id).status).toBe('waiting');
		host.broken = false;
		expect((await deliver()).status).toBe(200);
		expect(itemOf(id).body).toBe('Hello?');
	});
});

describe('An answer that was not expected', () => {
	const yesNo = (options: INodeParameters = {}): INodeParameters => ({
		expectedAnswer: 'yesNo',
		options: { reAsk: 'Yes or no?', ...options },
	});

	test('is asked again for, and the next one goes on', async () => {
		const id = await asked(ANNA, yesNo());
		await says(ANNA, 'Maybe');
		expect(outbox()).toEqual(['How are you?', 'Yes or no?']);
		expect(webhooks()).toMatchObject([{ SubscribedEvents: 'New_Sms' }]);
		expect(host.ended(id).status).toBe('waiting');
		await says(ANNA, 'Nope');
		expect(itemOf(id)).toMatchObject({ answer: false, matched: true, reAsks: 1 });
		expect(webhooks()).toEqual([]);
	});

	test('is asked again for once, however often it is delivered, over a restart too', async () => {
		await asked(ANNA, yesNo({ mostReAsks: 5 }));
		await says(ANNA, 'Maybe', 'M-1');
		await says(ANNA, 'Maybe', 'M-1');
		host.restart();
		await says(ANNA, 'Maybe', 'M-1');
		expect(outbox()).toEqual(['How are you?', 'Yes or no?']);
		await says(ANNA, 'Perhaps', 'M-2');
		expect(outbox()).toHaveLength(3);
	});

	/** What is written into the notes while an answer is handled, from behind the address. */
	const written = () =>
		sandbox
			.calls(WEBHOOK_UPDATE)
			.map(({ body }) => String((body as Row).AuthenticationUsername).replace(/^.* asked \S+/, ''));

	test('counts only after no other process has claimed another one, which would take its own for the last', async () => {
		await asked(ANNA, yesNo());
		await says(ANNA, 'Maybe');
		expect(written()).toEqual([
			expect.stringMatching(/^ seen \S+$/),
			expect.stringMatching(/^ again 1 seen \S+$/),
		]);
	});

	test('is left to the process that claimed another one last, at the same moment', async () => {
		const id = await asked(ANNA, yesNo());
		when(
			() => written().length > 0,
			() => {
				const [one] = webhooks();
				one.AuthenticationUsername = String(one.AuthenticationUsername).replace(
					/ seen \S+$/,
					' seen ofTheOther12',
				);
			},
		);
		await says(ANNA, 'Maybe');
		expect([outbox(), host.ended(id).status]).toEqual([['How are you?'], 'waiting']);
		expect(written()).toHaveLength(1);
	});

	test('goes on when it was asked again for so often, with matched false', async () => {
		const id = await asked(ANNA, yesNo({ mostReAsks: 2 }));
		await says(ANNA, 'Maybe');
		host.restart();
		await says(ANNA, 'Perhaps');
		expect(host.ended(id).status).toBe('waiting');
		await says(ANNA, 'Who knows');
		expect(itemOf(id)).toMatchObject({
			replied: true,
			answer: null,
			matched: false,
			reAsks: 2,
			body: 'Who knows',
		});
		expect(outbox()).toHaveLength(3);
	});

	test('goes on at once where nothing shall be asked again', async () => {
		const id = await asked(ANNA, yesNo({ mostReAsks: 0 }));
		await says(ANNA, 'Maybe');
		expect(itemOf(id)).toMatchObject({ matched: false, reAsks: 0 });
		expect(outbox()).toHaveLength(1);
	});

	test('ends the wait when it says stop, without another message', async () => {
		const id = await asked(ANNA, yesNo());
		await says(ANNA, 'STOP');
		expect(itemOf(id)).toMatchObject({ replied: true, matched: false, intent: 'optOut' });
		expect(outbox()).toHaveLength(1);
		expect(webhooks()).toEqual([]);
	});

	test('ends the wait when it asks in other words for no more messages', async () => {
		const id = await asked(ANNA, yesNo());
		await says(ANNA, 'Leave me alone');
		expect(itemOf(id)).toMatchObject({ matched: false, intent: 'optOut', intentBy: 'wording' });
		expect(outbox()).toHaveLength(1);
	});

	test('goes on when the question surely could not be repeated', async () => {
		const id = await asked(ANNA, yesNo());
		sandbox.control.addFault({ path: OUTBOUND, status: 400, body: { Message: 'Not now' } });
		await says(ANNA, 'Maybe');
		expect(itemOf(id)).toMatchObject({ replied: true, matched: false, body: 'Maybe' });
	});

	test('is not asked again for where Telegent does not keep that it was', async () => {
		const id = await asked(ANNA, yesNo());
		sandbox.control.addFault({ path: '/v1.0/webhook/update', status: 400, count: 1 });
		await says(ANNA, 'Maybe');
		expect(itemOf(id)).toMatchObject({ replied: true, matched: false, body: 'Maybe' });
		expect(outbox()).toEqual(['How are you?']);
	});

	test('is waited for where the question may have been repeated', async () => {
		const id = await asked(ANNA, yesNo());
		sandbox.control.addFault({ path: OUTBOUND, drop: 'after', count: 1 });
		await says(ANNA, 'Maybe');
		expect(outbox()).toEqual(['How are you?', 'Yes or no?']);
		expect(host.ended(id).status).toBe('waiting');
		await says(ANNA, 'Yes');
		expect(itemOf(id)).toMatchObject({ answer: true, matched: true });
	});
});

describe('A Telegent that does not answer now', () => {
	test('does not keep the answer from going on; its webhook goes with a later question', async () => {
		const id = await asked(ANNA, { waitAmount: 1, waitUnit: 'minutes' });
		sandbox.control.addFault({ path: '/v1.0/account/webhooks', status: 400, count: 1 });
		await says(ANNA, 'Hello');
		expect(itemOf(id).body).toBe('Hello');
		expect(webhooks()).toHaveLength(1);
		host.restart();
		jest.spyOn(Date, 'now').mockImplementation(() => new Date().getTime() + 4 * 60_000);
		await asked(BEN);
		jest.restoreAllMocks();
		expect(notes()).toEqual([expect.stringContaining(BEN)]);
	});

	test('nor when the webhook can be neither marked nor removed: that is tried again later', async () => {
		const id = await asked();
		for (const path of ['/v1.0/webhook/update', '/v1.0/webhook/delete'])
			sandbox.control.addFault({ path, status: 400, count: 1 });
		await says(ANNA, 'Hello');
		expect(itemOf(id).body).toBe('Hello');
		expect(webhooks()).toHaveLength(1);
		await laterGone();
	});
});

/** Fifteen seconds later. */
const laterGone = async () => {
	const now = Date.now.bind(Date);
	const later = jest.spyOn(Date, 'now').mockImplementation(() => now() + 16_000);
	const gone = async () => {
		for (let left = 100; left > 0 && allWebhooks().length > 0; left--) await sleep(1_000);
	};
	await gone().finally(() => later.mockRestore());
	expect(allWebhooks()).toEqual([]);
};

describe('The webhook of an answered question', () => {
	test('says which message was the answer, until it is removed', async () => {
		const id = await asked();
		await says(ANNA, 'Hello');
		expect(host.ended(id).status).toBe('success');
		expect(allWebhooks().map((one) => one.AuthenticationUsername)).toEqual([
			expect.stringMatching(/ answered [\w-]{12}$/),
		]);
		await laterGone();
	});

	test('is not taken for that of the next round of a loop, which has the same address', async () => {
		const id = await asked();
		await says(ANNA, 'First');
		const before = allWebhooks();
		await host.again(id);
		expect(webhooks()).toHaveLength(1);
		expect(allWebhooks()).toHaveLength(2);
		await says(ANNA, 'Second');
		expect([itemOf(id).body, before.length]).toEqual(['Second', 1]);
		expect(webhooks()).toEqual([]);
	});
});

describe('A Telegent that does not keep the note', () => {
	test('is answered all the same, without asking again, and nothing is left behind', async () => {
		const id = await asked(ANNA, { expectedAnswer: 'yesNo' });
		const [{ WebhookId }] = webhooks();
		await change({ WebhookId, AuthenticationUsername: '' });
		expect(notes()).toEqual(['']);
		await says(ANNA, 'Maybe');
		expect(itemOf(id)).toMatchObject({ replied: true, matched: false, body: 'Maybe' });
		expect([outbox(), webhooks()]).toEqual([['How are you?'], []]);
	});
});

describe('Several questions at once', () => {
	test('to two people do not mix', async () => {
		const [anna, ben] = [await asked(ANNA), await asked(BEN)];
		await Promise.all([says(BEN, 'I am Ben'), says(ANNA, 'I am Anna')]);
		expect([itemOf(anna).body, itemOf(ben).body]).toEqual(['I am Anna', 'I am Ben']);
		expect(webhooks()).toEqual([]);
	});

	test('to one person: the one that was asked last gets the first answer, and one answer never goes to two', async () => {
		const first = await asked();
		const second = await asked();
		await says(ANNA, 'To the second');
		expect([host.ended(first).status, itemOf(second).body]).toEqual(['waiting', 'To the second']);
		await says(ANNA, 'To the first');
		expect(itemOf(first).body).toBe('To the first');
	});

	test('which two processes receive another answer to at the same moment goes on in the one that marked it last', async () => {
		const id = await asked();
		when(
			() => allWebhooks().some(({ AuthenticationUsername: note }) => / answered /.test(String(note))),
			() => {
				const [one] = allWebhooks();
				one.AuthenticationUsername = String(one.AuthenticationUsername).replace(/\S+$/, 'ofTheOther12');
			},
		);
		await says(ANNA, 'Mine');
		expect(host.ended(id).status).toBe('waiting');
	});

	test('which another process has just marked as answered leaves a second answer alone', async () => {
		const id = await asked();
		const [one] = webhooks();
		one.AuthenticationUsername = `${String(one.AuthenticationUsername)} answered ofTheOther12`;
		await says(ANNA, 'Mine');
		expect(host.ended(id).status).toBe('waiting');
	});

	test('an older one learns from Telegent that an answer was taken, where n8n has several processes', async () => {
		const first = await asked();
		const [{ AuthenticationToken, WebhookUrl }] = webhooks();
		const second = await asked();
		const messageId = await says(ANNA, 'To the second');
		expect(itemOf(second).body).toBe('To the second');
		// Another process of n8n knows nothing of it.
		host.restart();
		const payload = {
			Event: 'New_Sms',
			From: ANNA,
			To: OWN_NUMBER,
			Message_ID: messageId,
			Text: 'To the second',
		};
		const headers = { Authorization: `Bearer ${String(AuthenticationToken)}` };
		await axios.post(String(WebhookUrl), payload, { headers });
		expect(host.ended(first).status).toBe('waiting');
	});
});

describe('What a crash leaves behind', () => {
	const age = (minutes: number) =>
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + minutes * 60_000);
	const realNow = Date.now.bind(Date);
	afterEach(() => jest.restoreAllMocks());

	test.each<[string, (id: string) => void]>([
		['was stopped', (id) => host.cancel(id)],
		['was deleted', (id) => host.forget(id)],
	])('goes with the next question, where its execution %s', async (_how, end) => {
		const id = await asked(BEN);
		end(id);
		host.restart();
		age(6);
		await asked();
		expect(notes()).toEqual([expect.stringContaining(ANNA)]);
	});

	test('goes with the next question when its time is over', async () => {
		await asked(BEN, { waitAmount: 1, waitUnit: 'minutes' });
		host.restart();
		age(4);
		await asked();
		expect(notes()).toEqual([expect.stringContaining(ANNA)]);
	});

	/** Another process of n8n asked, and ended. */
	const askedElsewhere = async (...asking: Parameters<typeof asked>) => {
		const id = await asked(...asking);
		host.restart();
		return id;
	};
	/** What this process does within a second of its own at that time. */
	const within = async (done: () => boolean) => {
		for (let left = 50; left > 0 && !done(); left--) await sleep(1_000);
	};

	test('goes within ten minutes when another process has a question open', async () => {
		await askedElsewhere(BEN, { waitAmount: 1, waitUnit: 'minutes' });
		await asked(ANNA);
		expect(notes()).toHaveLength(2);
		age(5);
		await within(() => notes().length === 1);
		expect(notes()).toEqual([expect.stringContaining(ANNA)]);
	});

	test('goes within ten minutes when its process was killed before the send, however long it was to wait', async () => {
		const id = await askedElsewhere(BEN, { waitAmount: 30, waitUnit: 'days' });
		host.cancel(id);
		await asked(ANNA);
		expect(notes()).toHaveLength(2);
		age(6);
		await within(() => notes().length === 1);
		expect(notes()).toEqual([expect.stringContaining(ANNA)]);
	});

	test('goes within ten minutes of a reply to another question, in a process that asked none', async () => {
		await askedElsewhere(BEN, { waitAmount: 1, waitUnit: 'minutes' });
		const id = await askedElsewhere(ANNA);
		await says(ANNA, 'Hello');
		expect([host.ended(id).status, notes().length]).toEqual(['success', 1]);
		age(5);
		await within(() => notes().length === 0);
		expect(allWebhooks()).toEqual([]);
	});

	test('is looked for by a process whose own questions are over, as long as one is open', async () => {
		await askedElsewhere(BEN, { waitAmount: 6, waitUnit: 'minutes' });
		await asked(ANNA);
		await says(ANNA, 'Hello');
		age(5);
		await within(() => allWebhooks().length === 1);
		expect(notes()).toEqual([expect.stringContaining(BEN)]);
		age(11);
		await within(() => allWebhooks().length === 0);
		expect(allWebhooks()).toEqual([]);
	});

	test('stays if it is of another n8n, which may be late itself', async () => {
		await asked(BEN, { waitAmount: 1, waitUnit: 'minutes' });
		const [one] = webhooks();
		one.WebhookUrl = String(one.WebhookUrl).replace(/^http:\/\/[^/]+/, 'https://other.example.com');
		host.restart();
		age(4);
		await asked();
		expect(notes()).toEqual([expect.stringContaining(BEN), expect.stringContaining(ANNA)]);
	});

	test('stays while its execution waits, and so do webhooks of others', async () => {
		await asked(BEN);
		host.restart();
		age(6);
		await asked();
		expect(notes()).toHaveLength(2);
	});
});

describe('An answer that comes before n8n has stored the execution', () => {
	test('is found at Telegent a little later, and goes on', async () => {
		let store = () => {};
		host.held = new Promise((resolve) => (store = resolve));
		const running = host.run(sendAndWait(ANNA));
		await until('the question to be out', () => outbox().length > 0, { seconds: 25 });
		await says(ANNA, 'I am driving');
		store();
		const { id } = await running;
		await until('the answer', () => host.ended(id).status === 'success', { seconds: 25 });
		expect(itemOf(id)).toMatchObject({ replied: true, body: 'I am driving' });
		expect(sandbox.control.deliveries().find(({ kind }) => kind === 'event')?.status).toBe(409);
		expect(webhooks()).toEqual([]);
	});
});

describe('With an AI Agent', () => {
	const TELEGENT = 'n8n-nodes-telegent.telegent';

	test('it refuses to be a tool, without an error that would end the run', async () => {
		const { items, status } = await host.run(sendAndWait(ANNA), [{}], { type: `${TELEGENT}Tool` });
		expect(status).toBe('success');
		expect(items[0].json).toMatchObject({
			status: 'refused',
			reason: expect.stringContaining('Nothing was sent'),
		});
		expect([outbox(), webhooks()]).toEqual([[], []]);
	});

	const reviewed = async () => {
		const { id, status } = await host.run(sendAndWait(ANNA), [{}], { type: `${TELEGENT}HitlTool` });
		expect(status).toBe('waiting');
		return id;
	};

	test.each<[string, object]>([
		['Yes, go ahead', { approved: true, matched: true }],
		['No', { approved: false, matched: true }],
		['STOP', { approved: false, intent: 'optOut' }],
	])('a person who reviews a tool and writes "%s" is understood', async (text, understood) => {
		const id = await reviewed();
		await says(ANNA, text);
		expect(itemOf(id)).toMatchObject(understood);
	});

	test('other words reach the agent, after the person was asked again', async () => {
		const id = await reviewed();
		await says(ANNA, 'Hm');
		await says(ANNA, 'Only for two people');
		expect(outbox()).toHaveLength(2);
		expect(itemOf(id)).toMatchObject({ approved: false, chatInput: 'Only for two people' });
	});

	test('silence is no permission', async () => {
		const id = await reviewed();
		expect((await host.timeIsUp(id)).items[0].json).toMatchObject({ replied: false, approved: false });
	});
});

test.each(['={{ null }}', '={{ $json.missing }}'])(
	'a wait of %s is refused before anything is sent',
	async (waitAmount) => {
		const { error } = await host.run(sendAndWait(ANNA, { waitAmount }));
		expect(error?.message).toMatch(/Wait Up To/);
		expect(sandbox.calls(OUTBOUND)).toEqual([]);
		expect(webhooks()).toEqual([]);
	},
);

import { formatState, type QuestionState } from '../../../../nodes/shared/questions/note.ts';
import {
	changeCalled,
	createWebhook,
	isSameResume,
	listQuestionWebhooks,
	removeAllWebhooks,
	removeWebhook,
	updateState,
} from '../../../../nodes/shared/questions/webhook.ts';
import { apiError, fakeTelegent } from '../../../support/fakeTelegent.mts';

const URL = 'https://n8n.example/webhook-waiting/12/node-1';
const state: QuestionState = {
	execution: '12',
	from: '+15005550100',
	to: '+12025550142',
	deadline: Date.UTC(2026, 10, 22),
	askedAt: Date.UTC(2026, 10, 21),
	reAsks: 0,
	answered: false,
};
const note = formatState(state);
const CREATE = 'POST /v1.0/webhook/create';
const LIST = 'GET /v1.0/account/webhooks';
const DELETE = 'POST /v1.0/webhook/delete';
const READ = 'GET /v1.0/webhook';
const UPDATE = 'POST /v1.0/webhook/update';

/** A client that responds by route: with a value, or with the error it is given. */
const telegentWith = (responses: Record<string, unknown>) => {
	const made = fakeTelegent(({ route }) => responses[route]);
	const bodies = (route: string) =>
		made.requests.filter((request) => request.route === route).map(({ body }) => body);
	return { ...made, bodies };
};

describe('the webhooks of questions in an account', () => {
	test('are those with a note of a question and an ID', async () => {
		const { requests, telegent } = telegentWith({
			[LIST]: [
				{ WebhookId: 'WH-1', WebhookUrl: URL, AuthenticationUsername: note },
				{ WebhookId: 'WH-2', WebhookUrl: 'https://crm.example/', AuthenticationUsername: 'crm' },
				{ WebhookId: 'WH-3', WebhookUrl: 'https://crm.example/' },
				{ WebhookId: '', WebhookUrl: URL, AuthenticationUsername: note },
				{ WebhookUrl: URL, AuthenticationUsername: note },
			],
		});
		expect(await listQuestionWebhooks(telegent, 'ACID-1')).toEqual([
			{ url: URL, webhookId: 'WH-1', accountId: 'ACID-1', state, called: 'itself' },
		]);
		expect(requests[0].query).toEqual({ AccountId: 'ACID-1' });
	});

	test('have their secret where Telegent lists it, and not what it shows in its place', async () => {
		const secret = 'a'.repeat(32);
		const webhook = (AuthenticationToken: string) => ({
			...{ WebhookId: 'WH-1', WebhookUrl: URL, AuthenticationUsername: note },
			AuthenticationToken,
		});
		const { telegent } = telegentWith({ [LIST]: [webhook(secret), webhook('********'), webhook('')] });
		const listed = await listQuestionWebhooks(telegent);
		expect(listed.map((one) => one.secret)).toEqual([secret, undefined, undefined]);
	});

	test('are left as they are once they were answered', async () => {
		const current = (answered: boolean) => ({
			...{ WebhookId: 'WH-1', WebhookUrl: URL, AuthenticationToken: 'a'.repeat(32) },
			AuthenticationUsername: formatState({ ...state, answered, lastFingerprint: 'abcdefghijkl' }),
		});
		const one = { url: URL, webhookId: 'WH-1', state, called: 'dispatcher' as const };
		const open = telegentWith({ [READ]: current(false), [UPDATE]: {} });
		expect(await changeCalled(open.telegent, one)).toBe(true);
		expect(open.bodies(UPDATE)).toHaveLength(1);
		const answered = telegentWith({ [READ]: current(true), [UPDATE]: {} });
		expect(await changeCalled(answered.telegent, one)).toBe(false);
		expect(answered.bodies(UPDATE)).toEqual([]);
	});

	test('are not known when Telegent does not list them', async () => {
		const { telegent } = telegentWith({ [LIST]: apiError(500) });
		await expect(listQuestionWebhooks(telegent)).rejects.toMatchObject({ httpCode: '500' });
	});
});

describe('creating the webhook of a question', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test('sends the note and the secret, and returns the ID of the response', async () => {
		const { bodies, telegent } = telegentWith({ [CREATE]: { WebhookId: 'WH-1' } });
		expect(await createWebhook(telegent, { accountId: 'ACID-1', state, url: URL }, 'secret')).toBe('WH-1');
		expect(bodies(CREATE)).toEqual([
			{
				AccountId: 'ACID-1',
				WebhookUrl: URL,
				Method: 'POST',
				DataFormat: 'json',
				AuthenticationUsername: note,
				AuthenticationToken: 'secret',
				AuthenticationType: 'Token',
				SubscribedEvents: 'New_Sms',
			},
		]);
	});

	test('without an ID in the response looks for the webhook by its URL, at most three times', async () => {
		const looks = [
			[],
			[{ WebhookId: 'WH-0', WebhookUrl: `${URL}0` }],
			[{ WebhookId: 'WH-1', WebhookUrl: `${URL}?signature=a` }],
		];
		const { telegent } = fakeTelegent(({ route }) => (route === LIST ? looks.shift() : {}));
		const created = createWebhook(telegent, { state, url: `${URL}?signature=a` }, 'secret');
		await jest.advanceTimersByTimeAsync(2_000);
		expect(await created).toBe('WH-1');
		expect(looks).toEqual([]);
	});

	test('returns undefined when Telegent accepts it and never lists it', async () => {
		const { requests, telegent } = telegentWith({ [CREATE]: {}, [LIST]: [] });
		const created = createWebhook(telegent, { state, url: URL }, 'secret');
		await jest.advanceTimersByTimeAsync(10_000);
		expect(await created).toBeUndefined();
		expect(requests.map(({ route }) => route)).toEqual([CREATE, LIST, LIST, LIST]);
	});

	test('when refused, throws and changes nothing else', async () => {
		const { requests, telegent } = telegentWith({ [CREATE]: apiError(422) });
		await expect(createWebhook(telegent, { state, url: URL }, 'secret')).rejects.toMatchObject({
			httpCode: '422',
		});
		expect(requests).toHaveLength(1);
	});

	test('with an unknown outcome, removes every webhook with this URL and throws', async () => {
		const { bodies, telegent } = telegentWith({
			[CREATE]: apiError(504, 'unsure'),
			[LIST]: [
				{ WebhookId: 'WH-1', WebhookUrl: URL },
				{ WebhookId: 'WH-2', WebhookUrl: `${URL}?signature=b` },
				{ WebhookId: 'WH-3', WebhookUrl: 'https://crm.example/' },
			],
			[DELETE]: {},
		});
		await expect(
			createWebhook(telegent, { accountId: 'ACID-1', state, url: URL }, 'secret'),
		).rejects.toMatchObject({ httpCode: '504' });
		expect(bodies(DELETE)).toEqual([
			{ WebhookId: 'WH-1', AccountId: 'ACID-1' },
			{ WebhookId: 'WH-2', AccountId: 'ACID-1' },
		]);
	});
});

describe('removing webhooks', () => {
	test('one that is gone already counts as removed', async () => {
		const { bodies, telegent } = telegentWith({ [DELETE]: apiError(404) });
		await removeWebhook(telegent, { webhookId: 'WH-1' });
		expect(bodies(DELETE)).toEqual([{ WebhookId: 'WH-1' }]);
	});

	test('a refusal is thrown', async () => {
		const { telegent } = telegentWith({ [DELETE]: apiError(403) });
		await expect(removeWebhook(telegent, { webhookId: 'WH-1' })).rejects.toMatchObject({ httpCode: '403' });
	});

	test('all of a URL: nothing is removed and nothing thrown when they cannot be listed', async () => {
		const { bodies, telegent } = telegentWith({ [LIST]: apiError(500) });
		await removeAllWebhooks(telegent, URL);
		expect(bodies(DELETE)).toEqual([]);
	});

	test('all of a URL: one that cannot be removed does not keep the others', async () => {
		const { bodies, telegent } = telegentWith({
			[LIST]: [
				{ WebhookId: 'WH-1', WebhookUrl: URL },
				{ WebhookUrl: URL },
				{ WebhookId: 'WH-2', WebhookUrl: URL },
			],
			[DELETE]: apiError(500),
		});
		await removeAllWebhooks(telegent, URL);
		expect(bodies(DELETE)).toEqual([{ WebhookId: 'WH-1' }, { WebhookId: 'WH-2' }]);
	});
});

test('an update of the state sends the whole webhook in the spelling of webhook/update', async () => {
	const { bodies, telegent } = telegentWith({ [UPDATE]: {} });
	const changed = { ...state, reAsks: 1 };
	await updateState(telegent, { url: URL, webhookId: 'WH-1', state: changed }, 'secret');
	expect(bodies(UPDATE)).toEqual([
		{
			WebhookId: 'WH-1',
			WebhookUrl: URL,
			Method: 'POST',
			DataFormat: 'json',
			AuthenticationUsername: formatState(changed),
			AuthenticationToken: 'secret',
			AuthenticationType: 'Bearer',
			SubscribedEvents: 'New_Sms',
		},
	]);
});

test.each([
	[`${URL}?signature=a`, `${URL}?signature=b`, true],
	[URL, `${URL}/`, true],
	[URL, 'https://n8n.example/webhook-waiting/13/node-1', false],
	[URL, 'https://n8n.example/webhook-waiting/12/node-2', false],
	['', URL, false],
])('%s and %s are of the same execution and node: %s', (a, b, same) => expect(isSameResume(a, b)).toBe(same));

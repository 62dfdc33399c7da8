import { resetProcessState } from '../../../../transport/processState.ts';
import { cancelRemoval, scheduleRemoval } from '../../../../nodes/Telegent/wait/scheduledRemoval.ts';
import { addQuestion, hasQuestion } from '../../../../nodes/shared/questions/openQuestions.ts';
import { apiError, fakeTelegent } from '../../../support/fakeTelegent.mts';

const MINUTE = 60_000;

/** A client whose deletions succeed unless a response is given, and the warnings that were logged. */
function client(respond: () => unknown = () => ({})) {
	const { requests, telegent } = fakeTelegent(respond);
	const warnings: string[] = [];
	const logger = { warn: (message: string) => void warnings.push(message) } as never;
	const removed = () => requests.map(({ body }) => (body as { WebhookId: string }).WebhookId);
	const request = () => Promise.reject(new Error('No question is asked about here'));
	return { client: { telegent, logger, request }, removed, warnings };
}

const webhook = (webhookId: string) => ({
	webhookId,
	url: `https://n8n.example/webhook-waiting/${webhookId}/n`,
});
const inMs = (ms: number) => Date.now() + ms;

beforeEach(() => jest.useFakeTimers());
afterEach(async () => {
	resetProcessState();
	await jest.advanceTimersByTimeAsync(1_000);
	jest.useRealTimers();
});

test('a webhook is removed when its time has come, and not before', async () => {
	const { client: telegent, removed } = client();
	scheduleRemoval(webhook('WH-1'), 'account', inMs(10_000), telegent);
	scheduleRemoval(webhook('WH-2'), 'account', inMs(20_000), telegent);
	await jest.advanceTimersByTimeAsync(9_000);
	expect(removed()).toEqual([]);
	await jest.advanceTimersByTimeAsync(2_000);
	expect(removed()).toEqual(['WH-1']);
	await jest.advanceTimersByTimeAsync(MINUTE);
	expect(removed()).toEqual(['WH-1', 'WH-2']);
});

test('its question is closed when the webhook is removed', async () => {
	const { client: telegent } = client();
	const { url } = webhook('WH-1');
	addQuestion({ url, account: 'account', from: '+15005550100', to: '+12025550142' });
	scheduleRemoval(webhook('WH-1'), 'account', inMs(1_000), telegent);
	expect(hasQuestion(url)).toBe(true);
	await jest.advanceTimersByTimeAsync(2_000);
	expect(hasQuestion(url)).toBe(false);
});

test('one that was removed already is not removed again', async () => {
	const { client: telegent, removed } = client();
	scheduleRemoval(webhook('WH-1'), 'account', inMs(1_000), telegent);
	cancelRemoval('WH-1');
	await jest.advanceTimersByTimeAsync(MINUTE);
	expect(removed()).toEqual([]);
});

test('the latest client of the account removes what earlier runs scheduled', async () => {
	const [earlier, latest] = [client(), client()];
	scheduleRemoval(webhook('WH-1'), 'account', inMs(1_000), earlier.client);
	scheduleRemoval(webhook('WH-2'), 'account', inMs(1_000), latest.client);
	await jest.advanceTimersByTimeAsync(2_000);
	expect([earlier.removed(), latest.removed()]).toEqual([[], ['WH-1', 'WH-2']]);
});

test('accounts have clients of their own', async () => {
	const [one, two] = [client(), client()];
	scheduleRemoval(webhook('WH-1'), 'one', inMs(1_000), one.client);
	scheduleRemoval(webhook('WH-2'), 'two', inMs(1_000), two.client);
	await jest.advanceTimersByTimeAsync(2_000);
	expect([one.removed(), two.removed()]).toEqual([['WH-1'], ['WH-2']]);
});

test('a refused removal is logged and tried again after a minute', async () => {
	const responses: unknown[] = [apiError(500), {}];
	const { client: telegent, removed, warnings } = client(() => responses.shift());
	scheduleRemoval(webhook('WH-1'), 'account', inMs(0), telegent);
	await jest.advanceTimersByTimeAsync(1_000);
	expect(warnings).toEqual(["Telegent: webhook WH-1 couldn't be removed yet"]);
	await jest.advanceTimersByTimeAsync(MINUTE - 2_000);
	expect(removed()).toHaveLength(1);
	await jest.advanceTimersByTimeAsync(5_000);
	expect(removed()).toEqual(['WH-1', 'WH-1']);
	await jest.advanceTimersByTimeAsync(5 * MINUTE);
	expect(removed()).toHaveLength(2);
});

test('a removal is given up after five attempts', async () => {
	const { client: telegent, removed, warnings } = client(() => apiError(500));
	scheduleRemoval(webhook('WH-1'), 'account', inMs(0), telegent);
	await jest.advanceTimersByTimeAsync(20 * MINUTE);
	expect([removed().length, warnings.length]).toEqual([5, 5]);
});

test('after a restart of n8n nothing is removed', async () => {
	const { client: telegent, removed } = client();
	scheduleRemoval(webhook('WH-1'), 'account', inMs(1_000), telegent);
	resetProcessState();
	await jest.advanceTimersByTimeAsync(MINUTE);
	expect(removed()).toEqual([]);
});

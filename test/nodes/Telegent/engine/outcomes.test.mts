import { accountDigest } from '../../../../transport/token.ts';
import { rateLimiterFor } from '../../../../transport/rateLimiter.ts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import {
	OUTBOUND,
	OWN_NUMBER,
	PROVISION,
	send,
	TOKENS,
	useSandbox,
	when,
} from '../../../support/sandbox.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

/* What is said of a request: done, surely not done, or not sure. And what is never repeated. */

useFasterTime();
const sandbox = useSandbox();
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const person = (i: number) => `+1801555${String(i).padStart(4, '0')}`;
const people = (count: number) => Array.from({ length: count }, (_, i) => ({ to: person(i) }));
const run = async (options: Partial<RunOptions>) =>
	await runNode({ credential: sandbox.credential, parameters: send('={{ $json.to }}'), ...options });
const outbox = () => sandbox.control.outbox();
const provision = { ...PROVISION, options: { waitForOutcome: true } };

describe('an answer that says neither yes nor no', () => {
	test.each<[string, object]>([
		['a page of HTML', { status: 200, body: '<html>Hello</html>' }],
		['half an answer', { status: 200, body: '{"MessageId":"TMID' }],
		['an empty object', { status: 200, body: {} }],
		['an empty list', { status: 200, body: [] }],
		['an empty answer', { status: 204, body: '' }],
		['a redirect', { status: 303, headers: { location: '/elsewhere' } }],
		['a compression that is none', { status: 200, body: 'x', headers: { 'content-encoding': 'br' } }],
	])('%s after the work: not sure, and not sent again by n8n’s repetition', async (_what, fault) => {
		sandbox.control.addFault({ path: OUTBOUND, count: 9, timing: 'after', ...fault });
		const { error, json } = await run({ items: people(1), node: retried });
		expect(json).toEqual([]);
		expect(error?.context).toMatchObject({ outcome: 'unsure', itemIndex: 0 });
		expect(error?.description).toContain('check Message → Get Many');
		expect(outbox()).toHaveLength(1);
	});

	test('a StatusCode of refusal in HTTP 200 is a refusal', async () => {
		const body = { StatusCode: 400, Message: 'Bad number' };
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 200, body });
		const { error } = await run({ items: people(1) });
		expect(error).toMatchObject({ message: 'Bad number', context: { outcome: 'notDone' } });
	});

	test('a list that is null is an empty one', async () => {
		sandbox.control.addFault({
			path: '/v1.0/message/filter',
			count: 1,
			status: 200,
			body: { Messages: null },
		});
		const phoneNumber = { __rl: true, mode: 'number', value: OWN_NUMBER };
		const { error, json } = await run({
			parameters: { resource: 'message', operation: 'getAll', phoneNumber },
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
	});

	test('a token that is none is said without the secret', async () => {
		const error = `no token for ${sandbox.credential.accountSecret}`;
		sandbox.control.addFault({ path: TOKENS, count: 9, status: 200, body: { error } });
		const result = await run({ items: people(1) });
		expect(result.error?.message).toBe(
			"Telegent didn't accept the 'Account Key' or 'Account Secret': no token for ***",
		);
		expect(result.error?.context).toMatchObject({ outcome: 'notDone' });
	});
});

describe('what was done stays known', () => {
	test.each<[string, object]>([
		['the look at the order fails', { path: '/v1.0/numbers/order', count: 1, status: 404 }],
		['there is no token for the look', { path: TOKENS, count: 1, status: 200, body: {} }],
	])('%s: the order is named, and not placed again', async (_what, fault) => {
		sandbox.control.order({ status: 'Complete', delaySeconds: 60 });
		// A token for ordering is there already.
		await run({ parameters: { ...provision, options: { waitForOutcome: false } } });
		sandbox.control.order({ status: 'Complete', delaySeconds: 60 });
		sandbox.control.addFault(fault);
		const { error } = await run({ parameters: provision, node: retried });
		expect(error?.context).toMatchObject({ outcome: 'done' });
		expect(sandbox.calls('/v1.0/numbers/provision')).toHaveLength(2);
		expect(error?.description).toMatch(
			/^Telegent completed this request.* Don't run it again\. .*"OrderId":"[\w-]{20,}"/,
		);
	});

	test('a text that depends on the time does not go out twice when n8n repeats the run', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const parameters = send('={{ $json.to }}', '=Code {{ $now.toMillis() }} {{ Math.random() }}');
		const { error, json } = await run({ parameters, items: people(3), node: retried });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
		expect(outbox()).toHaveLength(3);
	});

	test('after a repetition the hint counts what went out in all tries', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const { run: ran } = await run({ items: people(6), node: retried });
		const [{ hints }] = ran.data.resultData.runData.Telegent.slice(-1);
		expect(hints?.map(({ message }) => message)).toEqual([
			'6 sent (6 segments), 0 skipped, 0 failed',
			"'Retry On Fail' is on. When n8n runs this node again, items that were sent, or may have been, aren't sent again.",
		]);
	});

	test('a run that goes on with items of unknown outcome warns of them', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		const node = { onError: 'continueRegularOutput' as const };
		const { json, run: ran } = await run({ items: people(3), node });
		const unknown = json.findIndex(({ error }) => error !== undefined);
		const [{ hints }] = ran.data.resultData.runData.Telegent.slice(-1);
		expect(hints).toEqual([
			{
				message: '2 sent (2 segments), 0 skipped, 1 failed',
				type: 'warning',
				location: 'outputPane',
			},
			{
				message: `Item ${unknown} (${people(3)[unknown].to}) may have been sent. Check in Telegent before you run this node again.`,
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	test('of several items under way, each is told that may have been done', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 99, drop: 'after' });
		const { error } = await run({ items: people(10) });
		const begun = outbox().map(({ to }) => people(10).findIndex((one) => one.to === to));
		expect(begun.length).toBeGreaterThan(1);
		const others = begun.filter((index) => index !== error?.context?.itemIndex).sort();
		const named = others.map((index) => `${index} (${people(10)[index].to})`).join(', ');
		expect(error?.description).toContain(
			`0 of 10 items were confirmed as sent. Items ${named} may also have been sent.`,
		);
	});

	test('a delete whose answer got lost is a delete', async () => {
		sandbox.control.addFault({ path: '/v1.0/message/routes/delete', count: 1, drop: 'after' });
		const create = {
			resource: 'messageRoute',
			operation: 'create',
			routeName: 'Short-lived',
			messageUrl: 'https://example.com/in',
		};
		const {
			json: [route],
		} = await run({ parameters: create });
		const messageRouteId = { __rl: true, mode: 'id', value: String(route.MessageRouteId) };
		const parameters = { resource: 'messageRoute', operation: 'delete', messageRouteId };
		const { error, json } = await run({ parameters });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true, MessageRouteId: messageRouteId.value }]);
		const again = await run({ parameters });
		expect(again.error?.httpCode).toBe('404');
	});

	test('Skip Duplicates does not take a failed item for a message', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const { json } = await run({
			parameters: { ...send('={{ $json.to }}'), options: { skipDuplicates: true } },
			items: [{ to: person(1) }, { to: person(1) }, { to: person(1) }],
			node: { onError: 'continueRegularOutput' },
		});
		expect(
			json.map(({ MessageId, error, status }) => (error ? 'failed' : (status ?? (MessageId && 'sent')))),
		).toEqual(['failed', 'sent', 'skipped']);
		expect(outbox()).toHaveLength(1);
	});
});

describe('options as text, which tables and imported workflows give', () => {
	const withOptions = (options: object) =>
		({ ...send('={{ $json.to }}'), options }) as RunOptions['parameters'];

	test.each([
		['Lookup Time \\(Seconds\\)', { whenUnsure: 'checkFirst', checkDelay: '30 s' }],
		['Max Segments', { maxSegments: 'abc' }],
		['Skip Duplicates', { skipDuplicates: 'perhaps' }],
		['Replace Special Characters', { replaceSpecialCharacters: 'perhaps' }],
	])('%s is refused where it cannot be read, before anything is sent', async (label, options) => {
		const { error } = await run({ parameters: withOptions(options), items: people(1) });
		expect(error?.message).toMatch(new RegExp(`^'${label}': `));
		expect(outbox()).toHaveLength(0);
	});

	test('"true" is on', async () => {
		const parameters = withOptions({ skipDuplicates: 'true', replaceSpecialCharacters: 'TRUE' });
		const { json } = await run({
			parameters: { ...parameters, body: '“Hi”' },
			items: [...people(1), ...people(1)],
		});
		expect(json[1].status).toBe('skipped');
		expect(outbox().map(({ body }) => body)).toEqual(['"Hi"']);
	});

	test.each([0, -1, 2.5, 'abc', null])('Limit %j is refused', async (limit) => {
		const phoneNumber = { __rl: true, mode: 'number', value: OWN_NUMBER };
		const parameters = {
			resource: 'message',
			operation: 'getAll',
			phoneNumber,
			limit: `={{ ${JSON.stringify(limit)} }}`,
		};
		expect((await run({ parameters })).error?.message).toMatch(/^'Limit' must be a whole number/);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test.each([' ', ',', ' , ; '])('nobody in To ("%s") is refused', async (to) => {
		const { error, json } = await run({ parameters: send(to) });
		expect(json).toEqual([]);
		expect(error?.message).toBe("'To' is required, but it's empty");
	});

	test('blanks around an ID are none of it', async () => {
		const number = { __rl: true, mode: 'number', value: ` ${OWN_NUMBER} ` };
		const { json } = await run({
			parameters: { resource: 'number', operation: 'get', number, simplify: false },
		});
		expect(json[0].Number).toBe(OWN_NUMBER);
		const id = 'MRID-5a4d0000-0000-4000-8000-000000000001';
		const messageRouteId = { __rl: true, mode: 'id', value: ` ${id} ` };
		const route = await run({ parameters: { resource: 'messageRoute', operation: 'get', messageRouteId } });
		expect(route.json[0].MessageRouteId).toBe(id);
	});
});

test('Check First does not take a message of an earlier run for this one', async () => {
	const parameters = { ...send(person(1)), options: { whenUnsure: 'checkFirst', checkDelay: 0.2 } };
	await run({ parameters });
	sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before' });
	const { json } = await run({ parameters });
	expect(json[0]).toMatchObject({ confirmedBy: 'sending again' });
	expect(outbox()).toHaveLength(2);
});

describe('a workflow that is stopped', () => {
	test('leaves no turn of the account taken, even where it would go on after errors', async () => {
		const credential = { ...sandbox.credential, requestsPerMinute: 50 };
		const node = { onError: 'continueRegularOutput' as const };
		const { json } = await run({
			credential,
			parameters: { ...send('={{ $json.to }}'), options: { concurrency: 100 } },
			items: people(200),
			node,
			started: ({ cancel }) => when(() => sandbox.calls(OUTBOUND).length >= 44, cancel),
		});
		// No item was begun after it, only to fail.
		expect(json.filter((one) => 'error' in one)).toEqual([]);
		const pacer = rateLimiterFor(accountDigest(credential));
		const next = pacer.admit(pacer.enter('bulk'), performance.now(), 50);
		expect(next).toBeLessThan(65_000);
	});

	test('says that a request under way may have been carried out', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, latencyMs: 60_000, timing: 'after' });
		const { run: ran } = await run({
			items: people(1),
			started: ({ cancel }) => when(() => outbox().length > 0, cancel),
		});
		expect(JSON.stringify(ran.data.resultData)).toContain('unsure');
	});
});

import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { runNode, type RunOptions, type RunResult } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, send, useSandbox, when } from '../../../support/sandbox.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

/* A list is checked as a whole before the first request, and what became of it stays known. */

useFasterTime();
const sandbox = useSandbox();
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const sentTo = () => sandbox.control.outbox().map(({ to }) => to);
const people = (count: number, more: (i: number) => IDataObject = () => ({})) =>
	Array.from({ length: count }, (_, i) => ({ to: person(i), text: 'Hello', ...more(i) }));
const run = async (options: Partial<RunOptions> & { with?: IDataObject } = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: { ...send('={{ $json.to }}', '={{ $json.text }}'), ...options.with } as never,
		...options,
	});
const VALUE = '={{ $json.value }}';
const hints = ({ run: { data } }: RunResult) => data.resultData.runData.Telegent?.at(-1)?.hints;

describe('On Error: Stop', () => {
	test('a number that is wrong in the last row: nobody gets a message, and it is said which row it is', async () => {
		const items = people(40, (i) => (i === 39 ? { to: 'call me' } : {}));
		const { error } = await run({ items });
		expect(error?.message).toMatch(/^'To': "call me" isn't a phone number/);
		expect(error?.description).toBe(
			"Nothing was sent. Item 39 is for call me. Correct the value, then run the workflow again. To skip such items and send the others, set 'On Error' to 'Continue' in this node's settings.",
		);
		expect(error?.context).toMatchObject({ itemIndex: 39 });
		expect(sandbox.calls()).toHaveLength(0);
	});

	test.each<[string, IDataObject, IDataObject, RegExp]>([
		['no text', {}, { text: '' }, /^'Message' is required/],
		['the sender', { from: '={{ $json.from }}' }, { from: 'nobody' }, /^'From': "nobody"/],
		[
			'a URL of media',
			{ additionalFields: { mediaUrls: '={{ $json.media }}' } },
			{ media: 'photo.jpg' },
			/^'Media URLs': "photo\.jpg" isn't a complete URL/,
		],
		[
			'a file that is missing',
			{ additionalFields: { binaryFields: '={{ $json.file }}' } },
			{ file: 'photo' },
			/photo/,
		],
		['too many segments', { options: { maxSegments: 1 } }, { text: 'x'.repeat(161) }, /needs 2 segments/],
		[
			'Sending Hours',
			{ safeguards: { quietHours: { hours: { earliest: '={{ $json.from }}' } } } },
			{ from: 'nine' },
			/^'Sending Hours': 'Send From' is "nine"/,
		],
		['the limit', { safeguards: { mostMessages: '={{ $json.most }}' } }, { most: 'many' }, /^'Max Messages/],
		['Dry Run', { safeguards: { dryRun: '={{ $json.dry }}' } }, { dry: 'perhaps' }, /^'Dry Run': /],
		[
			'the list',
			{ safeguards: { suppressionList: '={{ $json.not }}' } },
			{ not: '8.01555E+09' },
			/^'Suppression List': /,
		],
		['an option', { options: { skipDuplicates: '={{ $json.skip }}' } }, { skip: 'perhaps' }, /^'Skip Dup/],
	])('%s is looked at before the first request', async (_what, parameters, wrong, message) => {
		const right = { from: OWN_NUMBER, media: '', file: '', most: 9, dry: false, not: [], skip: false };
		const hour = parameters.safeguards && 'quietHours' in (parameters.safeguards as object);
		const items = people(3, (i) => ({ ...right, ...(hour && { from: '09:00' }), ...(i === 2 && wrong) }));
		const { error } = await run({ items, with: parameters });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(new RegExp(`^Nothing was sent\\. Item 2 is for \\${person(2)}\\.`));
		expect(error?.description?.match(/Nothing was sent/g)).toHaveLength(1);
		expect(sandbox.calls()).toHaveLength(0);
	});

	const one = (values: IDataObject) => ({ safeguards: { quietHours: { hours: { ...ALL_DAY, ...values } } } });
	const ALL_DAY = { earliest: '00:00', latest: '24:00' };

	test.each<[string, IDataObject, IDataObject[string], IDataObject[string], RegExp]>([
		['Dry Run', { safeguards: { dryRun: VALUE } }, false, null, /^'Dry Run': the expression returned no/],
		['Skip Duplicates', { options: { skipDuplicates: VALUE } }, false, null, /no value/],
		['Max Segments', { options: { maxSegments: VALUE } }, 3, null, /no value/],
		['Send Once Per', { options: { sendOnce: VALUE } }, 'recipient', null, /^'Send Once Per': the exp/],
		['Send Once Per', { options: { sendOnce: VALUE } }, 'recipient', 'person', /"person" isn't an all/],
		[
			'Send Once Period',
			{ options: { sendOnce: 'recipient', sendOncePeriod: VALUE } },
			'day',
			'hour',
			/ever, month, week$/,
		],
		['If Outcome Is Unknown', { options: { whenUnsure: VALUE } }, 'report', 'check', /^'If Outcome/],
		['If Execution Is Retried', { options: { onRetry: VALUE } }, 'report', 'ask', /^'If Execution/],
		[
			'If Not Delivered',
			{ options: { waitForDelivery: { delivery: { seconds: 1, ifNotDelivered: VALUE } } } },
			'report',
			'again',
			/^'If Not Delivered': "again" isn't an allowed value/,
		],
		['Outside These Hours', one({ otherwise: 'wait' }), 0, 0, /^'Outside These Hours': "wait"/],
		['Time Zone Source', one({ zoneBy: VALUE }), 'areaCode', 'zone', /^'Time Zone Source': "zone"/],
		['Days', one({ days: VALUE }), [0, 1, 2, 3, 4, 5, 6], ['Monday'], /'Days' is "\["Monday"\]"/],
	])('%s that was added, but has no usable value, refuses the list', async (...row) => {
		const [, parameters, right, wrong, message] = row;
		const items = people(3, (i) => ({ value: i === 2 ? wrong : right }));
		const { error } = await run({ items, with: parameters });
		expect(error?.message).toMatch(message);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});

	test('one item alone has no number', async () => {
		const { error } = await run({ items: [{ to: '+1234', text: 'Hi' }] });
		expect(error?.description).toBe('Nothing was sent. Correct the value, then run the workflow again.');
	});

	test('orders are checked the same way', async () => {
		const parameters = {
			resource: 'messageRoute',
			operation: 'delete',
			messageRouteId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		};
		const items = [{ id: 'MRID-1' }, { id: 'MRID-2' }, { id: '' }];
		const { error } = await run({ items, parameters: parameters as never });
		expect(error?.description).toMatch(/^Nothing was sent\. Item 2 can't be sent\./);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('a try that n8n repeats says what an earlier one has sent', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400, latencyMs: 100 });
		// The second try is given another text: an expression can depend on the time.
		const text = '={{ $json.to.endsWith("0") && Date.now() > $json.until ? "" : "Hello" }}';
		const items = people(3, () => ({ until: Date.now() + 2_500 }));
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 3_000 };
		const { error } = await run({ items, node, parameters: send('={{ $json.to }}', text) });
		expect(error?.description).toMatch(
			/^An earlier attempt sent 2 items. This attempt sent nothing\. Item 0 /,
		);
		expect(sentTo()).toHaveLength(2);
	}, 20_000);

	test('a list that runs into the night stops there, although it was checked by day', async () => {
		const zone = { __rl: true, mode: 'name', value: 'UTC' };
		const quietHours = { hours: { earliest: '09:00', latest: '20:00', zoneBy: 'given', timeZone: zone } };
		const now = Date.now.bind(Date);
		const start = now();
		const clock = jest.spyOn(Date, 'now');
		const evening = Date.parse('2026-01-15T19:59:00Z');
		clock.mockImplementation(() => evening + now() - start + (sentTo().length >= 3 ? 120_000 : 0));
		const result = await run({
			items: people(6),
			with: { safeguards: { quietHours }, options: { concurrency: 1 } },
		});
		clock.mockRestore();
		expect(result.error).toBeUndefined();
		expect(result.json.map(({ status }) => status)).toEqual([
			undefined,
			undefined,
			undefined,
			'held',
			'held',
			'held',
		]);
		expect(result.json[3]).toMatchObject({ to: person(3), sendAfter: '2026-01-16T09:00:00.000Z' });
		expect(hints(result)?.[0].message).toContain('3 sent (3 segments), 0 skipped, 3 held, 0 failed');
	});
});

describe('On Error: Continue', () => {
	const items = [
		{ to: person(1), text: 'Hi' },
		{ to: 'nobody', text: 'Hi' },
		{ to: person(3), text: '' },
	];

	test('failed items say whom they were for, and their text fits', async () => {
		const { json } = await run({ items, node: { onError: 'continueRegularOutput' } });
		expect(json.slice(1)).toEqual([
			{
				error: expect.stringMatching(/^'To': "nobody"/),
				To: [{ Number: 'nobody' }],
				details: {
					description: 'Nothing was sent for this item. Correct the value.',
					httpCode: null,
					outcome: 'notDone',
				},
			},
			expect.objectContaining({ To: [{ Number: person(3) }] }),
		]);
		expect(sentTo()).toEqual([person(1)]);
	});

	test('so do those that Telegent refused', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const { json } = await run({ items: people(1), node: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({ To: [{ Number: person(0) }], details: { outcome: 'notDone' } });
	});

	test('in an error output they are among the details: n8n takes them there by their fields', async () => {
		const { outputs } = await run({ items, node: { onError: 'continueErrorOutput' } });
		expect(outputs.map((output) => output.length)).toEqual([1, 2]);
		expect(outputs[1][0].json).toMatchObject({ to: 'nobody', details: { To: [{ Number: 'nobody' }] } });
	});
});

describe('what became of a list stays known', () => {
	test('one sent, one not', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400, latencyMs: 100 });
		const { error } = await run({ items: people(2), with: { options: { concurrency: 1 } } });
		expect(error?.description).toMatch(/0 of 2 items were sent\.$/);
	});

	test('the error keeps at most 100 recipients', async () => {
		const items = people(150, (i) => ({ from: i === 149 ? '+12025550000' : OWN_NUMBER }));
		const from = { __rl: true, mode: 'number', value: '={{ $json.from }}' };
		const { error } = await run({ items, with: { from, options: { concurrency: 1 } } });
		expect(error?.context?.sent).toMatchObject({ items: 149, of: 150, last: person(148), unsure: [] });
		expect((error?.context?.sent as IDataObject).recipients).toEqual(people(100).map(({ to }) => to));
	});

	test('an execution that is stopped says how many have their message, in the data that n8n keeps of it', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1_000, probability: 1, latencyMs: 40 });
		const { run: ran } = await run({
			items: people(60),
			started: ({ cancel }) => when(() => sentTo().length >= 20, cancel),
		});
		expect(ran.status).toBe('canceled');
		// Requests that were on their way still arrive, in this process.
		await new Promise((resolve) => setTimeout(resolve, 500));
		const kept = String(ran.data.resultData.metadata?.telegent_stopped);
		const [, count, last, more] =
			/^(\d+) of 60 items were sent, the last to (\+\d+)\. Up to (\d+) more may have been sent\.$/.exec(
				kept,
			) ?? [];
		expect(sentTo()).toContain(last);
		expect(Number(count)).toBeGreaterThanOrEqual(10);
		expect(Number(count)).toBeLessThanOrEqual(sentTo().length);
		expect(Number(count) + Number(more)).toBeGreaterThanOrEqual(sentTo().length);
	});

	test('a media URL that Telegent refuses is called what the form calls it', async () => {
		const body = {
			StatusCode: 400,
			Message: 'The MmsMedia[0].MediaUrl field is not a valid fully-qualified http, https, or ftp URL.',
		};
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400, body });
		const { error } = await run({
			items: people(1),
			with: { additionalFields: { mediaUrls: 'https://intern/photo.jpg' } },
		});
		expect(error?.message).toBe(
			"'Media URLs' (number 1) is not a valid fully-qualified http, https, or ftp URL.",
		);
	});
});

import type { IDataObject } from 'n8n-workflow';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { Random } from '../../../../sandbox/api/random.mts';
import { runNode, type RunResult } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, PROVISION, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const outbox = () => sandbox.control.outbox().map(({ to, body }) => ({ to, body }));
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const run = async (options: Partial<Parameters<typeof runNode>[0]>) =>
	await runNode({
		credential: sandbox.credential,
		parameters: send('={{ $json.to }}', '={{ $json.text }}'),
		...options,
	});
const withOptions = (options: IDataObject, additionalFields = {}) => ({
	...send('={{ $json.to }}', '={{ $json.text }}', additionalFields),
	options: options as never,
});
const hint = ({ run: { data } }: RunResult) => data.resultData.runData.Telegent?.at(-1)?.hints?.[0]?.message;

describe('side by side, in order', () => {
	test('ten at a time; results in input order; each recipient’s messages in input order', async () => {
		// Every third request is slow: answers overtake each other.
		sandbox.control.addFault({ path: OUTBOUND, probability: 0.33, seed: 3, latencyMs: 60 });
		const items = Array.from({ length: 60 }, (_, i) => ({ to: person(i % 7), text: `message ${i}` }));
		const { json, items: results } = await run({ items });
		expect(json.map(({ Body }) => Body)).toEqual(items.map(({ text }) => text));
		expect(results.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		for (let n = 0; n < 7; n++) {
			const sent = outbox().filter(({ to }) => to === person(n));
			expect(sent.map(({ body }) => body)).toEqual(
				items.filter(({ to }) => to === person(n)).map(({ text }) => text),
			);
		}
	});

	test.each([1, 10, 25])('%i at a time, and never more', async (concurrency) => {
		// Long enough for the slowest machine to prepare as many, far longer than the clocks of start and end differ.
		sandbox.control.changeSettings({ latencyMs: 400 });
		const items = Array.from({ length: concurrency * 2 + 1 }, (_, i) => ({ to: person(i), text: 'x' }));
		await run({ items, parameters: withOptions({ concurrency }) });
		const spans = sandbox
			.calls(OUTBOUND)
			.map(({ durationMs, time }) => [Date.parse(time), Date.parse(time) + (durationMs ?? 0) - 50]);
		const together = spans.map(([start]) => spans.filter(([from, to]) => from <= start && start < to).length);
		expect(Math.max(...together)).toBeLessThanOrEqual(concurrency);
		if (concurrency > 1) expect(Math.max(...together)).toBeGreaterThan(concurrency / 2);
	});

	test('operations that spend money go one by one', async () => {
		sandbox.control.changeSettings({ latencyMs: 15 });
		const { json, error } = await runNode({
			credential: sandbox.credential,
			parameters: PROVISION,
			items: [{}, {}, {}],
		});
		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
		const calls = sandbox
			.calls('/v1.0/numbers/provision')
			.map(({ time, durationMs }) => [Date.parse(time), durationMs] as const);
		for (let i = 1; i < calls.length; i++) expect(calls[i][0]).toBeGreaterThanOrEqual(calls[i - 1][0] + 14);
	});

	test('when one fails and the person did not choose to continue: no new one begins, and it is said what was done', async () => {
		const items = Array.from({ length: 100 }, (_, i) => ({
			to: person(i),
			text: `m${i}`,
			from: i === 30 ? '+12025550000' : OWN_NUMBER,
		}));
		const from = { __rl: true, mode: 'number', value: '={{ $json.from }}' };
		const { error } = await run({ items, parameters: { ...withOptions({}), from } });
		expect(error?.context).toMatchObject({ itemIndex: 30 });
		const sent = sandbox.control.outbox().length;
		expect(sent).toBeGreaterThanOrEqual(21);
		expect(sent).toBeLessThanOrEqual(39);
		const { last, ...kept } = error?.context?.sent as IDataObject;
		const to = outbox().map((one) => one.to);
		expect(to).toContain(last);
		expect(kept).toEqual({ items: sent, of: 100, recipients: expect.arrayContaining(to), unsure: [] });
		expect(error?.description).toContain(`${sent} of 100 items were sent, the last to ${String(last)}.`);
	});
});

describe('n8n repeats the run (Retry On Fail)', () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	test('what went out before is not sent again, and its first answer is returned', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 500 });
		const items = [1, 2, 3, 4, 5].map((n) => ({ to: person(n), text: 'once' }));
		sandbox.control.clearFaults();
		sandbox.control.addFault({
			path: OUTBOUND,
			count: 1,
			status: 400,
			body: { StatusCode: 400, Message: 'Try me again' },
		});
		const { json, error } = await run({ items, node });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(5);
		expect(outbox()).toHaveLength(5);
		expect(new Set(json.map(({ MessageId }) => MessageId))).toEqual(
			new Set(sandbox.control.outbox().map(({ messageId }) => messageId)),
		);
	});

	test('nor when the person chose to continue and only the first item failed', async () => {
		const items = ['nobody', person(1), person(2)].map((to) => ({ to, text: 'once' }));
		const { json, error } = await run({ items, node: { ...node, onError: 'continueRegularOutput' } });
		expect(error).toBeUndefined();
		expect(json.map((one) => 'error' in one)).toEqual([true, false, false]);
		expect(outbox()).toEqual([
			{ to: person(1), body: 'once' },
			{ to: person(2), body: 'once' },
		]);
	});

	test('an item of which nobody knows is not sent again either', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		const { error } = await run({ items: [{ to: person(1), text: 'once' }], node });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(outbox()).toHaveLength(1);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	});

	test('a later run that means to send the same text again does', async () => {
		const items = [{ to: person(1), text: 'again' }];
		await run({ items, node });
		await run({ items, node });
		expect(outbox()).toHaveLength(2);
	});

	test('the same text to the same person in two items is two messages', async () => {
		const item = { to: person(1), text: 'twice' };
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const { json } = await run({ items: [item, item], node });
		expect(json).toHaveLength(2);
		expect(outbox()).toHaveLength(2);
	});
});

describe('If Outcome Is Unknown: Check First', () => {
	const parameters = withOptions({ whenUnsure: 'checkFirst', checkDelay: 0.2 });
	const items = [{ to: person(1), text: 'exactly one' }];
	const listed = (CreatedAt: string) => {
		const entry = { MessageId: 'x', From: OWN_NUMBER, To: person(1), Body: 'exactly one', CreatedAt };
		return { status: 200, body: { Messages: [entry], Total: 1 } };
	};

	test('it went out: found, not sent again', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		const { json, error } = await run({ items, parameters });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			MessageId: sandbox.control.outbox()[0].messageId,
			confirmedBy: 'lookup',
		});
		expect(outbox()).toHaveLength(1);
	});

	test('it surely did not: sent once more', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before' });
		const { json, error } = await run({ items, parameters });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ confirmedBy: 'sending again', segments: 1 });
		expect(outbox()).toHaveLength(1);
	});

	test.each([
		['after', 'lookup', 1],
		['before', 'sending again', 2],
	] as const)('several recipients, connection lost %s the work: %s', async (drop, confirmedBy, calls) => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop });
		const { json } = await run({
			items: [{ to: [person(1), person(2)].join(), text: 'to two' }],
			parameters,
		});
		expect(json[0]).toMatchObject({ confirmedBy, To: [{ Number: person(1) }, { Number: person(2) }] });
		expect(sandbox.calls(OUTBOUND)).toHaveLength(calls);
		expect(outbox()).toHaveLength(2);
	});

	test('a rejected message is neither looked up nor sent again', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const { error } = await run({ items, parameters });
		expect(error?.context).toMatchObject({ outcome: 'notDone' });
		expect(sandbox.calls('/v1.0/message/filter')).toHaveLength(0);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	});

	test('an equal message of a minute before is not taken for it, and it is not sent again', async () => {
		const CreatedAt = new Date(Date.now() - 60_000).toISOString();
		const older = { MessageId: 'x', From: OWN_NUMBER, To: person(1), Body: 'exactly one', CreatedAt };
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before' });
		sandbox.control.addFault({
			...{ path: '/v1.0/message/filter', count: 9, status: 200 },
			body: { Messages: [older], Total: 1 },
		});
		const { error } = await run({ items, parameters });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	});

	test('unsure twice: reported, not sent a third time', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 2, drop: 'before' });
		const { error } = await run({ items, parameters });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(sandbox.calls(OUTBOUND)).toHaveLength(2);
	});

	test.each([
		['the list cannot be read', { status: 400 }],
		['the list has another shape', { status: 200, body: { Items: [] } }],
		['the list ends before its total', { status: 200, body: { Messages: [], Total: 5 } }],
		['an entry has no readable time', listed('now')],
		[
			'an entry has a time without a time zone',
			listed(new Date(Date.now() + 600_000).toISOString().slice(0, -1)),
		],
	])('%s: not sure, so not sent again', async (_case, fault) => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before' });
		sandbox.control.addFault({ path: '/v1.0/message/filter', count: 9, ...fault });
		const { error } = await run({ items, parameters });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(outbox()).toHaveLength(0);
	});

	test('an equal message that another item accounts for is not taken for it', async () => {
		// The first of two requests passes, the second breaks before the work.
		const passesThenBreaks = (seed: number) => {
			const random = new Random(seed);
			return random.next() >= 0.5 && random.next() < 0.5;
		};
		const seed = [...Array(100).keys()].find(passesThenBreaks);
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before', probability: 0.5, seed });
		const { json, error } = await run({ items: [...items, ...items], parameters });
		expect(error).toBeUndefined();
		expect(json[1]).toMatchObject({ confirmedBy: 'sending again' });
		expect(new Set(json.map(({ MessageId }) => MessageId)).size).toBe(2);
		expect(outbox()).toHaveLength(2);
	});

	test('the default stays safe', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before' });
		const { error } = await run({ items });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(sandbox.calls('/v1.0/message/filter')).toHaveLength(0);
	});
});

describe('the text and the list', () => {
	test('every sent item says what it cost, and the run says how it went', async () => {
		const items = [
			{ to: person(1), text: 'Hi' },
			{ to: person(2), text: 'Привет '.repeat(20) },
			{ to: 'nobody', text: 'Hi' },
		];
		const result = await run({ items, node: { onError: 'continueRegularOutput' } });
		expect(result.json[0]).toMatchObject({ Status: 'Queued', encoding: 'GSM-7', characters: 2, segments: 1 });
		expect(result.json[1]).toMatchObject({ encoding: 'UCS-2', characters: 140, segments: 3 });
		expect(hint(result)).toBe('2 sent (4 segments), 0 skipped, 1 failed');
	});

	test('Max Segments refuses before sending; plain characters instead of curly ones help', async () => {
		const text = `“${'x'.repeat(100)}”`;
		const refused = await run({
			items: [{ to: person(1), text }],
			parameters: withOptions({ maxSegments: 1 }),
		});
		expect(refused.error?.message).toBe("The message needs 2 segments (UCS-2), but 'Max Segments' is 1");
		expect(sandbox.calls()).toHaveLength(0);
		const parameters = withOptions({ maxSegments: 1, replaceSpecialCharacters: true });
		const { json } = await run({ items: [{ to: person(1), text }], parameters });
		expect(json[0]).toMatchObject({ segments: 1, encoding: 'GSM-7' });
		expect(outbox()[0].body).toBe(`"${'x'.repeat(100)}"`);
	});

	test('Skip Duplicates sends nothing more to a recipient who may have a message', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		const { json } = await run({
			items: ['m0', 'm1'].map((text) => ({ to: person(1), text })),
			parameters: withOptions({ skipDuplicates: true }),
			node: { onError: 'continueRegularOutput' },
		});
		expect(json).toMatchObject([
			{ details: { outcome: 'unsure' } },
			{ status: 'skipped', reason: `${person(1)} may already have received a message from item 0` },
		]);
		expect(outbox()).toEqual([{ to: person(1), body: 'm0' }]);
	});

	test('Skip Duplicates sends to each recipient once and reports the others', async () => {
		const items = [person(1), person(2), '(801) 555-0001', `${person(2)}, ${person(3)}`].map((to, i) => ({
			to,
			text: `m${i}`,
		}));
		const result = await run({ items, parameters: withOptions({ skipDuplicates: true }) });
		expect(outbox()).toEqual([
			{ to: person(1), body: 'm0' },
			{ to: person(2), body: 'm1' },
			{ to: person(3), body: 'm3' },
		]);
		expect(result.json[2]).toEqual({
			status: 'skipped',
			reason: `${person(1)} already received a message from item 0`,
			To: [{ Number: person(1) }],
		});
		expect(result.items[2].pairedItem).toEqual({ item: 2 });
		expect(hint(result)).toBe('3 sent (3 segments), 1 skipped, 0 failed');
	});

	test('Preview does all of it without sending', async () => {
		const items = [
			{ to: `${person(1)}, call me`, text: 'It’s here' },
			{ to: person(1), text: 'x'.repeat(161) },
		];
		const preview = {
			resource: 'message',
			operation: 'preview',
			to: '={{ $json.to }}',
			body: '={{ $json.text }}',
		};
		const result = await runNode({
			credential: sandbox.credential,
			parameters: { ...preview, options: { replaceSpecialCharacters: true } },
			items,
		});
		expect(result.error).toBeUndefined();
		expect(result.json).toEqual([
			expect.objectContaining({
				text: "It's here",
				encoding: 'GSM-7',
				segments: 1,
				to: [person(1)],
				duplicates: [],
				invalid: [{ number: 'call me', reason: expect.stringMatching(/isn't a phone number/) }],
			}),
			expect.objectContaining({
				segments: 2,
				totalSegments: 2,
				to: [person(1)],
				duplicates: [{ number: person(1), item: 0 }],
				invalid: [],
			}),
		]);
		expect(hint(result)).toBe(
			'3 segments in total, 1 invalid number, 1 duplicate recipient. Nothing was sent',
		);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

describe('media', () => {
	const picture = (bytes: number, mimeType = 'image/png') => ({
		data: Buffer.alloc(bytes, 1).toString('base64'),
		mimeType,
	});

	test('from addresses and from several binary fields', async () => {
		const { error } = await run({
			items: [
				{
					json: { to: person(1), text: 'Look' },
					binary: { photo: picture(10), sound: picture(5, 'audio/wav') },
				},
			] as never,
			parameters: withOptions({}, { mediaUrls: 'https://example.com/a.jpg', binaryFields: 'photo, sound' }),
		});
		expect(error).toBeUndefined();
		expect(sandbox.calls(OUTBOUND)[0].body).toMatchObject({
			MmsMedia: [{ MediaUrl: 'https://example.com/a.jpg' }],
			MmsBase64: [
				{ Base64: Buffer.alloc(10, 1).toString('base64'), BaseType: 'image/png' },
				{ Base64: Buffer.alloc(5, 1).toString('base64'), BaseType: 'audio/wav' },
			],
		});
		expect(sandbox.calls(OUTBOUND)[0].body).not.toHaveProperty('BinaryFields');
	});

	test('too large, or not there: refused before the request, the others go on', async () => {
		const { json } = await run({
			items: [
				{ json: { to: person(1), text: 'big' }, binary: { data: picture(5 * 1024 * 1024 + 1) } },
				{ json: { to: person(2), text: 'none' } },
				{ json: { to: person(3), text: 'ok' }, binary: { data: picture(3) } },
			] as never,
			parameters: withOptions({}, { binaryFields: 'data' }),
			node: { onError: 'continueRegularOutput' },
		});
		expect(json[0].error).toMatch(/add up to 5\.0 MB, but an MMS/);
		expect(json[1].error).toMatch(/data/);
		expect(outbox()).toEqual([{ to: person(3), body: 'ok' }]);
	});
});

afterEach(() => jest.restoreAllMocks());

/** Exactly once, whatever happens: the promise of this node. */
describe('random faults', () => {
	useFasterTime();

	test.each([11, 12])(
		'seed %i, 2,000 sends: none doubled, every report true',
		async (seed) => {
			// The jitter of a retry pauses the whole account after a 429: half a second each time, 80 times.
			const { random } = Math;
			jest.spyOn(Math, 'random').mockImplementation(() => random() / 20);
			const faults = [
				{ drop: 'before' as const, probability: 0.02 },
				{ drop: 'after' as const, probability: 0.02 },
				{ status: 408, timing: 'after' as const, probability: 0.02 },
				{ status: 429, retryAfter: 0, probability: 0.04 },
				{ status: 500, timing: 'before' as const, probability: 0.02 },
				{ status: 500, timing: 'after' as const, probability: 0.02 },
				{ status: 503, retryAfter: 0, probability: 0.03 },
				{ status: 504, timing: 'after' as const, probability: 0.02 },
				{ status: 400, probability: 0.01 },
				{ latencyMs: 20, probability: 0.05 },
			];
			for (const [i, fault] of faults.entries())
				sandbox.control.addFault({ path: OUTBOUND, seed: seed * 100 + i, ...fault });
			sandbox.control.changeSettings({ tokenSeconds: 30 });
			// Texts of this seed only: a request that an earlier seed left unfinished is not counted.
			const items = Array.from({ length: 2000 }, (_, i) => ({
				to: person(i % 900),
				text: `seed ${seed}, message ${i}`,
			}));
			// With its first item in vain, n8n certainly runs the node twice.
			items[0].to = 'nobody';
			const {
				json,
				error,
				items: results,
			} = await run({
				items,
				parameters: withOptions({ concurrency: 40 }),
				node: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			});
			expect(error).toBeUndefined();
			expect(results.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			const times = new Map<string, number>();
			for (const { body } of sandbox.control.outbox()) times.set(body, (times.get(body) ?? 0) + 1);
			const tally = { sent: 0, unsure: 0, notDone: 0 };
			for (const [i, result] of json.entries()) {
				const outcome = result.error
					? ((result.details as IDataObject).outcome as 'unsure' | 'notDone')
					: 'sent';
				tally[outcome]++;
				const out = times.get(items[i].text) ?? 0;
				if (outcome === 'sent') expect(out).toBe(1);
				if (outcome === 'notDone') expect(out).toBe(0);
				expect(out).toBeLessThanOrEqual(1);
			}
			expect(tally.sent).toBeGreaterThan(1500);
			expect(tally.unsure).toBeGreaterThan(50);
		},
		300_000,
	);
});

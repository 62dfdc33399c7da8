import type { IDataObject } from 'n8n-workflow';
import { runNode, type RunOptions, type RunResult } from '../../../support/n8n.mts';
import { OUTBOUND, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const PHONE = '+12025550142';
const outbox = () => sandbox.control.outbox().map(({ body, to }) => `${to} ${body}`);
const hints = ({ run: { data } }: RunResult) =>
	(data.resultData.runData.Telegent?.at(-1)?.hints ?? []).map(({ message }) => message);

const run = async (
	to: string[],
	safeguards: IDataObject = {},
	options: IDataObject = {},
	more: Partial<RunOptions> = {},
) =>
	await runNode({
		credential: sandbox.credential,
		parameters: {
			...send('={{ $json.to }}'),
			safeguards: { redirectTo: '(202) 555-0142', ...safeguards } as never,
			options: options as never,
		},
		items: to.map((one) => ({ to: one })),
		...more,
	});

describe('Redirect To', () => {
	test('one phone gets everything, and each text begins with whom it is for', async () => {
		const result = await run([person(1), `${person(2)}, ${person(3)}`]);
		expect(outbox()).toEqual([
			`${PHONE} For ${person(1)}: Hello`,
			`${PHONE} For ${person(2)}, ${person(3)}: Hello`,
		]);
		expect(result.json[1]).toMatchObject({
			To: [{ Number: PHONE }],
			intendedFor: [{ Number: person(2) }, { Number: person(3) }],
		});
		expect(hints(result)).toContain(
			`2 messages went to ${PHONE} instead of the recipients. To send to the recipients, remove 'Redirect To'.`,
		);
	});

	test('many recipients are counted, and the segments are those of the whole text', async () => {
		const to = Array.from({ length: 6 }, (_, n) => person(n)).join();
		const { json } = await run([to]);
		const text = `For ${person(0)}, ${person(1)}, ${person(2)} and 3 more: Hello`;
		expect(outbox()).toEqual([`${PHONE} ${text}`]);
		expect(json[0]).toMatchObject({ characters: text.length, segments: 1 });
	});

	test('Max Segments concerns the text of the recipients', async () => {
		const body = 'x'.repeat(160);
		const { error, json } = await runNode({
			credential: sandbox.credential,
			parameters: {
				...send(person(1), body),
				safeguards: { redirectTo: PHONE },
				options: { maxSegments: 1 },
			},
		});
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ segments: 2 });
	});

	test('lists and duplicates concern the recipients', async () => {
		const { json } = await run(
			[person(1), person(2), person(2), '+13855550100'],
			{ suppressionList: person(1), allowedRecipients: '+1801*' },
			{ skipDuplicates: true },
		);
		expect(json.map(({ status, reason }) => [status, reason])).toEqual([
			['skipped', `${person(1)} is on the suppression list`],
			[undefined, undefined],
			['skipped', `${person(2)} already received a message from item 1`],
			['refused', "+13855550100 isn't in 'Allowed Recipients'. Nothing was sent."],
		]);
		expect(outbox()).toEqual([`${PHONE} For ${person(2)}: Hello`]);
	});

	test('someone of several who already got it is not named', async () => {
		await run([person(1), `${person(1)}, ${person(2)}`], {}, { skipDuplicates: true });
		expect(outbox()).toEqual([`${PHONE} For ${person(1)}: Hello`, `${PHONE} For ${person(2)}: Hello`]);
	});

	test('the limit per person counts the recipients', async () => {
		const { json } = await run([person(1), person(1), person(2)], {
			frequencyCap: { cap: { most: 1, hours: 1 } },
		});
		expect(json.map(({ status }) => status)).toEqual([undefined, 'skipped', undefined]);
	});

	test('a test does not keep Send Once Per from sending the real message', async () => {
		const once = { sendOnce: 'recipient' };
		await run([person(1)], {}, once);
		const again = await run([person(1)], {}, once);
		expect(again.json[0]).toMatchObject({ status: 'skipped' });
		await runNode({
			credential: sandbox.credential,
			parameters: { ...send(person(1)), options: once },
		});
		expect(outbox()).toEqual([`${PHONE} For ${person(1)}: Hello`, `${person(1)} Hello`]);
	});

	test('the error of an item names its recipient', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const node = { onError: 'continueRegularOutput' as const };
		const { json } = await run([person(1)], {}, {}, { node });
		expect(json[0]).toMatchObject({ error: expect.any(String), To: [{ Number: person(1) }] });
	});

	test('a message without a response is looked up where it went', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		const { json } = await run([person(1)], {}, { whenUnsure: 'checkFirst', checkDelay: 1 });
		expect(json[0]).toMatchObject({ confirmedBy: 'lookup', intendedFor: [{ Number: person(1) }] });
		expect(outbox()).toHaveLength(1);
	});

	test.each(['', 'home', '={{ $json.nothing }}'])('%j sends nothing', async (redirectTo) => {
		const { error } = await run([person(1)], { redirectTo });
		expect(error?.message).toMatch(/^'Redirect To'/);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

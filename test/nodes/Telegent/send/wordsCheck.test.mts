import type { IDataObject } from 'n8n-workflow';
import { leftOverIn } from '../../../../nodes/Telegent/send/wordsCheck.ts';
import { runNode, type RunOptions, type RunResult } from '../../../support/n8n.mts';
import { OUTBOUND, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const texts = () => sandbox.control.outbox().map(({ body }) => body);
const hints = ({ run: { data } }: RunResult) =>
	(data.resultData.runData.Telegent?.at(-1)?.hints ?? []).map(({ message }) => message);

interface More extends Pick<Partial<RunOptions>, 'node'> {
	options?: IDataObject;
	safeguards?: IDataObject;
}

const run = async (
	body: string,
	items: IDataObject[],
	{ options = {}, safeguards = {}, ...more }: More = {},
) =>
	await runNode({
		credential: sandbox.credential,
		parameters: {
			...send('={{ $json.to }}', body),
			options: options as never,
			safeguards: safeguards as never,
		},
		items,
		...more,
	});

const HI = '=Hi {{ $json.name }}, your order is ready';
const list = [{ to: person(1), name: 'Ana' }, { to: person(2), name: '' }, { to: person(3) }];
const go = { node: { onError: 'continueRegularOutput' as const } };

describe('If a Field Is Empty', () => {
	test('items of a list are refused, and nothing is sent', async () => {
		const { error } = await run(HI, list);
		expect(error?.message).toBe("'Message': {{ $json.name }} is empty");
		expect(error?.description).toMatch(/^Nothing was sent. Item 1 is for \+18015550002. Fill in the field/);
		expect(error?.description).toContain("add the option 'If a Field Is Empty'");
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});

	test('with On Error = Continue the others are sent', async () => {
		const result = await run(HI, list, go);
		expect(texts()).toEqual(['Hi Ana, your order is ready']);
		expect(result.json.slice(1)).toEqual([
			{
				error: "'Message': {{ $json.name }} is empty",
				details: expect.objectContaining({ outcome: 'notDone' }),
				To: [{ Number: person(2) }],
			},
			expect.objectContaining({ To: [{ Number: person(3) }] }),
		]);
	});

	test('a single message is sent, with a warning', async () => {
		const result = await run(HI, [list[1]]);
		expect(texts()).toEqual(['Hi , your order is ready']);
		expect(hints(result)).toEqual([
			"1 message has an empty field, for example {{ $json.name }} is empty (item 0). To refuse or skip such messages, add the option 'If a Field Is Empty'.",
		]);
	});

	test('Refuse: a single message too', async () => {
		const { error } = await run(HI, [list[1]], { options: { emptyField: 'refuse' } });
		expect(error?.message).toBe("'Message': {{ $json.name }} is empty");
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});

	test('Skip: reported', async () => {
		const { json } = await run(HI, list, { options: { emptyField: 'skip' } });
		expect(json[1]).toEqual({
			status: 'skipped',
			reason: '{{ $json.name }} is empty. Nothing was sent.',
			To: [{ Number: person(2) }],
		});
		expect(texts()).toHaveLength(1);
	});

	test('Send: as it is', async () => {
		await run(HI, list, { options: { emptyField: 'send' } });
		expect(texts().sort()).toEqual([
			'Hi , your order is ready',
			'Hi , your order is ready',
			'Hi Ana, your order is ready',
		]);
	});

	test('who is on the suppression list is skipped, whatever is empty', async () => {
		const { json } = await run(HI, list, { safeguards: { suppressionList: [person(2), person(3)] } });
		expect(json.map(({ status }) => status)).toEqual([undefined, 'skipped', 'skipped']);
	});

	test('an unknown choice sends nothing', async () => {
		const { error } = await run(HI, list, { options: { emptyField: 'maybe' } });
		expect(error?.message).toBe(
			`'If a Field Is Empty': "maybe" isn't an allowed value. Use one of: refuse, send, skip`,
		);
	});

	test.each([
		['=Hi {{ $json.a }}', { a: 'undefined' }, '{{ $json.a }} gave "undefined"'],
		['=Hi {{ `${$json.a} ${$json.b}` }}', { a: 'Ana' }, '{{ `${$json.a} ${$json.b}` }} gave "Ana undefined"'],
		['=Hi {{ $json.a }}!', { a: { x: 1 } }, '{{ $json.a }} gave "[object Object]"'],
		['=You owe {{ $json.a * 2 }} and {{ $json.b }}', { b: 2 }, '{{ $json.a * 2 }} is empty'],
		['=Hi {{ $json.a.trim() }}, {{ $json.b.trim() }}', { a: ' ', b: 'x' }, '{{ $json.a.trim() }} is empty'],
		['=Hi {{ $("Items").item.json.a }}!', {}, '{{ $("Items").item.json.a }} is empty'],
	])('%s is refused as n8n resolves it', async (body, json, found) => {
		const { error } = await run(body, [{ to: person(1), ...json }], { options: { emptyField: 'refuse' } });
		expect(error?.message).toBe(`'Message': ${found}`);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});
});

describe('Left-over braces', () => {
	test('an expression in a fixed text is refused, also in a single message', async () => {
		const { error } = await run('Hi {{ $json.name }}', [list[0]]);
		expect(error?.message).toBe("'Message': the text still contains {{ $json.name }}");
		expect(error?.description).toContain("switch 'Message' from Fixed to Expression");
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});

	test('a placeholder of another program from the data is refused', async () => {
		const { error } = await run('={{ $json.text }}', [{ to: person(1), text: 'Hi {{first_name}}' }]);
		expect(error?.message).toBe("'Message': the text still contains {{first_name}}");
	});

	test('Send lets them through', async () => {
		await run('Use {{ x }}', [list[0]], { options: { emptyField: 'send' } });
		expect(texts()).toEqual(['Use {{ x }}']);
	});

	test.each(['{{', '}}', '}} {{', '{ {x} }', 'a {b}'])('%j is a text like any other', (text) => {
		expect(leftOverIn(text)).toBeUndefined();
	});

	test('a text of nothing but opening braces takes no time', () => {
		const start = performance.now();
		leftOverIn('{{'.repeat(200_000));
		expect(performance.now() - start).toBeLessThan(200);
	});
});

describe('Must Contain', () => {
	test('a message without it is refused; case, spaces and curly quotes do not matter', async () => {
		const safeguards = { mustContain: "reply  stop\nyou're" };
		const { error, json } = await run(
			'={{ $json.text }}',
			[
				{ to: person(1), text: 'Hello. Reply STOP' },
				{ to: person(2), text: 'You’re in. REPLY STOP to end' },
			],
			{ safeguards, options: { replaceSpecialCharacters: true } },
		);
		expect(error).toBeUndefined();
		expect(json[0]).toEqual({
			status: 'refused',
			reason: "The message doesn't contain \"you're\" ('Must Contain'). Nothing was sent.",
			To: [{ Number: person(1) }],
		});
		expect(texts()).toEqual(["You're in. REPLY STOP to end"]);
	});

	test('a list from an expression', async () => {
		const safeguards = { mustContain: '={{ ["Shop", "STOP, please"] }}' };
		const { json } = await run('Shop: Reply STOP, please', [list[0]], { safeguards });
		expect(json[0]).not.toHaveProperty('status');
	});

	test.each(['', ' \n', '={{ [] }}', '={{ $json.nothing }}'])('%j sends nothing', async (mustContain) => {
		const { error } = await run('Hello', [list[0]], { safeguards: { mustContain } });
		expect(error?.message).toBe("'Must Contain' is empty. Enter a text, or remove 'Must Contain'");
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});
});

test('Send and Wait for Response checks its question', async () => {
	const { body: _, ...parameters } = send(person(1));
	const { error } = await runNode({
		credential: sandbox.credential,
		parameters: {
			...parameters,
			operation: 'sendAndWait',
			message: '=Can you come, {{ $json.name }}?',
			options: { emptyField: 'refuse' },
		},
	});
	expect(error?.message).toBe("'Message': {{ $json.name }} is empty");
	expect(sandbox.calls()).toHaveLength(0);
});

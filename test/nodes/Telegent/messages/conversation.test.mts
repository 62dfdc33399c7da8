import { Ajv } from 'ajv';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';
import { closed, schemaFiles, type OutputSchema } from '../../../../scripts/lib/outputSchema.mts';
import type { ConversationMessage } from '../../../../nodes/Telegent/messages/transcript.ts';
import { runNode, type RunOptions, type RunResult } from '../../../support/n8n.mts';
import { OWN_NUMBER, send, useSandbox } from '../../../support/sandbox.mts';

const FILTER = '/v1.0/message/filter';
const SEARCH = '/v1.0/message/search';
const PERSON = '+18015550123';
const OTHER_PERSON = '+18015550124';
const sandbox = useSandbox();
const hintsOf = ({ run: { data } }: RunResult) =>
	data.resultData.runData.Telegent?.at(-1)?.hints?.map(({ message }) => message) ?? [];
const own = { __rl: true, mode: 'number', value: OWN_NUMBER };

const run = async (parameters: IDataObject = {}, more: Partial<RunOptions> = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: {
			resource: 'conversation',
			operation: 'get',
			phoneNumber: own,
			otherParty: PERSON,
			lastMessages: 20,
			...parameters,
		} as INodeParameters,
		...more,
	});
const get = async (parameters: IDataObject = {}) => {
	const { error, json } = await run(parameters);
	if (error) throw error;
	expect(json).toHaveLength(1);
	return json[0] as IDataObject & { messages: ConversationMessage[] };
};
const said = ({ messages }: { messages: ConversationMessage[] }) =>
	messages.map(({ role, text }) => `${role}: ${text}`);

const from = async (person: string, body: string, media?: string[]) =>
	await sandbox.control.inbound({ from: person, to: OWN_NUMBER, body, media });
const to = async (person: string, body: string) => {
	const { error } = await runNode({ credential: sandbox.credential, parameters: send(person, body) });
	if (error) throw error;
};
const later = async () => void (await sandbox.control.time({ advanceSeconds: 60 }));

/** A conversation among others of the same number. */
async function talk(): Promise<void> {
	await from(PERSON, 'Is my order ready?');
	await from(OTHER_PERSON, 'Do you open on Sunday?');
	await later();
	await to(`${PERSON}, ${OTHER_PERSON}`, 'Everything is 20% off this weekend');
	await later();
	await to(OTHER_PERSON, 'Yes, from 9 to 5');
	await to(PERSON, 'It leaves our store today');
}

describe('Conversation → Get', () => {
	test('gives both directions, oldest first, campaigns included, and nobody else’s messages', async () => {
		await talk();
		const output = await get();
		expect(said(output)).toEqual([
			'user: Is my order ready?',
			'assistant: Everything is 20% off this weekend',
			'assistant: It leaves our store today',
		]);
		expect(output).toMatchObject({
			conversation: `${OWN_NUMBER}|${PERSON}`,
			owner: OWN_NUMBER,
			otherParty: PERSON,
			count: 3,
			complete: true,
		});
		expect(output.messages[0]).toEqual({
			id: expect.stringMatching(/^TMID-/),
			role: 'user',
			text: 'Is my order ready?',
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			status: 'received',
		});
		const line = /^\[\d{4}-\d\d-\d\d \d\d:\d\d UTC\] (.*)$/;
		const lines = String(output.transcript).split('\n');
		expect(lines.map((one) => line.exec(one)?.[1])).toEqual(said(output));
		expect(sandbox.calls(SEARCH)).toEqual([]);
	});

	test('a message and its reply of the same second keep their order', async () => {
		await from(PERSON, 'One');
		await to(PERSON, 'Two');
		await from(PERSON, 'Three');
		expect(said(await get())).toEqual(['user: One', 'assistant: Two', 'user: Three']);
	});

	test('numbers in any notation are the same', async () => {
		await talk();
		expect((await get({ otherParty: '(801) 555-0123' })).count).toBe(3);
	});

	test('a short code or a name can be the other party', async () => {
		const message = {
			MessageId: 'x',
			From: '22395',
			To: OWN_NUMBER,
			Body: 'Your code is 1',
			Direction: 'inbound',
		};
		sandbox.control.addFault({
			path: FILTER,
			count: 1,
			status: 200,
			body: { Messages: [message], Total: 1 },
		});
		expect(said(await get({ otherParty: '22395' }))).toEqual(['user: Your code is 1']);
		expect(await get({ otherParty: 'AMAZON' })).toMatchObject({ count: 0, transcript: '' });
	});

	test('the last N messages are the newest', async () => {
		await talk();
		expect(said(await get({ lastMessages: 2 }))).toEqual([
			'assistant: Everything is 20% off this weekend',
			'assistant: It leaves our store today',
		]);
	});

	test('Since leaves out what is older', async () => {
		await talk();
		const all = await get();
		const since = all.messages[1].time;
		expect(said(await get({ options: { since } }))).toEqual(said(all).slice(1));
	});

	test('nothing that was said is an empty conversation, not no item', async () => {
		expect(await get()).toMatchObject({ count: 0, complete: true, messages: [], transcript: '' });
	});

	test('Include Media gives the URLs, of these messages only, with one more request', async () => {
		const url = 'https://example.com/cat.png';
		await from(OTHER_PERSON, 'Dog', ['https://example.com/dog.png']);
		await from(PERSON, '', [url]);
		await to(PERSON, 'How sweet');
		const { messages, transcript } = await get({ options: { includeMedia: true } });
		expect(messages.map(({ media }) => media)).toEqual([[url], []]);
		expect(transcript).toContain(`user: [media: ${url}]\n`);
		expect(sandbox.calls(SEARCH)).toHaveLength(1);
	});

	test('media that the search does not have are left out, not said to be none', async () => {
		await from(PERSON, 'Cat', ['https://example.com/cat.png']);
		sandbox.control.addFault({ path: SEARCH, status: 200, body: { Results: [], ResultsTotalRecords: 0 } });
		const { messages } = await get({ options: { includeMedia: true } });
		expect(messages[0]).not.toHaveProperty('media');
	});

	test('reads no more than is allowed, and says that messages can be missing', async () => {
		await from(PERSON, 'Old');
		await later();
		for (let n = 0; n < 120; n++) await from(OTHER_PERSON, `${n}`);
		const few = await run({ options: { maxRead: 100 } });
		expect(few.json[0]).toMatchObject({ count: 0, complete: false });
		expect(hintsOf(few)).toEqual([expect.stringContaining("raise 'Max Messages to Read'")]);
		expect(sandbox.calls(FILTER)).toHaveLength(1);
		expect(await get()).toMatchObject({ count: 1, complete: true });
	});

	test('many conversations of one number need its list once', async () => {
		await talk();
		const items = Array.from({ length: 30 }, (_, n) => ({ to: n % 2 ? PERSON : OTHER_PERSON }));
		const { json } = await run({ otherParty: '={{ $json.to }}' }, { items });
		expect(json.map(({ count }) => count)).toEqual(items.map(() => 3));
		expect(sandbox.calls(FILTER)).toHaveLength(1);
	});

	test.each([
		[{ otherParty: '801' + '555' }, undefined],
		[{ otherParty: '+1801' }, `'Other Party'`],
		[{ otherParty: '={{ $json.nothing }}' }, `'Other Party'`],
		[{ lastMessages: 0 }, `'Last Messages'`],
		[{ lastMessages: 'all' }, `'Last Messages'`],
		[{ options: { since: 'yesterday' } }, `'Since'`],
		[{ options: { maxRead: 0 } }, `'Max Messages to Read'`],
	])('%j: says what is wrong with it', async (parameters, label) => {
		const { error } = await run(parameters);
		if (label) expect(error?.message).toContain(label);
		else expect(error).toBeUndefined();
		expect(sandbox.calls(FILTER)).toHaveLength(label ? 0 : 1);
	});

	test('as a tool, the model can be given the transcript alone', async () => {
		await talk();
		const node = { type: 'n8n-nodes-telegent.telegentTool' };
		const { json } = await run({ outputFields: 'transcript, complete' }, { node });
		expect(json).toEqual([{ transcript: expect.stringContaining('order ready'), complete: true }]);
	});

	test('its output fits its schema', async () => {
		await talk();
		const { json } = await run({ options: { includeMedia: true } });
		const schema = JSON.parse(schemaFiles(resources).get('conversation/get.json') ?? '{}') as OutputSchema;
		const validate = new Ajv({ allowUnionTypes: true }).compile(closed(schema));
		expect([validate(json[0]), validate.errors]).toEqual([true, null]);
		expect(Object.keys(json[0])).toEqual(Object.keys(schema.properties ?? {}));
	});
});

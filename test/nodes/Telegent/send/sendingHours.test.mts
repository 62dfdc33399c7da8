import { NodeHelpers, type IDataObject, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';
import { runNode, type RunResult } from '../../../support/n8n.mts';
import { send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const PERSON = '+18015550123';
const hints = ({ run: { data } }: RunResult) =>
	data.resultData.runData.Telegent?.at(-1)?.hints?.map(({ message, type }) => ({ message, type })) ?? [];
const run = async (hours: IDataObject, more: IDataObject = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: { ...send(PERSON), safeguards: { quietHours: { hours } }, ...more } as INodeParameters,
	});
const utc = { zoneBy: 'given', timeZone: { __rl: true, mode: 'list', value: 'UTC' } };

describe('as n8n’s editor adds and stores them', () => {
	const { properties } = new Telegent().description;
	const node = { typeVersion: 1 };
	const option = (operation: string): INodeProperties => {
		const shown = properties.filter(
			({ displayOptions, name }) =>
				name === 'safeguards' &&
				displayOptions?.show?.resource?.includes('message') &&
				displayOptions.show.operation?.includes(operation),
		);
		expect(shown).toHaveLength(1);
		const options = shown[0].options as INodeProperties[];
		return options.find(({ name }) => name === 'quietHours') as INodeProperties;
	};
	/** What the editor saves of a node with this value, and what n8n makes of that when it runs. */
	const stored = (operation: string, quietHours: unknown) => {
		const given = { resource: 'message', operation, safeguards: { quietHours } } as INodeParameters;
		const through = (values: INodeParameters, defaults: boolean) =>
			NodeHelpers.getNodeParameters(properties, values, defaults, false, node, null) as INodeParameters;
		const saved = through(given, false);
		return { saved, loaded: through(saved, true) };
	};

	test.each(['send', 'sendAndWait', 'preview'])(
		'%s: added and not touched, they are in force',
		(operation) => {
			const added = structuredClone(option(operation).default);
			const { loaded } = stored(operation, added);
			expect(loaded.safeguards).toMatchObject({
				quietHours: {
					hours: { earliest: '09:00', latest: '20:00', days: [0, 1, 2, 3, 4, 5, 6], zoneBy: 'areaCode' },
				},
			});
		},
	);

	test('each of their fields is in the default, so that none of them is shown empty', () => {
		const { default: preset, options = [] } = option('send');
		const [{ values }] = options as Array<{ values: INodeProperties[] }>;
		expect(preset).toEqual({
			hours: Object.fromEntries(values.map(({ default: value, name }) => [name, value])),
		});
	});

	test('without any hours, as an older editor stored them, they are kept, and so refused', async () => {
		expect(stored('send', {}).saved.safeguards).toEqual({ quietHours: {} });
		const { error } = await run({}, { safeguards: { quietHours: {} } });
		expect(error?.message).toBe(
			"'Sending Hours': no hours are set. Fill in the fields, or remove 'Sending Hours'",
		);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

describe('what was understood is said', () => {
	test('by each run, also of one item', async () => {
		const { json, ...result } = await run({ earliest: '00:00', latest: '24:00', days: [1, 2, 0], ...utc });
		expect(json).toHaveLength(1);
		expect(hints({ json, ...result })[0]).toEqual({
			message: 'Sending Hours: 00:00–24:00 on Mon, Tue, Sun in UTC',
			type: undefined,
		});
	});

	test.each([
		[
			'20:00',
			'09:00',
			"Sending is allowed 20:00–09:00 in the recipient's local time, that is, at night. To send during the day, swap 'Send From' and 'Send Until'.",
		],
		['21:00', '20:00', expect.stringMatching(/^Sending is allowed 21:00–20:00 .*, that is, at night\./)],
		['00:00', '24:00', expect.stringMatching(/, that is, also at night\. .* change 'Send From' and/)],
	])('%s to %s: a warning', async (earliest, latest, message) => {
		const result = await run({ earliest, latest });
		expect(result.error).toBeUndefined();
		expect(hints(result)).toContainEqual({ message, type: 'warning' });
	});

	test('09:00 to 20:00: none', async () => {
		const said = hints(await run({ earliest: '09:00', latest: '20:00' }));
		expect(said).toEqual([
			{ message: "Sending Hours: 09:00–20:00 in the recipient's local time", type: undefined },
		]);
	});

	test('Send and Wait says it too', async () => {
		const { body, ...fields } = send(PERSON);
		const hours = { earliest: '20:00', latest: '19:00', days: [(new Date().getUTCDay() + 3) % 7] };
		const result = await run(hours, { ...fields, operation: 'sendAndWait', message: body });
		expect(result.json).toMatchObject([{ status: 'held', replied: false }]);
		expect(hints(result).map(({ type }) => type)).toEqual([undefined, 'warning']);
	});
});

describe('Preview', () => {
	const preview = async (safeguards: IDataObject, count: number, text = 'Hello', options: IDataObject = {}) =>
		await runNode({
			credential: { ...sandbox.credential, requestsPerMinute: 50 },
			parameters: {
				resource: 'message',
				operation: 'preview',
				to: '={{ $json.to }}',
				body: text,
				safeguards,
				options,
			} as INodeParameters,
			items: Array.from({ length: count }, (_, i) => ({ to: `+1801555${String(i).padStart(4, '0')}` })),
		});

	test('says the hours, and whom it is not the time for', async () => {
		const hours = { ...utc, earliest: '20:00', latest: '19:00', days: [(new Date().getUTCDay() + 3) % 7] };
		const result = await preview({ quietHours: { hours } }, 1);
		expect(result.json[0]).toMatchObject({
			to: ['+18015550000'],
			outsideHours: [{ number: '+18015550000', reason: expect.stringMatching(/outside the sending hours$/) }],
		});
		const [summary, warning] = hints(result);
		expect(summary.message).toMatch(
			/1 outside the sending hours now\. Nothing was sent\. Sending Hours: 20:00–19:00/,
		);
		expect(warning.type).toBe('warning');
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('says how long the list takes at the account’s limit', async () => {
		expect(hints(await preview({}, 60))[0].message).toContain(
			'Sending takes about 72 seconds at 50 requests per minute',
		);
		expect(hints(await preview({}, 50))[0].message).not.toMatch(/takes about/);
	});

	test('names the characters that need more segments', async () => {
		const { json } = await preview({}, 1, '“It’s” 😀');
		expect(json[0]).toMatchObject({ encoding: 'UCS-2', nonGsmCharacters: ['“', '’', '”', '😀'] });
		const replaced = await preview({}, 1, '“It’s”', { replaceSpecialCharacters: true });
		expect(replaced.json[0]).toMatchObject({ encoding: 'GSM-7', nonGsmCharacters: [] });
	});
});

describe('Dry Run', () => {
	test('says what the messages would cost', async () => {
		const result = await runNode({
			credential: sandbox.credential,
			parameters: { ...send('={{ $json.to }}', 'x'.repeat(161)), safeguards: { dryRun: true } },
			items: [{ to: PERSON }, { to: `${PERSON}, +18015550199` }],
		});
		expect(result.json[0]).toMatchObject({
			status: 'dryRun',
			encoding: 'GSM-7',
			characters: 161,
			segments: 2,
		});
		expect(hints(result)[0].message).toBe('0 sent (0 segments), 0 skipped, 2 dry run (6 segments), 0 failed');
	});
});

describe('Max Segments', () => {
	const refused = async (text: string, options: IDataObject = {}) => {
		const parameters = { ...send(PERSON, text), options: { maxSegments: 1, ...options } as never };
		return (await runNode({ credential: sandbox.credential, parameters })).error?.description;
	};

	test.each([
		['plain text', 'x'.repeat(161), {}, "Shorten the message, or raise 'Max Segments'."],
		[
			'curly quotes',
			`“${'x'.repeat(80)}”`,
			{},
			"A segment holds fewer than half the characters because of: “ ”. Add the option 'Replace Special Characters' to replace them, or shorten the message.",
		],
		[
			'emoji, which it leaves',
			'😀'.repeat(40),
			{},
			'A segment holds fewer than half the characters because of: 😀. Remove them, or shorten the message.',
		],
		[
			'letters, where it is on',
			'я'.repeat(80),
			{ replaceSpecialCharacters: true },
			'A segment holds fewer than half the characters because of: я. Remove them, or shorten the message.',
		],
	])('%s: what helps is said, and nothing else', async (_what, text, options, advice) => {
		expect(await refused(text, options)).toBe(`Nothing was sent. ${advice}`);
	});
});

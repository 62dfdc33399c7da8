import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { OUTBOUND, PROVISION, send, useSandbox } from '../../../support/sandbox.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

/* Values as imported workflows, tables and expressions give them: text for a switch, text for a number, nothing. */

useFasterTime();
const sandbox = useSandbox();
const PERSON = '+18015550123';

const run = async (parameters: object, more: Partial<RunOptions> = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: parameters as INodeParameters,
		node: { onError: 'continueRegularOutput' },
		...more,
	});
const asTool = async (parameters: object) =>
	await run(parameters, { node: { type: 'n8n-nodes-telegent.telegentTool' } });
const guarded = (safeguards: unknown, to = PERSON) => ({ ...send(to), safeguards });
const out = () => sandbox.control.outbox().length;

describe('Dry Run of Send', () => {
	test.each([true, 'true', 'TRUE', 'yes', 1, '1', '={{ "on" }}'])('%j sends nothing', async (dryRun) => {
		const { json } = await run(guarded({ dryRun }));
		expect(json[0]).toMatchObject({ status: 'dryRun' });
		expect(out()).toBe(0);
	});

	test.each([false, '', 'no', 0, '0', '={{ "" }}'])('%j sends', async (dryRun) => {
		const { json } = await run(guarded({ dryRun }));
		expect(json[0]).toMatchObject({ MessageId: expect.any(String) });
		expect(out()).toBe(1);
	});

	test.each(['={{ null }}', '={{ $json.missing }}', '={{ $json.missing.deeper }}'])(
		'%j, which returns no value, sends nothing',
		async (dryRun) => {
			const { json } = await run(guarded({ dryRun }));
			expect(json[0].error).toBe(
				"'Dry Run': the expression returned no value. Check it, or remove the field",
			);
			expect(out()).toBe(0);
		},
	);

	test('anything else is refused', async () => {
		const { json } = await run(guarded({ dryRun: 'perhaps' }));
		expect(json[0].error).toBe(`'Dry Run': "perhaps" is neither true nor false. Use true or false`);
		expect(out()).toBe(0);
	});
});

describe('the limits of a tool', () => {
	const remove = {
		resource: 'messageRoute',
		operation: 'delete',
		messageRouteId: { __rl: true, mode: 'id', value: 'MRID-5a4d0000-0000-4000-8000-000000000001' },
	};

	test.each(['TRUE', 'yes', 1])('Dry Run %j does nothing', async (dryRun) => {
		expect((await asTool({ ...remove, dryRun })).json[0]).toMatchObject({ status: 'dryRun' });
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('a Dry Run that is neither on nor off does nothing, and is named', async () => {
		const { error } = await asTool({ ...remove, allowCostlyOrFinal: true, dryRun: 'perhaps' });
		expect(error?.message).toBe(`'Dry Run': "perhaps" is neither true nor false. Use true or false`);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test.each(['perhaps', 2, 'no', 'all'])(
		'Allow Paid or Irreversible Operations %j allows nothing',
		async (given) => {
			const { json } = await asTool({ ...remove, allowCostlyOrFinal: given });
			expect(json[0]).toMatchObject({ status: 'refused' });
			expect(sandbox.calls()).toHaveLength(0);
		},
	);

	test.each(['true', 'yes', 1])('Allow Paid or Irreversible Operations %j allows', async (given) => {
		const { json } = await asTool({ ...remove, allowCostlyOrFinal: given });
		expect(json[0]).toMatchObject({ deleted: true });
	});

	test.each([
		{ allowedRecipients: '={{ $parameter.to }}' },
		{ allowedRecipients: '={{ $item(0).$node["Telegent"].parameter.to }}' },
		{ allowedRecipients: '={{ $node["Telegent"].parameter.to }}' },
		{ quietHours: { hours: { timeZone: '={{ $parameter.zone }}' } } },
	])('%j would bind nobody', async (safeguards) => {
		const { error } = await asTool(guarded(safeguards));
		expect(error?.message).toMatch(/could change this tool's limits/);
		expect(error?.description).toMatch(/Remove \$\w+(, \$\w+)* from 'Safeguards'/);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

test.each([{}, '={{ $json.hours }}'])(
	'Sending Hours %j hold nobody back, so they are refused',
	async (quietHours) => {
		const { json } = await run(guarded({ quietHours }));
		expect(json[0].error).toMatch(/^'Sending Hours': no hours are set/);
		expect(out()).toBe(0);
	},
);

test('a Suppression List in decimals holds', async () => {
	const { json } = await run(guarded({ suppressionList: '8015550123.0\n+18015550199' }));
	expect(json[0]).toMatchObject({ status: 'skipped' });
	expect(out()).toBe(0);
});

test('a Suppression List with an entry that cannot be read lets nobody through', async () => {
	const { json } = await run(guarded({ suppressionList: '8.01555E+09, +18015550199' }));
	expect(json[0].error).toMatch(/^'Suppression List': "8\.01555E\+09" isn't a valid phone number/);
	expect(out()).toBe(0);
});

describe('Wait for Outcome', () => {
	const provision = (options: IDataObject) => ({ ...PROVISION, options });

	test.each([
		[
			{ waitForOutcome: true, waitMinutes: 'ten' },
			`'Wait Up To (Minutes)': "ten" isn't a number of minutes. Enter it without the unit, for example 30`,
		],
		[{ waitForOutcome: true, waitMinutes: '' }, /^'Wait Up To \(Minutes\)': "" isn't a number/],
		[
			{ waitForOutcome: 'perhaps' },
			`'Wait for Outcome': "perhaps" is neither true nor false. Use true or false`,
		],
	])('%j is refused before anything is ordered', async (options, message) => {
		const { json } = await run(provision(options));
		expect(json[0].error).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('as text', async () => {
		sandbox.control.order({ status: 'Complete', delaySeconds: 1 });
		const { json } = await run(provision({ waitForOutcome: 'yes', waitMinutes: '1' }));
		expect(json[0]).toMatchObject({ OrderStatus: 'Complete' });
	});
});

test('a bound of an expected number that is none is refused before the question goes out', async () => {
	const { from, to } = send(PERSON);
	const question = { resource: 'message', operation: 'sendAndWait', from, to, message: 'How many?' };
	const { json } = await run({ ...question, expectedAnswer: 'number', options: { minimum: 'one' } });
	expect(json[0].error).toBe(`'Minimum': "one" isn't a number. Enter digits only, for example 2.5`);
	expect(sandbox.calls()).toHaveLength(0);
});

describe('media', () => {
	const withMedia = (additionalFields: IDataObject) => send(PERSON, 'Look', additionalFields);
	const file = (bytes: number) => ({
		data: Buffer.alloc(bytes, 1).toString('base64'),
		mimeType: 'image/png',
	});
	const content = (bytes: number) => ({
		base64: Buffer.alloc(bytes, 1).toString('base64'),
		baseType: 'image/png',
	});

	test('an address with commas is one address', async () => {
		const mediaUrls = 'https://res.cloudinary.com/x/w_200,h_100,c_fill/x.jpg, https://example.com/b.jpg';
		await run(withMedia({ mediaUrls }));
		expect(sandbox.calls(OUTBOUND)[0].body).toMatchObject({
			MmsMedia: [
				{ MediaUrl: 'https://res.cloudinary.com/x/w_200,h_100,c_fill/x.jpg' },
				{ MediaUrl: 'https://example.com/b.jpg' },
			],
		});
	});

	test('an empty file is refused by its field', async () => {
		const items = [{ json: {}, binary: { photo: file(3), scan: file(0) } }];
		const { json } = await run(withMedia({ binaryFields: 'photo, scan' }), { items });
		expect(json[0].error).toBe(`'Input Data Field Names': the file in "scan" is empty`);
		expect(out()).toBe(0);
	});

	test('an empty file as Base64 is refused too', async () => {
		const mmsBase64 = { file: [content(3), content(0)] };
		const { json } = await run(withMedia({ mmsBase64 }));
		expect(json[0].error).toBe("'Media Files (Base64)': file 2 is empty");
		expect(out()).toBe(0);
	});

	test('files of both kinds together are at most 5 MB', async () => {
		const items = [{ json: {}, binary: { photo: file(2 * 1024 * 1024) } }];
		const half = { file: [content(2 * 1024 * 1024), content(1024 * 1024)] };
		const both = { mmsBase64: half, binaryFields: 'photo' };
		expect((await run(withMedia(both), { items })).error).toBeUndefined();
		expect(out()).toBe(1);
		half.file.push(content(1));
		const { json } = await run(withMedia(both), { items });
		expect(json[0].error).toMatch(/^The media files add up to 5\.0 MB/);
		const alone = { mmsBase64: { file: [content(5 * 1024 * 1024 + 1)] } };
		expect((await run(withMedia(alone))).json[0].error).toMatch(/add up to 5\.0 MB, but an MMS/);
		expect(out()).toBe(1);
	});
});

describe('Preview', () => {
	const preview = { resource: 'message', operation: 'preview', body: 'Hello', options: {} };

	test('a recipient that is empty is invalid, as in Send', async () => {
		const items = [{ to: '' }, { to: ' ' }, { to: null }, { to: ',' }, { to: [''] }, { to: PERSON }];
		const { json } = await run({ ...preview, to: '={{ $json.to }}' }, { items: items as never });
		expect(json.map(({ invalid }) => invalid)).toEqual([
			...Array.from({ length: 5 }, () => [{ number: '', reason: 'no phone number was entered' }]),
			[],
		]);
	});

	test('without recipients it is about the text alone', async () => {
		const { json } = await run({ ...preview, to: '' });
		expect(json[0]).toMatchObject({ segments: 1, invalid: [], to: [] });
	});

	test('Replace Special Characters as text', async () => {
		const given = { ...preview, body: '“Hi”' };
		const replaced = await run({ ...given, options: { replaceSpecialCharacters: 'TRUE' } });
		expect(replaced.json[0].text).toBe('"Hi"');
		const { json } = await run({ ...given, options: { replaceSpecialCharacters: 'perhaps' } });
		expect(json[0].error).toBe(
			`'Replace Special Characters': "perhaps" is neither true nor false. Use true or false`,
		);
	});
});

describe('dates', () => {
	const park = (effectiveDate: string) => ({
		resource: 'number',
		operation: 'changeStatus',
		phoneNumbers: '+15005550100',
		statusChange: 'park',
		effectiveDate,
	});

	test.each(['={{ "2026-13-45" }}', '={{ "2026-02-31" }}'])('%s does not reach Telegent', async (given) => {
		const { json } = await run(park(given));
		expect(json[0].error).toMatch(/isn't a valid date/);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test.each([
		'={{ DateTime.fromISO("2030-12-31T23:30:00") }}',
		'={{ DateTime.fromISO("2030-12-31T23:30:00").toJSDate() }}',
		'={{ new Date("2031-01-01T04:30:00Z") }}',
	])('%s is the last day of 2030 in n8n’s time zone', async (given) => {
		await run(park(given));
		expect(sandbox.calls('/v1.0/numbers/status')[0].body).toMatchObject({ EffectiveDate: '12/31/2030' });
	});
});

describe('API Request', () => {
	const get = (path: string, parameter: IDataObject[] = []) => ({
		resource: 'apiRequest',
		operation: 'request',
		method: 'GET',
		path,
		queryParameters: { parameter },
	});
	const asked = () => sandbox.calls('/v1.0/numbers').map(({ query }) => query);

	test('a plus in the path stays a plus', async () => {
		await run(get('/v1.0/numbers?Number=+15005550100'));
		await run(get('/v1.0/numbers?Number=%2B15005550100'));
		await run(get('/v1.0/numbers', [{ name: 'Number', value: '+15005550100' }]));
		expect(asked()).toEqual(Array.from({ length: 3 }, () => ({ Number: '+15005550100' })));
	});
});

describe('Account → Update', () => {
	test('lines of an address that are left empty stay as they are, null clears one', async () => {
		const update = (address: IDataObject) => ({
			resource: 'account',
			operation: 'update',
			updateFields: { billingAddress: { address } },
		});
		const blank = { street1: '', street2: '', city: '', state: '', zip: '', country: '' };
		await run(update({ ...blank, city: 'Provo' }));
		await run(update({ ...blank, street2: '={{ null }}' }));
		const sent = sandbox.calls('/v1.0/account/update').map(({ body }) => body);
		expect(sent).toEqual([{ BillingAddress: { City: 'Provo' } }, { BillingAddress: { Street2: null } }]);
	});
});

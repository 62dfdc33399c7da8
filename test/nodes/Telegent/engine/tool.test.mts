import type { INodeParameters } from 'n8n-workflow';
import { descriptionForModel } from '../../../../nodes/Telegent/description/toolFields.ts';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';
import { runNode } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, PROVISION, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const TYPE = 'n8n-nodes-telegent.telegentTool';
const asTool = async (parameters: INodeParameters, items = [{}]) =>
	await runNode({ credential: sandbox.credential, parameters, items, node: { type: TYPE } });

const apiRequest = (method: string, path: string) => ({
	resource: 'apiRequest',
	operation: 'request',
	method,
	path,
});

describe('what costs money or is final, as a tool', () => {
	test('is refused before anything is asked, not even for a token; the run goes on', async () => {
		const { error, json } = await asTool(PROVISION);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				status: 'refused',
				reason:
					`"Provision number" isn't allowed for this tool, because it can cost money. Nothing was done. Don't try again. ` +
					`To allow it, a person must turn on 'Allow Paid or Irreversible Operations' in the "Telegent" node.`,
			},
		]);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('is refused where only a later item is such a thing', async () => {
		const parameters = apiRequest('={{ $json.method }}', '/numbers/inventory');
		const { json } = await asTool(parameters, [{ method: 'GET' }, { method: 'DELETE' }]);
		expect(json).toEqual(Array(2).fill(expect.objectContaining({ status: 'refused' })));
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('is refused although what the model gave does not fit', async () => {
		const { error, json } = await asTool({ ...PROVISION, numberType: 'nonsense' });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'refused' });
	});

	test('is done where a person allowed it', async () => {
		const { json } = await asTool({ ...PROVISION, allowCostlyOrFinal: true });
		expect(json[0]).toMatchObject({ OrderId: expect.any(String) });
		expect(sandbox.calls('/v1.0/numbers/provision')).toHaveLength(1);
	});

	test('is done in an ordinary workflow', async () => {
		await runNode({ credential: sandbox.credential, parameters: PROVISION });
		expect(sandbox.calls('/v1.0/numbers/provision')).toHaveLength(1);
	});

	test('Dry Run says what would have been sent', async () => {
		const { json } = await asTool({ ...PROVISION, dryRun: true });
		expect(json[0]).toMatchObject({ status: 'dryRun', request: { NumberType: 'mvno' } });
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('Dry Run of an API request shows method and path, and the body', async () => {
		const request = {
			...apiRequest('POST', '/numbers/provision?Mode=1'),
			requestBody: '{"NumberType":"mvno"}',
		};
		const { json } = await asTool({ ...request, dryRun: true });
		expect(json[0]).toMatchObject({
			status: 'dryRun',
			request: {
				Method: 'POST',
				Path: '/v1.0/numbers/provision',
				QueryParameters: [{ Name: 'Mode', Value: '1' }],
				RequestBody: { NumberType: 'mvno' },
			},
		});
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('an API request that reads is no such thing, any other is', async () => {
		expect((await asTool(apiRequest('GET', '/v1.0/numbers/inventory'))).json[0]).toMatchObject({
			PhoneNumbers: expect.anything(),
		});
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			expect((await asTool(apiRequest(method, '/v1.0/webhook/delete'))).json[0]).toMatchObject({
				status: 'refused',
			});
		}
		expect(sandbox.calls('/v1.0/webhook/delete')).toHaveLength(0);
	});

	test.each([
		{ ...PROVISION, allowCostlyOrFinal: "={{ $fromAI('Allow', '', 'boolean') }}" },
		{ ...PROVISION, allowCostlyOrFinal: '={{ $json.allow }}' },
		{ ...send('+18015550123'), safeguards: { allowedRecipients: '={{ $json.to }}' } },
	])('what binds the model must not come from it', async (parameters) => {
		const { error } = await asTool(parameters as INodeParameters);
		expect(error?.message).toMatch(/could change this tool's limits/);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

describe('Send as a tool', () => {
	test('what goes wrong is told to the model, with what became of it', async () => {
		const unfit = await asTool(send('Ana'));
		expect(unfit.error).toBeUndefined();
		expect(unfit.json[0]).toMatchObject({
			error: expect.stringContaining(`"Ana" isn't a phone number`),
			details: { outcome: 'notDone' },
		});
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		expect((await asTool(send('+18015550123'))).json[0]).toMatchObject({ details: { outcome: 'unsure' } });
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	});

	test('a person can have it end the run all the same', async () => {
		const node = { type: TYPE, onError: 'stopWorkflow' as const };
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('Ana'), node });
		expect(error?.message).toContain(`"Ana" isn't a phone number`);
	});

	test('keeps its safeguards, and counts over all calls of an execution', async () => {
		const parameters = {
			...send('={{ $json.to }}'),
			safeguards: { allowedRecipients: '+1801*', mostMessages: 1 },
		};
		const { json } = await asTool(parameters, [
			{ to: '+12025550142' },
			{ to: '+18015550123' },
			{ to: '+18015550124' },
		] as never);
		expect(json.map(({ status }) => status)).toEqual(['refused', undefined, 'refused']);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	});

	test('has one output: the model hears of what is held', async () => {
		const days = [(new Date().getUTCDay() + 3) % 7];
		const hours = { zoneBy: 'given', timeZone: 'UTC', days, otherwise: 'secondOutput' };
		const { outputs } = await asTool({ ...send('+18015550123'), safeguards: { quietHours: { hours } } });
		expect(outputs[0][0].json).toMatchObject({ status: 'held' });
	});
});

describe('the table', () => {
	const all = resources.flatMap(({ operations, value }) =>
		operations.map((operation) => ({ name: `${value}.${operation.value}`, operation })),
	);

	test.each(
		all
			.filter(({ operation }) => operation.safety !== 'read')
			.map((one) => [one.name, one.operation] as const),
	)('%s says whether it costs money or is final', (name, operation) => {
		const words = `${operation.value} ${operation.route}`;
		const charged = operation.fields.some(({ name: field }) => field === 'chargeNotice');
		const warned = operation.fields.some(({ type }) => type === 'notice');
		const final =
			operation.deletes === true ||
			warned ||
			/delete|cancel|provision|portin|portout|transfer|sims|numbers\/status|reactivate/i.test(words);
		if (charged) expect(`${name}: ${String(operation.stakes)}`).toBe(`${name}: money`);
		else if (final && name !== 'message.sendAndWait') expect(operation.stakes).toBeDefined();
	});

	test('what only reads costs nothing and is not final', () => {
		expect(
			all.filter(({ operation: { safety, stakes } }) => safety === 'read' && stakes).map(({ name }) => name),
		).toEqual([]);
	});

	test('a model is told of each operation what it does and what it must know, in few words', () => {
		for (const { name, operation } of all) {
			const text = descriptionForModel(operation);
			expect({ name, text, short: text.length < 700 }).toEqual({
				name,
				text: expect.stringMatching(/^Telegent \(.{20,}\.$/),
				short: true,
			});
		}
	});

	test('only the tool’s form has the tool’s fields, and its required texts are the model’s to fill in', () => {
		const { properties } = new Telegent().description;
		const own = properties.filter(
			({ displayOptions, name }) => name === 'to' && displayOptions?.show?.operation?.includes('send'),
		);
		expect(
			own.map(({ default: preset, displayOptions }) => [
				preset,
				displayOptions?.show?.['@tool'],
				displayOptions?.hide?.['@tool'],
			]),
		).toEqual([
			['', undefined, [true]],
			[
				expect.stringMatching(
					/^=\{\{ \/\*n8n-auto-generated-fromAI-override\*\/ \$fromAI\('To', `The recipient's .*`, 'string'\) \}\}$/,
				),
				[true],
				undefined,
			],
		]);
		for (const name of ['toolDescription', 'allowCostlyOrFinal', 'dryRun']) {
			const shown = properties.filter((property) => property.name === name);
			const operations = shown.flatMap(({ displayOptions: { show = {} } = {} }) =>
				show.resource?.flatMap(() => show.operation),
			);
			expect(operations.length).toBeGreaterThan(20);
			for (const { displayOptions } of shown) expect(displayOptions?.show?.['@tool']).toEqual([true]);
		}
	});

	test('whom a review asks is never the model’s to say: n8n makes its review step of Send and Wait for Response', () => {
		const { properties } = new Telegent().description;
		const own = properties.filter(({ displayOptions }) =>
			displayOptions?.show?.operation?.includes('sendAndWait'),
		);
		expect(own.length).toBeGreaterThan(5);
		expect(JSON.stringify(own)).not.toMatch(/fromAI|@tool/);
	});
});

describe('Fields to Return, as a tool', () => {
	const get = (outputFields: string, more: INodeParameters = {}) => ({
		resource: 'messageRoute',
		operation: 'getAll',
		returnAll: true,
		outputFields,
		...more,
	});

	test('gives the model these fields only, in this order, also what the node adds', async () => {
		const { json } = await asTool(get(' routename, MessageRouteId ,HeldBy'));
		expect(json.length).toBeGreaterThan(1);
		for (const route of json) expect(Object.keys(route)).toEqual(['RouteName', 'MessageRouteId', 'HeldBy']);
	});

	test('is stronger than Simplify, and shows no secret', async () => {
		const search = {
			resource: 'message',
			operation: 'search',
			phoneNumber: { __rl: true, mode: 'number', value: OWN_NUMBER },
			simplify: true,
		};
		await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		const { json } = await asTool({ ...search, outputFields: 'MessageID, Type' });
		expect(Object.keys(json[0])).toEqual(['MessageID', 'Type']);
		const { json: routes } = await asTool(get('MessagePasswordToken'));
		expect(routes.every(({ MessagePasswordToken: token }) => !token || token === '********')).toBe(true);
	});

	test('names the fields that there are where none of them exists', async () => {
		const { json } = await asTool(get('Nmae'));
		expect(json[0].error).toMatch(
			/^'Fields to Return': the response has no field "Nmae"\. It has: .*RouteName/,
		);
	});

	test('changes nothing where it is empty, and nothing of an ordinary node', async () => {
		const { json: plain } = await runNode({ credential: sandbox.credential, parameters: get('RouteName') });
		const { json: tool } = await asTool(get(''));
		expect(tool).toEqual(plain);
		expect(Object.keys(plain[0]).length).toBeGreaterThan(5);
	});

	test('is offered by all operations that read, and by no other', () => {
		const { properties } = new Telegent().description;
		const offered = properties.filter(({ name }) => name === 'outputFields');
		expect(offered.every(({ displayOptions }) => displayOptions?.show?.['@tool']?.[0] === true)).toBe(true);
		const has = (resource: string, operation: string) =>
			offered.some(
				({ displayOptions: { show = {} } = {} }) =>
					show.resource?.includes(resource) && show.operation?.includes(operation),
			);
		for (const { operations, value } of resources)
			for (const { local, safety, value: operation } of operations)
				expect([value, operation, has(value, operation)]).toEqual([
					value,
					operation,
					safety === 'read' && !local,
				]);
	});
});

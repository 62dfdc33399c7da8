import type { INodeParameters, IPairedItemData } from 'n8n-workflow';
import type { Operation, OperationHooks } from '../../../../nodes/Telegent/engine/operation.ts';
import { allPages, selectFields } from '../../../../nodes/Telegent/engine/response.ts';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, PROVISION, send, useSandbox } from '../../../support/sandbox.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

/* Answers with HTTP 200 that are not what the documentation shows. */

useFasterTime();
const sandbox = useSandbox();
const number = { __rl: true, mode: 'number', value: OWN_NUMBER };
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const run = async (parameters: object, more: Partial<RunOptions> = {}) =>
	await runNode({ credential: sandbox.credential, parameters: parameters as INodeParameters, ...more });
const answers = (path: string, body: unknown, count = 1) =>
	sandbox.control.addFault({ path, count, status: 200, body: (body ?? 'null') as never });
/** Words of the JavaScript engine, and objects that were made text. */
const ENGINE = /cannot (read|destructure|convert)|is not (a function|iterable)|undefined|\[object/i;

const subscribe = {
	resource: 'subscription',
	operation: 'create',
	subscriberId: { __rl: true, mode: 'id', value: 'TSUID-1' },
	packageId: { __rl: true, mode: 'id', value: 'PID-1' },
	type: 'mvno',
};
const post = { resource: 'apiRequest', operation: 'request', method: 'POST', path: '/v1.0/anything' };
const removeItem = {
	resource: 'service',
	operation: 'removeItem',
	serviceId: { __rl: true, mode: 'id', value: 'SID-1' },
};

describe('An answer that says nothing to what can be done once only', () => {
	const operations: Array<[string, string, object]> = [
		['Send', OUTBOUND, send('+18015550123')],
		['Provision', '/v1.0/numbers/provision', PROVISION],
		['Create Subscription', '/v1.0/subscriptions', subscribe],
		['Make Request', '/v1.0/anything', post],
		['Remove Item', '/v1.0/services/items/delete', removeItem],
	];
	const bodies = [[null], [], {}, null, [{}], { MessageId: null }, ''];

	test.each(operations)('%s: not sure, and not repeated', async (_name, path, parameters) => {
		for (const body of bodies) {
			answers(path, body);
			const before = sandbox.calls(path).length;
			const { error, json } = await run(parameters, { node: retried });
			expect({ body, json, outcome: error?.context?.outcome }).toEqual({ body, json: [], outcome: 'unsure' });
			expect(error?.message).not.toMatch(ENGINE);
			expect(sandbox.calls(path)).toHaveLength(before + 1);
		}
	});

	test('a DELETE of API Request needs no words', async () => {
		sandbox.control.addFault({ path: '/v1.0/anything', count: 1, status: 204, body: '' });
		const { error } = await run({ ...post, method: 'DELETE' });
		expect(error).toBeUndefined();
	});
});

describe('null among records', () => {
	const ask = {
		resource: 'message',
		operation: 'getAll',
		phoneNumber: '={{ $json.number }}',
		returnAll: true,
	};
	const items = [{ number: OWN_NUMBER }, { number: OWN_NUMBER }];

	test('every record becomes an item, and the other items keep theirs', async () => {
		const body = { Messages: [{ MessageId: 'a' }, null, 'text', ['list'], { MessageId: 'b' }], Total: 5 };
		answers('/v1.0/message/filter', body, 2);
		const { error, items: out } = await run(ask, { items });
		expect(error).toBeUndefined();
		expect(
			out.filter(({ pairedItem }) => (pairedItem as IPairedItemData).item === 1).map(({ json }) => json),
		).toEqual([
			{ MessageId: 'a' },
			{ value: null },
			{ value: 'text' },
			{ value: ['list'] },
			{ MessageId: 'b' },
		]);
	});

	test.each(['text', 7, true])('%j in place of a list is said in words', async (Messages) => {
		answers('/v1.0/message/filter', { Messages, Total: 1 }, 9);
		const { json } = await run(ask, { items, node: { onError: 'continueRegularOutput' } });
		expect(json.map(({ error }) => error)).toEqual(
			items.map(() => `In Telegent's response, "Messages" isn't a list, but a ${typeof Messages}`),
		);
	});
});

describe('Lists without a list', () => {
	const routes = { resource: 'messageRoute', operation: 'getAll', returnAll: true, simplify: false };
	const PATH = '/v1.0/account/message/routes';

	test('what holds only totals of nothing gives no item', async () => {
		answers(PATH, { AccountID: 'AID-1', TotalRoutes: 0 });
		expect((await run(routes)).json).toEqual([]);
	});

	test('what counts entries but has none is said', async () => {
		answers(PATH, { AccountID: 'AID-1', TotalRoutes: 2 });
		expect((await run(routes)).error?.message).toBe(
			`Telegent's response counts 2 entries, but has no list "Results"`,
		);
	});

	test('another spelling of the list is found', async () => {
		answers(PATH, { results: [{ MessageRouteId: 'MRID-1' }] });
		expect((await run(routes)).json).toMatchObject([{ MessageRouteId: 'MRID-1' }]);
	});

	test('a single record is one', async () => {
		answers('/v1.0/distributor/accounts', { AccountId: 'AID-1', AccountName: 'One', TotalSubscribers: 0 });
		const accounts = { resource: 'account', operation: 'getAll', returnAll: true };
		expect((await run(accounts)).json).toEqual([
			{ AccountId: 'AID-1', AccountName: 'One', TotalSubscribers: 0 },
		]);
	});

	test('nothing about a route does not say that nobody holds it', async () => {
		answers('/v1.0/message/routes', null);
		const messageRouteId = { __rl: true, mode: 'id', value: 'MRID-1' };
		const { json } = await run({ resource: 'messageRoute', operation: 'get', messageRouteId });
		expect(json).toEqual([{}]);
	});
});

describe('Return All ends', () => {
	const ask = { resource: 'message', operation: 'getAll', phoneNumber: number, returnAll: true };
	const page = (id: string, Total?: number) => ({ Messages: Array(100).fill({ MessageId: id }), Total });

	test('with pages that are always new: an error after 10,000 of them, which says what to set', async () => {
		let calls = 0;
		const call = async () => ({ Messages: [{ MessageId: String(++calls) }], TotalMessages: 1e12 });
		const paging = { page: 'PageNumber', size: 'Limit', total: 'TotalMessages', most: 1 };
		await expect(allPages({ list: 'Messages' }, paging, call, Infinity)).rejects.toThrow(
			"Telegent keeps returning pages after 10000 entries. Turn off 'Return All' and set a 'Limit'",
		);
		expect(calls).toBe(10_000);
	});

	test.each([undefined, 1e12])('with pages A B A B … and a total of %j', async (total) => {
		for (const id of ['a', 'b', 'a', 'b', 'a', 'b']) answers('/v1.0/message/filter', page(id, total));
		const { json } = await run(ask);
		expect(json).toHaveLength(200);
		expect(sandbox.calls('/v1.0/message/filter')).toHaveLength(3);
	});
});

describe('HTTP 200 that says no', () => {
	test.each([
		{ Successful: 'false', Message: 'No' },
		{ success: false, Message: 'No' },
		{ Success: 'False', Message: 'No' },
	])('%j is a refusal', async (body) => {
		answers(OUTBOUND, body);
		expect((await run(send('+18015550123'))).error).toMatchObject({
			message: 'No',
			context: { outcome: 'notDone' },
		});
	});

	test.each(['Error', 'Rejected', 'Cancelled', 'Failed'])(
		'an order with the status %s is a failure of the item, and not placed again',
		async (OrderStatus) => {
			const body = { OrderId: 'JNUOID-1', OrderStatus, OrderStatusMessage: 'No inventory' };
			answers('/v1.0/numbers/provision', body);
			const { error } = await run({ ...PROVISION, options: {} }, { node: retried });
			expect(error?.message).toBe("Order JNUOID-1 didn't go through: No inventory");
			expect(error?.description).toBe(
				`The order's status is ${OrderStatus}. To check it again, use Number → Get Order.`,
			);
			expect(error?.context).toMatchObject({ outcome: 'done', itemIndex: 0 });
			expect(sandbox.calls('/v1.0/numbers/provision')).toHaveLength(1);
		},
	);

	const limits = {
		resource: 'dataUsage',
		operation: 'updateLimits',
		phoneNumbers: OWN_NUMBER,
		limitValue: 20,
	};

	test('limits that failed as a whole', async () => {
		answers('/v1.0/numbers/data-usage', {
			Status: 'Failed',
			StatusMessage: 'No data plan',
			PhoneNumbers: [],
		});
		const { error } = await run({ ...limits, valueUnit: 'MB' });
		expect(error?.message).toBe("The change didn't go through: No data plan");
		expect(error?.context).toMatchObject({ outcome: 'notDone' });
	});

	test('limits that failed for one number', async () => {
		const PhoneNumbers = [
			{ Number: '+15005550100', Status: 'Success' },
			{ Number: '+15005550101', Status: 'Failed', StatusMessage: 'Parked' },
		];
		answers('/v1.0/numbers/data-usage', { Status: 'Complete', PhoneNumbers });
		const { error } = await run({ ...limits, valueUnit: 'MB' });
		expect(error?.message).toBe("The change didn't go through: +15005550101: Parked");
		expect(error?.description).toMatch(/^The change was made for \+15005550100\./);
		expect(error?.context).toMatchObject({ outcome: 'done' });
	});

	test.each([
		[
			'update',
			'/v1.0/numbers/update',
			{ UpdateOrderStatus: 'Error', Message: 'SIM in use' },
			{ number, updateFields: { messageEnabled: true } },
		],
		[
			'reactivate',
			'/v1.0/numbers/reactivate',
			{ Status: 'Failed', StatusMessage: 'SIM in use' },
			{ phoneNumber: number },
		],
	])('Number → %s', async (operation, path, body, parameters) => {
		answers(path, body);
		const { error } = await run({ resource: 'number', operation, ...parameters });
		expect(error?.message).toBe("The change didn't go through: SIM in use");
		expect(error?.context).toMatchObject({ outcome: 'notDone' });
	});

	test.each([
		['alone', [null, { OrderStatus: 'Complete', Note: 'in a list' }], 1],
		[
			'among others',
			[
				{ OrderId: 'a', OrderStatus: 'Error' },
				{ OrderId: 'b', OrderStatus: 'Error' },
			],
			2,
		],
	])('an order is looked up in a list, as documented: %s', async (_what, body, looks) => {
		sandbox.control.order({ status: 'Complete', delaySeconds: 3 });
		answers('/v1.0/numbers/order', body);
		const { error, json } = await run({ ...PROVISION, options: { waitForOutcome: true } });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ OrderStatus: 'Complete', ...(looks === 1 && { Note: 'in a list' }) }]);
		expect(Object.keys(json[0])).not.toContain('0');
		expect(sandbox.calls('/v1.0/numbers/order')).toHaveLength(looks);
	});
});

describe('Deletes', () => {
	test('tell what Telegent said', async () => {
		const PackageStatus = 'Active';
		answers('/v1.0/packages/delete', { PackageStatus, Message: 'Package has active subscriptions' });
		const packageId = { __rl: true, mode: 'id', value: 'PID-1' };
		const { json } = await run({ resource: 'package', operation: 'delete', packageId });
		expect(json).toEqual([
			{ deleted: true, PackageId: 'PID-1', PackageStatus, Message: 'Package has active subscriptions' },
		]);
	});

	test.each([[null], [[null]], [{ PackageId: null }], [{}]])('%j says nothing', async (body) => {
		answers('/v1.0/packages/delete', body);
		const packageId = { __rl: true, mode: 'id', value: 'PID-1' };
		const { json } = await run({ resource: 'package', operation: 'delete', packageId });
		expect(json).toEqual([{ deleted: true, PackageId: 'PID-1' }]);
	});
});

test('Secrets that Telegent echoes are masked', async () => {
	const { credential } = sandbox;
	answers('/v1.0/numbers', { Number: OWN_NUMBER, PortOutPin: '4711', Nested: [{ Password: 'geheim' }] });
	const { json } = await runNode({
		credential,
		parameters: { resource: 'number', operation: 'get', number, simplify: false },
	});
	expect(json).toEqual([{ Number: OWN_NUMBER, PortOutPin: '********', Nested: [{ Password: '********' }] }]);
});

describe('Sources that disagree (docs/decisions/what-is-sent.md)', () => {
	test('voip can be looked for and ordered', async () => {
		const { numberType: _numberType, ...order } = PROVISION;
		const ordered = await run({ ...order, numberType: 'voip' });
		expect(ordered.error).toBeUndefined();
		const looked = await run({
			resource: 'number',
			operation: 'searchAvailable',
			numberType: '={{ "voip" }}',
			messageEnabled: true,
			voiceEnabled: false,
		});
		expect(looked.error).toBeUndefined();
		const paths = ['/v1.0/numbers/provision', '/v1.0/numbers/availability'];
		for (const path of paths) expect(sandbox.calls(path)[0].body).toMatchObject({ NumberType: 'voip' });
	});

	test.each([['New_SMS'], ['New_Sms']])('%s is New_Sms when a webhook is updated', async (event) => {
		answers('/v1.0/webhook/update', { WebhookId: 'WHID-1' });
		await run({
			resource: 'webhook',
			operation: 'update',
			webhookId: { __rl: true, mode: 'id', value: 'WHID-1' },
			updateFields: { subscribedEvents: `={{ ['${event}', 'Order_Update'] }}` },
		});
		expect(sandbox.calls('/v1.0/webhook/update')[0].body).toMatchObject({
			SubscribedEvents: 'New_Sms, Order_Update',
		});
	});

	test('a voice route of any type can have all fields', async () => {
		await run({
			resource: 'voiceRoute',
			operation: 'create',
			routeName: 'Mine',
			routeType: 'URL',
			additionalFields: { trunkIp1: '20.87.87.87', trunk1Priority: 10 },
		});
		expect(sandbox.calls('/v1.0/voice/routes')[0].body).toMatchObject({
			TrunkIp1: '20.87.87.87',
			Trunk1Priortiy: 10,
		});
	});
});

describe('A slip of our own', () => {
	const entry = resources.flatMap(({ operations }) => operations).find(({ value }) => value === 'provision');
	const slip = () => {
		throw new TypeError('Cannot read properties of undefined');
	};
	const provision = async (steps: OperationHooks) => {
		answers('/v1.0/numbers/provision', { OrderId: 'JNUOID-1' });
		const replaced = jest.spyOn(entry as Required<Operation>, 'hooks').mockReturnValue(steps);
		const result = await run({ ...PROVISION, options: {} });
		replaced.mockRestore();
		return result;
	};

	test('while an answer is read: not sure, without the engine’s words', async () => {
		const { error } = await provision({ accept: slip });
		expect(error).toMatchObject({
			message: "Telegent's response has an unexpected format",
			context: { outcome: 'unsure' },
		});
	});

	test('after the work: done, without the engine’s words', async () => {
		const { error } = await provision({ afterResponse: slip });
		expect(error?.context).toMatchObject({ outcome: 'done' });
		expect(error?.message).not.toMatch(ENGINE);
		expect(error?.description).toContain('JNUOID-1');
	});
});

test('fields that a record does not have are said in a short message', () => {
	const names = Array.from({ length: 10_000 }, (_, at) => `${at}${'x'.repeat(1_000)}`);
	const record = Object.fromEntries(names.map((name) => [`y${name}`, 1]));
	expect(() => selectFields(record, names)).toThrow(/the response has no field "0x{99}…", "1x/);
	const said = jest.fn((error: Error) => error.message.length);
	try {
		selectFields(record, names);
	} catch (error) {
		said(error as Error);
	}
	expect(said.mock.results[0].value).toBeLessThan(12_000);
});

import {
	idOf,
	listRoutes,
	readRoute,
	recordsOf,
	switchOf,
	UnusableResponse,
	updateRoute,
} from '../../../../nodes/shared/routes/api.ts';
import { assignRoute, numbersOn, readNumber } from '../../../../nodes/shared/routes/numbers.ts';
import { listWebhooks } from '../../../../nodes/shared/routes/webhooks.ts';
import { apiError, fakeTelegent } from '../../../support/fakeTelegent.mts';

describe('message routes', () => {
	test('of the whole account are listed without a query, those of one account with its ID', async () => {
		const { requests, telegent } = fakeTelegent(() => ({ Results: [{ MessageRouteId: 'MR-1' }] }));
		expect(await listRoutes(telegent)).toEqual([{ MessageRouteId: 'MR-1' }]);
		await listRoutes(telegent, 'ACID-1');
		expect(requests.map(({ query }) => query)).toEqual([{}, { AccountId: 'ACID-1' }]);
	});

	test('are none for an account that Telegent does not know', async () => {
		const { telegent } = fakeTelegent(() => apiError(404));
		expect(await listRoutes(telegent, 'ACID-1')).toEqual([]);
	});

	test('cannot be listed when Telegent refuses', async () => {
		const { telegent } = fakeTelegent(() => apiError(403));
		await expect(listRoutes(telegent)).rejects.toMatchObject({ httpCode: '403' });
	});

	test('are read by their ID', async () => {
		const route = { MessageRouteId: 'MR-1', MessageUrl: 'https://crm.example/' };
		const { requests, telegent } = fakeTelegent(() => route);
		expect(await readRoute(telegent, 'MR-1')).toEqual(route);
		expect(requests).toEqual([
			{ route: 'GET /v1.0/message/routes', query: { MessageRouteId: 'MR-1' }, safety: 'read' },
		]);
	});

	test.each([
		null,
		'OK',
		[],
		{},
		{ MessageRouteId: '' },
		{ MessageRouteId: null },
		[{ MessageRouteId: 'x' }],
	])('a response without the route is refused: %j', async (response) => {
		const { telegent } = fakeTelegent(() => response);
		const read = readRoute(telegent, 'MR-1');
		await expect(read).rejects.toBeInstanceOf(UnusableResponse);
		await expect(read).rejects.toThrow(/MR-1 contains no route with an ID\. This route wasn't changed/);
	});

	test('an update sends only what changes, and the route that was read follows', async () => {
		const { requests, telegent } = fakeTelegent(() => ({}));
		const route = { MessageRouteId: 'MR-1', CallbackMessageUrl: 'https://a.example/', MessageUrl: 'kept' };
		await updateRoute(telegent, route, 'callback', { url: 'https://b.example/', username: null });
		expect(requests).toEqual([
			{
				route: 'POST /v1.0/message/routes/update',
				body: {
					MessageRouteId: 'MR-1',
					CallbackMessageUrl: 'https://b.example/',
					CallbackMessageUsername: null,
				},
				safety: 'idempotent',
			},
		]);
		expect(route).toEqual({
			MessageRouteId: 'MR-1',
			CallbackMessageUrl: 'https://b.example/',
			CallbackMessageUsername: null,
			MessageUrl: 'kept',
		});
	});

	test('an update that Telegent refuses leaves the route that was read as it was', async () => {
		const { telegent } = fakeTelegent(() => apiError(422));
		const route = { MessageRouteId: 'MR-1', MessageUrl: 'https://a.example/' };
		await expect(updateRoute(telegent, route, 'message', { url: 'https://b.example/' })).rejects.toThrow();
		expect(route.MessageUrl).toBe('https://a.example/');
	});
});

describe('values of records', () => {
	test.each([
		[{ Id: 'a' }, 'a'],
		[{ Id: 7 }, '7'],
		[{ Id: 0 }, '0'],
		[{ Id: '' }, undefined],
		[{ Id: true }, undefined],
		[{}, undefined],
		[['a'], undefined],
		[null, undefined],
		['Id', undefined],
	])('the ID in %j is %j', (record, id) => expect(idOf(record, 'Id')).toBe(id));

	test.each([
		[[{ a: 1 }, null, 'text', [1]], [{ a: 1 }]],
		[{ Results: [{ a: 1 }, 5] }, [{ a: 1 }]],
		[{ Results: 'none' }, []],
		[{}, []],
		[undefined, []],
		['text', []],
	])('the records in %j are %j', (response, records) => expect(recordsOf(response)).toEqual(records));

	test.each([
		[true, true],
		[false, false],
		['true', true],
		[' False ', false],
		['yes', undefined],
		[1, undefined],
		[null, undefined],
		[undefined, undefined],
	])('the switch %j is %j', (shown, on) => expect(switchOf(shown)).toBe(on));
});

describe('numbers', () => {
	test('are read by their number', async () => {
		const { requests, telegent } = fakeTelegent(() => ({ Number: '+18015550001' }));
		expect(await readNumber(telegent, '+18015550001')).toEqual({ Number: '+18015550001' });
		expect(requests[0].query).toEqual({ Number: '+18015550001' });
	});

	test.each([null, {}, [], { Number: '' }, 'OK'])(
		'a response without the number is refused: %j',
		async (response) => {
			const { telegent } = fakeTelegent(() => response);
			await expect(readNumber(telegent, '+18015550001')).rejects.toThrow(
				/^Telegent's response for \+18015550001 contains no number\. This number wasn't changed/,
			);
		},
	);

	test.each([
		[
			{ MessageEnabled: true, VoiceEnabled: 'False' },
			{ MessageEnabled: true, VoiceEnabled: false },
		],
		[{ MessageEnabled: 'true' }, { MessageEnabled: true }],
		[{ MessageEnabled: null, VoiceEnabled: 'unknown' }, {}],
	])('that show the switches %j keep them on another route', async (shown, sent) => {
		const { requests, telegent } = fakeTelegent(() => ({}));
		await assignRoute(telegent, { Number: '+18015550001', Cnam: 'ACME', ...shown }, null);
		expect(requests).toEqual([
			{
				route: 'POST /v1.0/numbers/update',
				body: { Number: '+18015550001', ...sent, MessageRouteId: null },
				safety: 'idempotent',
			},
		]);
	});

	test('of a route are found in the inventory', async () => {
		const PhoneNumbers = [
			{ Number: '+18015550001', MessageRouteId: 'MR-1' },
			{ Number: '+18015550002', MessageRouteId: 'MR-2' },
			{ Number: '+18015550003', MessageRouteId: null },
		];
		const { telegent } = fakeTelegent(() => ({ PhoneNumbers, TotalResults: 3 }));
		expect(await numbersOn(telegent, 'MR-1')).toEqual(['+18015550001']);
	});
});

describe('webhooks of an account', () => {
	test('are listed from a bare list', async () => {
		const { requests, telegent } = fakeTelegent(() => [{ WebhookId: 'WH-1' }, null]);
		expect(await listWebhooks(telegent, 'ACID-1')).toEqual([{ WebhookId: 'WH-1' }]);
		expect(requests[0].query).toEqual({ AccountId: 'ACID-1' });
	});

	test.each([403, 404, 405])('are none when Telegent responds with HTTP %i', async (status) => {
		const { telegent } = fakeTelegent(() => apiError(status));
		expect(await listWebhooks(telegent)).toEqual([]);
	});

	test.each([400, 401, 500])('cannot be listed when Telegent responds with HTTP %i', async (status) => {
		const { telegent } = fakeTelegent(() => apiError(status));
		await expect(listWebhooks(telegent)).rejects.toMatchObject({ httpCode: String(status) });
	});
});

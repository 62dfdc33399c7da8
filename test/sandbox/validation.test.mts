import axios from 'axios';
import { id, MAIN, useSandbox, type Row } from './support.mts';

const client = useSandbox({ listen: true });
const ROUTE = { RouteName: 'R', MessageUrl: 'http://127.0.0.1/x', MessageUrlMethod: 'POST' };

const createRoute = (body: Row) => client.call('POST /v1.0/message/routes', { body });

describe('paths, methods and bodies', () => {
	test.each([
		['GET', '/v1.0/nothing', 404],
		['GET', '/v1.0/v1.0/numbers', 404],
		['DELETE', '/v1.0/numbers', 405],
		['GET', '/v1.0/message/outbound', 405],
	])('%s %s is %i', async (method, url, status) => {
		const answer = await axios.request({ method, url, baseURL: client.sandbox.url, validateStatus: null });
		expect(answer.status).toBe(status);
		expect(answer.data).toEqual({ StatusCode: status, Message: expect.any(String) });
	});

	test.each([
		['text/plain', '{}', 415],
		['application/x-www-form-urlencoded', 'a=b', 415],
		['application/json', '{"RouteName":', 400],
		['application/json', '[]', 400],
	])('a body of %s %s is %i', async (type, text, status) => {
		const { data } = await client.token('/v1.0/message/routes');
		const answer = await client.post('/v1.0/message/routes', text, {
			'content-type': type,
			authorization: `Bearer ${data.token}`,
		});
		expect(answer.status).toBe(status);
	});

	test('unknown ids are 404', async () => {
		const answer = await client.call('GET /v1.0/voice/routes', { query: { CallRouteID: 'CRID-nothing' } });
		expect(answer.status).toBe(404);
		expect(answer.data.Message).toContain('CRID-nothing');
	});

	test('a missing id is 400 although the contract calls it optional', async () => {
		const answer = await client.call('GET /v1.0/message/details');
		expect([answer.status, answer.data.Message]).toEqual([400, 'MessageId is required']);
	});
});

describe('the contract', () => {
	test.each<[string, Row, string]>([
		['a missing field', { MessageUrl: undefined }, 'MessageUrl field is required'],
		['an empty required field', { RouteName: '' }, 'RouteName field is required'],
		['null for a required field', { RouteName: null }, 'RouteName field must be of type string'],
		['a wrong type', { MessageRouteEnabled: 'yes' }, 'MessageRouteEnabled field must be of type boolean'],
		['a wrong value', { MessageUrlMethod: 'PUT' }, 'MessageUrlMethod field must be one of: GET, POST'],
		['a wrong format', { MessageUrl: 'not a url' }, 'MessageUrl field is not a valid fully-qualified URL'],
		['an unknown field', { Routename: 'x' }, 'Routename field is not part of this request'],
	])('refuses %s and names it', async (_what, change, message) => {
		const answer = await createRoute({ ...ROUTE, ...change });
		expect(answer.status).toBe(400);
		expect(answer.data).toEqual({ StatusCode: 400, Message: expect.stringContaining(message) });
	});

	test('allows null for optional fields', async () => {
		expect((await createRoute({ ...ROUTE, CallbackMessageUrl: null, MessageUsername: null })).status).toBe(
			200,
		);
	});

	test('names fields in lists', async () => {
		const body = { To: [{ Number: 5 }], From: MAIN, Body: 'x' };
		const answer = await client.call('POST /v1.0/message/outbound', { body });
		expect(answer.data.Message).toContain('To[0].Number field must be of type string');
	});

	test('checks lengths', async () => {
		const body = { WebhookUrl: `http://127.0.0.1/${'x'.repeat(250)}`, SubscribedEvents: 'New_Sms' };
		const answer = await client.call('POST /v1.0/webhook/create', { body });
		expect(answer.data.Message).toContain('WebhookUrl must be a string with a maximum length of 255');
	});

	test('checks query parameters', async () => {
		const search = (query: Row) => client.call('GET /v1.0/message/search', { query });
		expect((await search({ Page: 'two' })).data.Message).toContain('Page field must be of type integer');
		expect((await search({ page: 1 })).data.Message).toContain('page field is not part of this request');
		const answer = await client.call('GET /v1.0/subscribers/get');
		expect(answer.data.Message).toContain('SubscriberId field is required');
	});

	test('takes fields that only the vendor’s samples send', async () => {
		const body = {
			StatusChange: 'swap-sim',
			EffectiveDate: '12/31/2023',
			PhoneNumbers: [{ Number: MAIN, ICCID: '202620160938010123' }],
		};
		expect((await client.call('POST /v1.0/numbers/status', { body })).status).toBe(200);
	});

	test('is looser when strict is off', async () => {
		client.sandbox.control.changeSettings({ strict: false });
		expect((await createRoute({ ...ROUTE, Unknown: 1 })).status).toBe(200);
		expect((await createRoute({ ...ROUTE, MessageUrl: undefined })).status).toBe(400);
	});

	test('answers in the ASP.NET shape when that is set', async () => {
		client.sandbox.control.changeSettings({ errorShape: 'aspnet' });
		const answer = await createRoute({ ...ROUTE, MessageUrl: undefined });
		expect(answer.data).toMatchObject({
			Title: 'One or more validation errors occurred.',
			Status: 400,
			Errors: { MessageUrl: ['The MessageUrl field is required.'] },
			TraceId: expect.any(String),
		});
		const missing = await client.call('GET /v1.0/account', { query: { AccountId: id('AID-', 9) } });
		expect(missing.data).toMatchObject({ Status: 404, Title: 'Not Found' });
	});
});

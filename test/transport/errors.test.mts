import type { INode } from 'n8n-workflow';
import { NO_TELEGENT, UNREADABLE } from '../../transport/errorHints.ts';
import { responseMessage, apiError, redact, secretsIn, withoutSecrets } from '../../transport/errors.ts';
import { type Failure } from '../../transport/failure.ts';

const node: INode = {
	id: '1',
	name: 'Telegent',
	type: 'n8n-nodes-telegent.telegent',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const failure = (change: Partial<Failure>): Failure => ({
	route: 'POST /v1.0/numbers/provision',
	status: 400,
	message: 'Bad request',
	outcome: 'notDone',
	attempts: 1,
	...change,
});

test.each([
	['the API’s shape', { StatusCode: 400, Message: 'RouteName is required' }, 'RouteName is required'],
	[
		'ASP.NET with fields',
		{
			Title: 'One or more validation errors occurred.',
			Status: 400,
			Errors: { Email: ['is taken'], Name: ['too long', 'odd'] },
		},
		'Email: is taken; Name: too long odd',
	],
	[
		'ASP.NET without fields',
		{ title: 'Unauthorized', status: 401, detail: 'Token expired' },
		'Token expired',
	],
	['the token call', { successful: false, token: null, error: 'Invalid credentials' }, 'Invalid credentials'],
	['plain text', ' upstream timed out ', 'upstream timed out'],
	['a page of HTML', '<!DOCTYPE html><h1>502</h1>', 'Telegent responded with HTTP status 500'],
	['nothing', undefined, 'Telegent responded with HTTP status 500'],
	['an empty object', {}, 'Telegent responded with HTTP status 500'],
])('%s', (_shape, body, expected) => {
	expect(responseMessage(body, 500)).toBe(expected);
});

test.each([
	['MessageRouteId is required', /Create a message route first/],
	['Phone number already in use', /no longer available/],
	['Email already exists', /another Telegent subscriber/],
	['Invalid AccountId', /your Telegent representative/],
	['NumberType iot cannot be a2p', /Set 'Message Type' to P2P/],
	['NotifyValue must be less than ThrottleValue', /Enter increasing values/],
])('the message "%s" gets a hint', (message, hint) => {
	expect(apiError(node, failure({ message })).description).toMatch(hint);
});

test.each([
	[401, /Check 'Account Key' and 'Account Secret'/],
	[403, /doesn't have access to this operation/],
	[404, /Select it from the list/],
	[409, /already exists/],
	[429, /rate limit/],
	[500, /temporarily unavailable/],
])('HTTP status %i has a hint', (status, hint) => {
	expect(apiError(node, failure({ status })).description).toMatch(hint);
});

test.each<[string, Partial<Failure>, RegExp]>([
	[
		'a redirect',
		{ status: 302, message: 'Telegent responded with HTTP status 302' },
		/^Check the 'Base URL'/,
	],
	['HTML with HTTP status 200', { status: 200, message: UNREADABLE }, /^Check the 'Base URL'.*any proxy/],
	['a refusal with HTTP status 200', { status: 200, message: 'Not this time' }, /^Check the values/],
	['another HTTP status', { status: 405 }, /^Check the values.*contact Telegent support/],
])('%s has a hint', (_what, change, hint) => {
	expect(apiError(node, failure(change)).description).toMatch(hint);
});

test('the error has the message of Telegent, the item and the HTTP status', () => {
	const error = apiError(node, failure({ message: 'zip code is invalid', attempts: 3 }), 7);
	expect(error.message).toBe('Zip code is invalid');
	expect(error.httpCode).toBe('400');
	expect(error.context).toMatchObject({
		itemIndex: 7,
		outcome: 'notDone',
		route: 'POST /v1.0/numbers/provision',
	});
	expect(error.description).toMatch(
		/\(POST \/v1\.0\/numbers\/provision, HTTP status 400, after 3 attempts\)$/,
	);
});

test.each([
	[
		'POST /v1.0/message/outbound',
		'MessageRouteId is required',
		/in 'From' has no message route. Use Number → Update/,
	],
	[
		'POST /v1.0/numbers/provision',
		'MessageRouteId field is required',
		/^Create a message route first.*select it here/,
	],
	[
		'POST /v1.0/message/outbound',
		'Number is not provisioned',
		/^In 'From', select a number in your account that has messaging enabled/,
	],
	['POST /v1.0/numbers/status', 'Number is not provisioned', /^Select a number that belongs to your account/],
	['GET /v1.0/numbers', 'not owned', /^Select a number that belongs to your account/],
	['POST /v1.0/numbers/provision', 'Phone number already in use', /^The number is no longer available/],
	['POST /v1.0/message/routes', 'RouteName already in use', /^Check the values/],
])('%s with the message "%s": the hint fits the operation', (route, message, hint) => {
	expect(apiError(node, failure({ route, message })).description).toMatch(hint);
});

test.each([
	['POST /v1.0/message/outbound', /Message → Get Many/],
	['POST /v1.0/numbers/provision', /order again.*Number → Get Many/],
	['POST /v1.0/numbers/portin', /Before you submit it again, ask Telegent support whether the port-in/],
	['POST /v1.0/numbers/portin/cancel', /check the order with Number → Get Order/],
	['POST /v1.0/numbers/portout', /Before you give the PIN to the new carrier, set it again/],
	['POST /v1.0/numbers/status', /Number → Get\./],
	['POST /v1.0/numbers/reactivate', /Number → Get\./],
	['POST /v1.0/message/routes', /Message Route → Get Many/],
	['POST /v1.0/packages', /check Package → Get Many\. /],
	['POST /v1.0/packages/items/add', /check Package → Get Many Items\. /],
	['POST /v1.0/subscribers/transfer', /Subscriber → Get\. /],
	['POST /v1.0/workgroups/activity', /Workgroup → Get\. /],
	['POST /v2.0/anything', /check in Telegent whether it already went through/],
])('unknown outcome of %s: the hint says not to repeat it and where to look', (route, hint) => {
	const { description } = apiError(node, failure({ route, status: 500, outcome: 'unsure' }));
	expect(description).toMatch(/may or may not have gone through.*wasn't retried/);
	expect(description).toMatch(hint);
});

test('messages avoid the words that n8n’s guidelines advise against', () => {
	const texts = [400, 401, 403, 404, 409, 422, 429, 500, undefined].map(
		(status) => apiError(node, failure({ status })).description,
	);
	expect(texts.join(' ')).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
});

test('the hint for a repeatable request does not say to look first', () => {
	const unsure = failure({ status: 500, outcome: 'unsure', attempts: 5, repeatable: true });
	const { description } = apiError(node, unsure);
	expect(description).toMatch(/^Telegent didn't confirm.*It's safe to run this again\. \(POST/);
	expect(description).not.toMatch(/wasn't retried/);
});

test.each([400, 401, 403, 404, 409, 422, 429, 500, undefined])(
	'the way out of %p does not say "run it again": it may stand behind "Do not run it again"',
	(status) => {
		expect(apiError(node, failure({ status })).description).not.toMatch(/run it again|try again/i);
	},
);

test.each([
	["The certificate at the Base URL isn't trusted (CERT_HAS_EXPIRED)", /clock, and any proxy/],
	[
		"Telegent can't be reached from this n8n",
		/^Check the network and the 'Base URL'.*Nothing was sent or changed/,
	],
])('the network error "%s" has a hint', (message, hint) => {
	expect(apiError(node, failure({ status: undefined, message })).description).toMatch(hint);
});

test('a very long message of Telegent is cut, in linear time', () => {
	const started = performance.now();
	const message = responseMessage({ Message: 'e-mail '.repeat(700_000) }, 400);
	const error = apiError(node, failure({ message: redact(message, ['abcd']) }));
	const iot = apiError(node, failure({ message: 'iot invalid '.repeat(500_000) }));
	expect(performance.now() - started).toBeLessThan(500);
	expect(error.message.length).toBeLessThan(1_010);
	expect(iot.message.length).toBeLessThan(1_010);
});

test.each([
	[
		{ Errors: { To: [{ Message: 'is no number' }, { code: 7 }], From: null } },
		`To: is no number {"code":7}; From: `,
	],
	[{ Errors: ['one', { Detail: 'two' }, null] }, 'one two'],
	[{ errors: null, message: 'Bad' }, 'Bad'],
	[{ Errors: { To: { Number: ['bad'] } } }, 'To: {"Number":["bad"]}'],
	[[null], 'Telegent responded with HTTP status 400'],
])('the response %j becomes a readable message', (body, expected) => {
	expect(responseMessage(body, 400)).toBe(expected);
});

test('a secret at the cut of a long message is redacted as a whole', () => {
	const secret = 'a1b2c3d4e5f6a7b8';
	for (const length of [290, 990, 995, 19_990]) {
		const said = responseMessage(`${'x'.repeat(length)}${secret} tail`, 400);
		const { message } = apiError(node, failure({ message: redact(said, [secret]) }));
		expect(message).not.toContain(secret.slice(0, 4));
	}
});

test.each([
	['Token eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2ln is gone', 'Token *** is gone'],
	['Bearer 0123456789abcdefXYZ is gone', 'Bearer *** is gone'],
	['Bearer token is missing', 'Bearer token is missing'],
])('redacted without a list of secrets: %s', (text, expected) => expect(redact(text, [])).toBe(expected));

test('field names that contain secrets are recognized', () => {
	const body = {
		ApiKey: 'key-12345',
		api_key: 'key-23456',
		Passcode: 123456,
		MessagePasswordToken: 'token-1',
		PortOutPin: '98765',
		Nested: [{ WebhookSecret: { Value: 'deep-1' } }],
		TokenEnabled: true,
		Number: '+18015550100',
		Shipping: 'Main St',
	};
	expect(secretsIn(body).sort()).toEqual(
		['123456', '98765', 'deep-1', 'key-12345', 'key-23456', 'token-1'].sort(),
	);
});

test('secrets are redacted in messages of Telegent', () => {
	expect(redact('key abcd1234 with Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc', ['abcd1234'])).toBe(
		'key *** with Bearer ***',
	);
	expect(redact('Bearer token is missing', [])).toBe('Bearer token is missing');
});

test.each([
	['404', { status: 404, message: NO_TELEGENT }, /^Check the 'Base URL'/],
	['a redirect', { status: 301, message: NO_TELEGENT }, /^Check the 'Base URL'/],
	['a page of HTML', { status: 200, message: NO_TELEGENT }, /^Check the 'Base URL'/],
	[
		'a refusal in HTTP 200',
		{ status: 200, message: 'Invalid credentials' },
		/^Check both for missing characters/,
	],
	['429', { status: 429, message: 'Too many' }, /Requests per Minute/],
])('no token because of %s: the hint names the cause', (_what, change, hint) => {
	expect(apiError(node, failure({ route: 'POST /v1.0/oauth2/tokens', ...change })).description).toMatch(hint);
});

describe('a secret that Telegent repeats', () => {
	const secret = 'Canary/7+"ü=9';
	const written = [
		secret,
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1),
		JSON.stringify(JSON.stringify(secret)).slice(3, -3),
		Buffer.from(secret).toString('base64'),
		Buffer.from(secret).toString('base64url'),
		'Canary/7+&quot;ü=9',
	];

	test.each(written)('is redacted as %s', (text) => {
		expect(redact(`Not ${text}!`, [secret])).toMatch(/^Not \*\*\*=*!$/);
	});

	test('is redacted at any depth of a response', () => {
		const response = { Number: 7, List: [{ Note: `${secret} and ${written[1]}` }, secret, null] };
		expect(withoutSecrets(response, [secret])).toEqual({
			Number: 7,
			List: [{ Note: '*** and ***' }, '***', null],
		});
	});

	test.each(['base64', 'base64url'] as const)('is redacted as %s where the two differ', (encoding) => {
		const odd = 'secret?>~~?';
		expect(Buffer.from(odd).toString('base64')).toMatch(/[+/]/);
		expect(redact(`Not ${Buffer.from(odd).toString(encoding)}!`, [odd])).toMatch(/^Not \*\*\*=*!$/);
	});

	test('may hold half of a surrogate pair', () => {
		expect(redact('Not \ud83dabcdef!', ['\ud83dabcdef'])).toBe('Not ***!');
	});
});

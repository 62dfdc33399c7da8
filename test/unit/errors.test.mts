import type { INode } from 'n8n-workflow';
import { NO_TELEGENT } from '../../nodes/Telegent/wayOut.ts';
import { answerMessage, apiError, redact, type Failure } from '../../transport/errors.ts';

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
	expect(answerMessage(body, 500)).toBe(expected);
});

test.each([
	['MessageRouteId is required', /Create a message route first/],
	['Phone number already in use', /no longer available/],
	['Email already exists', /another Telegent subscriber/],
	['Invalid AccountId', /your Telegent representative/],
	['NumberType iot cannot be a2p', /choose Message Type P2P/],
	['NotifyValue must be less than ThrottleValue', /Enter increasing values/],
])('"%s" gets a way out in plain words', (message, hint) => {
	expect(apiError(node, failure({ message })).description).toMatch(hint);
});

test.each([
	[401, /Check 'Account Key' and 'Account Secret'/],
	[403, /doesn’t have access to this operation/],
	[404, /Select it from the list/],
	[409, /already exists/],
	[429, /rate limit/],
	[500, /temporarily unavailable/],
])('status %i has a way out', (status, hint) => {
	expect(apiError(node, failure({ status })).description).toMatch(hint);
});

test('the headline is Telegent’s own, the item and the status are kept', () => {
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
	['POST /v1.0/message/outbound', /Message → Get Many/],
	['POST /v1.0/numbers/provision', /Number → Get Many/],
	['POST /v1.0/packages', /check in Telegent whether it already went through/],
])('unsure about %s: not repeated, and where to look', (route, hint) => {
	const { description } = apiError(node, failure({ route, status: 500, outcome: 'unsure' }));
	expect(description).toMatch(/may or may not have gone through.*wasn’t retried/);
	expect(description).toMatch(hint);
});

test('messages avoid the words that n8n’s guidelines advise against', () => {
	const texts = [400, 401, 403, 404, 409, 422, 429, 500, undefined].map(
		(status) => apiError(node, failure({ status })).description,
	);
	expect(texts.join(' ')).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
});

test('secrets are taken out of what Telegent says', () => {
	expect(redact('key abcd1234 with Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc', ['abcd1234'])).toBe(
		'key *** with Bearer ***',
	);
	expect(redact('Bearer token is missing', [])).toBe('Bearer token is missing');
});

test.each([
	['404', { status: 404, message: NO_TELEGENT }, /^Check the Base URL/],
	['a redirect', { status: 301, message: NO_TELEGENT }, /^Check the Base URL/],
	[
		'a page of HTML',
		{ status: 200, message: NO_TELEGENT },
		/^Check the Base URL/,
	],
	[
		'a refusal in HTTP 200',
		{ status: 200, message: 'Invalid credentials' },
		/^Check both for missing characters/,
	],
	['429', { status: 429, message: 'Too many' }, /Requests per Minute/],
])('no token because of %s: the way out names what is wrong', (_what, change, hint) => {
	expect(apiError(node, failure({ route: 'POST /v1.0/oauth2/tokens', ...change })).description).toMatch(hint);
});

import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { classifyNetworkError, parseResponse, readToken, timedOut } from '../../transport/response.ts';
import { decideRetry } from '../../transport/retry.ts';

const response = (statusCode: number, body: unknown, headers = {}) =>
	({ statusCode, body, headers }) as IN8nHttpFullResponse;

/** What becomes of a send after this answer. */
function afterwards(status: number, body: unknown): string {
	const attempt = parseResponse(response(status, body));
	if (!('failure' in attempt)) return 'done';
	const verdict = decideRetry(attempt.failure, 'once', 1, 0);
	return verdict.retry ? 'retry' : verdict.outcome;
}

test.each<[number, unknown, string]>([
	[503, { StatusCode: 503, Message: 'Busy' }, 'retry'],
	[200, { StatusCode: 503, Message: 'Busy' }, 'retry'],
	[503, '<h1>503</h1>', 'unsure'],
	[503, '', 'unsure'],
	[503, { title: 'Service Unavailable', status: 503 }, 'unsure'],
	[503, { timestamp: '2026-11-26', status: 503, error: 'Service Unavailable' }, 'unsure'],
	[503, { status: 'error' }, 'unsure'],
	[503, { Title: 'Service Unavailable', Status: 503, Detail: 'upstream' }, 'unsure'],
	[503, { StatusCode: '503' }, 'unsure'],
	[503, { Successful: false }, 'unsure'],
	[503, { StatusCode: 400 }, 'unsure'],
	[500, { StatusCode: 503 }, 'unsure'],
	[502, { StatusCode: 503 }, 'unsure'],
	[400, { StatusCode: 503 }, 'unsure'],
	[202, { StatusCode: 503 }, 'unsure'],
	[408, { StatusCode: 429 }, 'unsure'],
	[429, { StatusCode: 408 }, 'unsure'],
	[429, { StatusCode: 500 }, 'unsure'],
	[500, { StatusCode: 400 }, 'unsure'],
	[302, { StatusCode: 400 }, 'unsure'],
	[200, { StatusCode: 500 }, 'unsure'],
	[200, { StatusCode: 429 }, 'retry'],
	[200, { StatusCode: 400 }, 'notDone'],
	[429, { StatusCode: 429 }, 'retry'],
	[400, { StatusCode: 422 }, 'notDone'],
	[200, { StatusCode: 200, MessageId: '1' }, 'done'],
	[200, { Successful: 'false' }, 'notDone'],
	[200, { successful: 'False' }, 'notDone'],
	[200, { Successful: 'true' }, 'done'],
	[200, '{"MessageId":"1"}', 'done'],
	[200, '{"MessageId":', 'unsure'],
])('a send with the response HTTP %i and %j: %s', (status, body, expected) => {
	expect(afterwards(status, body)).toBe(expected);
});

test.each([
	[404, '<h1>Not found</h1>', 'base URL'],
	[404, { Message: 'Not found' }, 'base URL'],
	[405, '', 'base URL'],
	[301, '', 'base URL'],
	[200, '<!doctype html>', 'base URL'],
	[200, {}, 'base URL'],
	[200, 'ok', 'base URL'],
	[200, { status: 'ok' }, 'base URL'],
	[403, '<html>Blocked</html>', 'base URL'],
	[401, '', 'refused'],
	[401, { Message: 'Wrong' }, 'refused'],
	[400, { StatusCode: 400, Message: 'Wrong' }, 'refused'],
	[200, { successful: false, token: null, error: 'Wrong' }, 'refused'],
	[200, { successful: 'false', token: 'none' }, 'refused'],
	[200, { error: 'Wrong' }, 'refused'],
	[500, '<html>', 'later'],
	[429, '', 'later'],
	[200, { token: 'abc' }, 'token'],
])('a token exchange with the response HTTP %i and %j: %s', (status, body, expected) => {
	const attempt = readToken(response(status, body));
	const message = 'response' in attempt ? 'token' : attempt.message;
	const later = !('response' in attempt) && decideRetry(attempt.failure, 'read', 1, 0).retry;
	const told = /Base URL/.test(message) ? 'base URL' : message === 'token' ? 'token' : 'refused';
	expect(later ? 'later' : told).toBe(expected);
});

test('a send without a response in time may have been done', () => {
	const attempt = timedOut(120_000);
	expect(attempt).toMatchObject({ failure: { kind: 'noResponse', sent: true } });
	if ('failure' in attempt)
		expect(decideRetry(attempt.failure, 'once', 1, 0)).toEqual({ retry: false, outcome: 'unsure' });
});

test('a body that cannot be decompressed is unreadable, without the words of the library', () => {
	const error = { message: 'incorrect header check', cause: { code: 'Z_DATA_ERROR', errno: -3 } };
	expect(classifyNetworkError(error)).toEqual({
		message: 'Telegent returned an unreadable response (its compression is broken)',
		failure: { kind: 'unreadable' },
	});
});

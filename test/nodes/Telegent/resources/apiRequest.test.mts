import { apiRequest } from '../../../../nodes/Telegent/resources/apiRequest.ts';

const [{ request }] = apiRequest.operations;
const queryOf = (Path: string, QueryParameters?: Array<{ Name?: string; Value?: unknown }>) =>
	request?.({ Method: 'GET', Path, QueryParameters: QueryParameters as never }).query;

test.each([
	['?a=1&a=2&b=3', { a: ['1', '2'], b: '3' }],
	['?Number=+18015550123', { Number: '+18015550123' }],
	['?Number=%2B18015550123', { Number: '+18015550123' }],
	['?Name=Ana%20B', { Name: 'Ana B' }],
	['?', {}],
	['', {}],
])('%s of a path is %j', (search, expected) => {
	expect(queryOf(`/v1.0/numbers${search}`)).toEqual(expected);
});

test('Query Parameters of one name have all their values, and come in place of those of the path', () => {
	const rows = [{ Name: 'a', Value: 2 }, { Name: 'a', Value: '3' }, { Value: 'x' }, { Name: 'c' }];
	expect(queryOf('/v1.0/numbers?a=1&b=1', rows)).toEqual({ a: ['2', '3'], b: '1', c: '' });
});

test.each(['a', '/', ',', '{{', '\r\n'])(
	'a path of a megabyte of %j is refused in a short message',
	(piece) => {
		const given = piece.repeat(1_000_000 / piece.length);
		expect(() => queryOf(given)).toThrow(
			/^"[^]{0,101}" isn't a valid Telegent path\. Use the format \/v1\.0\/numbers\/inventory$/,
		);
	},
);

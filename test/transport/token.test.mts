import {
	accountDigest,
	belongsToTelegent,
	getToken,
	holdsToken,
	normalizeBaseUrl,
	tokenLife,
	type TokenResponse,
	type TokenRequest,
} from '../../transport/token.ts';
import { resetProcessState } from '../../transport/processState.ts';

const credential = { accountKey: 'DID-1', accountSecret: 'secret', baseUrl: 'https://api.telegent.com' };
const SEND = 'https://api.telegent.com/v1.0/message/outbound';

/** An unsigned JWT: only its claims matter here. */
const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

/** A token office that counts, and gives `token-1`, `token-2`, … unless `answer` says otherwise. */
function office(
	answer: (n: number) => TokenResponse | Promise<TokenResponse> = (n) => ({ token: `token-${n}` }),
) {
	const asked: Array<TokenRequest & { url: string }> = [];
	const exchange = async (url: string, body: TokenRequest) => {
		asked.push({ url, ...body });
		return await answer(asked.length);
	};
	return { asked, exchange };
}

beforeEach(() => {
	resetProcessState();
	jest.useFakeTimers({ now: Date.UTC(2026, 10, 21, 12), doNotFake: ['nextTick', 'queueMicrotask'] });
});
afterEach(() => jest.useRealTimers());

test('each endpoint gets one token exchange, whatever its query', async () => {
	const { asked, exchange } = office();
	await getToken(credential, `${SEND}?page=1`, exchange);
	await getToken(credential, `${SEND}?page=2`, exchange);
	await getToken(credential, 'https://api.telegent.com/v1.0/numbers', exchange);
	expect(asked).toEqual([
		{
			url: 'https://api.telegent.com/v1.0/oauth2/tokens',
			AccountKey: 'DID-1',
			AccountSecret: 'secret',
			ApiEndpoint: SEND,
		},
		expect.objectContaining({ ApiEndpoint: 'https://api.telegent.com/v1.0/numbers' }),
	]);
});

test('callers at the same time share one exchange', async () => {
	const { asked, exchange } = office();
	const tokens = await Promise.all(
		Array.from({ length: 50 }, async () => await getToken(credential, SEND, exchange)),
	);
	expect(new Set(tokens)).toEqual(new Set(['token-1']));
	expect(asked).toHaveLength(1);
});

test.each([
	['key', { accountKey: 'DID-2' }],
	['secret', { accountSecret: 'other' }],
	['address', { baseUrl: 'https://eu.telegent.com' }],
])('tokens are not shared with another %s', async (_what, change) => {
	const { asked, exchange } = office();
	await getToken(credential, SEND, exchange);
	await getToken({ ...credential, ...change }, SEND, exchange);
	expect(asked).toHaveLength(2);
});

test('a token is replaced after nine tenths of its lifetime', async () => {
	const now = Date.now() / 1000;
	const { asked, exchange } = office(() => ({ token: jwt({ iat: now, exp: now + 100 }) }));
	await getToken(credential, SEND, exchange);
	jest.advanceTimersByTime(89_000);
	await getToken(credential, SEND, exchange);
	expect(asked).toHaveLength(1);
	jest.advanceTimersByTime(2_000);
	await getToken(credential, SEND, exchange);
	expect(asked).toHaveLength(2);
});

test('a rejected token is replaced once, even if several requests report it', async () => {
	const { asked, exchange } = office();
	const refused = await getToken(credential, SEND, exchange);
	const fresh = await Promise.all(
		[1, 2, 3].map(async () => await getToken(credential, SEND, exchange, refused)),
	);
	expect(new Set(fresh)).toEqual(new Set(['token-2']));
	expect(asked).toHaveLength(2);
	expect(await getToken(credential, SEND, exchange)).toBe('token-2');
});

test('a failed exchange is not cached', async () => {
	const { asked, exchange } = office((n) => {
		if (n === 1) throw new Error('Wrong key');
		return { token: 'good' };
	});
	await expect(getToken(credential, SEND, exchange)).rejects.toThrow('Wrong key');
	expect(await getToken(credential, SEND, exchange)).toBe('good');
	expect(asked).toHaveLength(2);
});

test.each([
	[{ token: 'good' }, true],
	[{ token: 'good', successful: true }, true],
	[{ token: 'good', successful: false }, false],
	[{ successful: false, error: 'Wrong key' }, false],
	[{ token: null }, false],
	[{ token: '' }, false],
	[{}, false],
])('response %j contains a token: %s', (answer, holds) => expect(holdsToken(answer)).toBe(holds));

test('the token cache is bounded', async () => {
	const { asked, exchange } = office();
	for (let i = 0; i <= 1000; i++) await getToken(credential, `${SEND}/${i}`, exchange);
	await getToken(credential, `${SEND}/1000`, exchange);
	expect(asked).toHaveLength(1001);
	await getToken(credential, `${SEND}/0`, exchange);
	expect(asked).toHaveLength(1002);
});

describe('lifetime of a token', () => {
	const now = Date.UTC(2026, 10, 21, 12);
	const s = now / 1000;

	test.each<[string, TokenResponse, number]>([
		['the JWT says it exactly', { token: jwt({ exp: s + 600 }) }, 570],
		[
			'a wrong clock here makes no difference when the JWT says when it was made',
			{ token: jwt({ iat: s - 9000, exp: s - 8400 }) },
			570,
		],
		[
			'the JWT wins over the date',
			{ token: jwt({ iat: s, exp: s + 60 }), tokenExpiry: '11/21/2026 11:00:00 PM' },
			54,
		],
		[
			'without a JWT, the date is believed for five minutes at most',
			{ token: 'opaque', tokenExpiry: '11/21/2026 01:00:00 PM' },
			270,
		],
		['a date that is near is believed', { token: 'opaque', tokenExpiry: '11/21/2026 12:01:40 PM' }, 90],
		[
			'a date of another time zone that seems past: one minute',
			{ token: 'opaque', tokenExpiry: '11/21/2026 06:36:13 AM' },
			54,
		],
		['no date: one minute', { token: 'opaque' }, 54],
		['nonsense: one minute', { token: 'a.b.c', tokenExpiry: 'tomorrow' }, 54],
		[
			'claims that are no object: one minute',
			{ token: `h.${Buffer.from('null').toString('base64url')}.s` },
			54,
		],
		['a life that is no number: one minute', { token: jwt({ exp: 'soon' }) }, 54],
		['midnight', { token: 'opaque', tokenExpiry: '11/22/2026 12:00:00 AM' }, 270],
	])('%s', (_case, answer, seconds) => {
		expect(tokenLife(answer, now)).toBeCloseTo(seconds * 1000, 0);
	});
});

test.each([
	['https://api.telegent.com', 'https://api.telegent.com'],
	['https://api.telegent.com/', 'https://api.telegent.com'],
	[' https://api.telegent.com/v1.0 ', 'https://api.telegent.com'],
	['https://api.telegent.com/v1.0/', 'https://api.telegent.com'],
	['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
	['https://proxy.example.com/telegent/', 'https://proxy.example.com/telegent'],
])('Base URL %j becomes %j', (given, expected) => {
	expect(normalizeBaseUrl(given)).toBe(expected);
});

test.each(['', 'api.telegent.com', 'ftp://api.telegent.com', 'https://', 'https://api.telegent.com?x=1'])(
	'Base URL %j is refused',
	(given) => {
		expect(() => normalizeBaseUrl(given)).toThrow(/isn't a valid URL/);
	},
);

test.each<[unknown, RegExp]>([
	['https://me@api.telegent.com', /holds a username/],
	['https://me:secret@api.telegent.com', /^(?!.*secret@).*holds a username/],
	['https://api.telegent.com\\@evil.example', /holds a username/],
	['https://api.telegent.com\\evil', /isn't a valid URL/],
	['https://[bad', /isn't a valid URL/],
	['https://api.telegent.com:99999', /isn't a valid URL/],
	[`https://api.telegent.com/${'a'.repeat(3_000)}`, /^.{0,260}$/],
	[42, /isn't a valid URL: "number"/],
	[undefined, /isn't a valid URL: "undefined"/],
	[null, /isn't a valid URL/],
	[{ trim: 1 }, /isn't a valid URL: "object"/],
])('Base URL %j is rejected with an explanation', (given, words) => {
	expect(() => normalizeBaseUrl(given)).toThrow(words);
});

test('a Base URL with very many slashes is read in linear time', () => {
	const started = performance.now();
	expect(() => normalizeBaseUrl(`https://a${'/'.repeat(100_000)}b c`)).toThrow(/isn't a valid URL/);
	expect(normalizeBaseUrl(`https://a.example${'/'.repeat(100_000)}`)).toBe('https://a.example');
	expect(performance.now() - started).toBeLessThan(500);
});

test('spaces around key and secret are ignored', async () => {
	const { asked, exchange } = office();
	const pasted = { ...credential, accountKey: ' DID-1\n', accountSecret: '\tsecret ' };
	await getToken(pasted, SEND, exchange);
	await getToken(credential, SEND, exchange);
	expect(asked).toEqual([expect.objectContaining({ AccountKey: 'DID-1', AccountSecret: 'secret' })]);
	expect(accountDigest(pasted)).toBe(accountDigest(credential));
});

test.each([
	['https://api.telegent.com/v1.0/numbers', true],
	['https://api.telegent.com.evil.example/v1.0/numbers', false],
	['http://api.telegent.com/v1.0/numbers', false],
	['https://api.telegent.com:8443/v1.0/numbers', false],
	['https://user@evil.example/v1.0', false],
])('a token for %s: %j', (url, expected) => {
	expect(belongsToTelegent(credential, url)).toBe(expected);
});

test('behind a proxy path only URLs below that path get a token', () => {
	const proxied = { ...credential, baseUrl: 'https://proxy.example.com/telegent' };
	expect(belongsToTelegent(proxied, 'https://proxy.example.com/telegent/v1.0/numbers')).toBe(true);
	expect(belongsToTelegent(proxied, 'https://proxy.example.com/telegent-evil/v1.0')).toBe(false);
	expect(belongsToTelegent(proxied, 'https://proxy.example.com/telegent/../other')).toBe(false);
});

test('the account digest does not reveal the secret', () => {
	expect(accountDigest(credential)).not.toContain('secret');
	expect(accountDigest(credential)).toHaveLength(44);
});

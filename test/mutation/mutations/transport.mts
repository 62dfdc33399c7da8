import type { Mutation } from '../mutation.mts';

const retry = { file: 'transport/retry.ts', tests: ['test/transport/retry.test.mts'] };
const token = { file: 'transport/token.ts', tests: ['test/transport/token.test.mts'] };
const client = { file: 'transport/client.ts' };
const response = {
	file: 'transport/response.ts',
	tests: ['test/transport/response.test.mts', 'test/nodes/Telegent/engine/outcomes.test.mts'],
};
const network = { file: 'transport/networkError.ts', tests: ['test/transport/networkError.test.mts'] };
const errors = {
	file: 'transport/errors.ts',
	tests: ['test/transport/errors.test.mts', 'test/transport/bounds.test.mts'],
};
const body = { file: 'transport/responseBody.ts', tests: ['test/transport/responseBody.test.mts'] };
const limiter = { file: 'transport/rateLimiter.ts', tests: ['test/transport/rateLimiter.test.mts'] };
const share = { file: 'transport/fairShare.ts', tests: ['test/transport/fairShare.test.mts'] };
const outcomes = 'test/nodes/Telegent/engine/outcomes.test.mts';
const patience = 'test/transport/patience.test.mts';
const runs = 'test/nodes/Telegent/engine/run.test.mts';

/** What is repeated, and which outcome is reported. */
const repeating: Mutation[] = [
	{
		...{ ...body, promise: 'shown', breaks: 'passes on an error with the request that it belongs to' },
		...{ find: 'body, abort).catch(rethrow);', replace: 'body, abort);' },
	},
	{
		...{
			...response,
			promise: 'once',
			breaks: 'takes a refusal with a body without end for an unknown outcome',
		},
		tests: ['test/transport/responseBody.test.mts'],
		...{ find: 'if (status >= 300) return', replace: 'if (status >= 900) return' },
	},
	{
		...{ ...retry, promise: 'once', breaks: 'repeats a send that may have been done' },
		find: "const repeatable = safety !== 'once' || outcome === 'notDone';",
		replace: 'const repeatable = true;',
	},
	{
		...{ ...retry, promise: 'once', breaks: "takes a gateway's 503 for the API's own" },
		find: 'if (failure.status === 503 && failure.byApi)',
		replace: 'if (failure.status === 503)',
	},
	{
		...{ ...retry, promise: 'once', breaks: 'takes 408 for not done' },
		find: 'return failure.status === 408 || failure.status >= 500',
		replace: 'return failure.status >= 500',
	},
	{
		...{ ...retry, promise: 'once', breaks: 'takes a redirect for not done' },
		find: "if (failure.status >= 300 && failure.status < 400) return 'unsure';",
		replace: '',
	},
	{
		...{ ...retry, promise: 'once', breaks: 'takes an unreadable response for not done' },
		find: "if (failure.kind === 'unreadable') return 'unsure';",
		replace: "if (failure.kind === 'unreadable') return 'notDone';",
	},
	{
		...{ ...retry, promise: 'once', breaks: 'takes a lost connection for not done' },
		find: "return failure.sent ? 'unsure' : 'notDone';",
		replace: "return 'notDone';",
	},
	{
		...{ ...client, promise: 'once', breaks: 'takes the 404 of a first delete for success' },
		...{ find: 'if (deletes && maybeDone && status === 404)', replace: 'if (deletes && status === 404)' },
		tests: [outcomes, runs],
	},
	{
		...{ ...client, promise: 'once', breaks: 'forgets that an earlier attempt may have been done' },
		find: "return maybeDone && safety !== 'read' ? 'unsure' : 'notDone';",
		...{ replace: "return 'notDone';", tests: [outcomes, runs] },
	},
	{
		...{ ...client, promise: 'once', breaks: 'reports a send that was stopped under way as not done' },
		find: "stopped.context.outcome = safety === 'read' ? 'notDone' : 'unsure';",
		...{ replace: "stopped.context.outcome = 'notDone';", tests: [patience] },
	},
	{
		...{ ...client, promise: 'once', breaks: 'abandons a send as early as a read' },
		find: "return safety === 'once' ? MAX_ATTEMPT_MS : own;",
		...{ replace: 'return own;', tests: [patience] },
	},
	{
		...{ ...response, promise: 'once', breaks: 'takes HTML or half a JSON with HTTP 200 for success' },
		...{ find: 'if (isMarkupOrHalfJson(content))', replace: 'if (false)' },
	},
	{
		...{ ...response, promise: 'once', breaks: 'believes a 503 in the body of any status' },
		find: 'const byApi = code === 503 && (http === 503 || http === 200);',
		replace: 'const byApi = code === 503;',
	},
	{
		...{ ...response, promise: 'once', breaks: "ignores a doubtful status in a 4xx's body" },
		find: 'status: !isDoubtful(http) && isDoubtful(said) ? said : http',
		replace: 'status: http',
	},
	{
		...{ ...response, promise: 'once', breaks: 'takes a refusal that is written as text for success' },
		find: '/^false$/i.test(String(value))',
		replace: 'value === false',
	},
	{
		...{ ...response, promise: 'once', breaks: 'takes a time limit for a request that was never sent' },
		find: "failure: { kind: 'noResponse', sent: true }",
		replace: "failure: { kind: 'noResponse', sent: false }",
	},
	{
		...{ ...network, promise: 'once', breaks: 'decides by the code whether a request was sent' },
		find: "links.some(({ syscall }) => syscall === 'connect' ||",
		replace: "links.some(({ code, syscall }) => code === 'EHOSTUNREACH' || syscall === 'connect' ||",
	},
	{
		...{ ...network, promise: 'once', breaks: 'takes a lost connection for one that was never made' },
		find: "{ sent: true, message: 'The connection to Telegent was lost",
		replace: "{ sent: false, message: 'The connection to Telegent was lost",
	},
	{
		...{ ...network, promise: 'once', breaks: 'takes every TLS connection for one in its handshake' },
		find: 'return request?.socket?.secureConnecting === true ||',
		replace: 'return request?.socket?.secureConnecting !== undefined ||',
	},
];

/** Where tokens and secrets go. */
const secrecy: Mutation[] = [
	{
		...{ ...token, promise: 'token', breaks: 'uses one token for all endpoints' },
		find: 'const endpoint = origin + pathname;',
		replace: 'const endpoint = origin;',
	},
	{
		...{ ...token, promise: 'token', breaks: 'shares tokens between accounts' },
		find: 'const key = `${accountDigest(credential)} ${endpoint}`;',
		replace: 'const key = endpoint;',
	},
	{
		...{ ...token, promise: 'token', breaks: 'sends the token outside of the folder of the Base URL' },
		find: 'return target.origin === base.origin && target.pathname.startsWith(`${folder}/`);',
		...{ replace: 'return target.origin === base.origin;' },
		tests: ['test/transport/token.test.mts', 'test/credentials/TelegentApi.test.mts'],
	},
	{
		...{ ...token, promise: 'token', breaks: 'sends the token to another port or without TLS' },
		find: 'return target.origin === base.origin &&',
		...{ replace: 'return target.hostname === base.hostname &&' },
		tests: ['test/transport/token.test.mts', 'test/credentials/TelegentApi.test.mts'],
	},
	{
		...{ ...token, promise: 'token', breaks: 'keeps using a token that Telegent rejected' },
		find: 'if (known && known.token !== refused && known.validUntil > Date.now())',
		replace: 'if (known && known.validUntil > Date.now())',
	},
	{
		...{ ...token, promise: 'token', breaks: 'uses a token until the last moment' },
		find: 'return life - Math.min(life / 10, MINUTE / 2);',
		replace: 'return life;',
	},
	{
		...{ ...token, promise: 'token', breaks: 'accepts a username in the Base URL' },
		find: 'const BASE_URL = /^https?:\\/\\/[^/\\s?#@\\\\]+(',
		replace: 'const BASE_URL = /^https?:\\/\\/[^/\\s?#\\\\]+(',
	},
	{
		...{ ...token, promise: 'token', breaks: 'keeps an exchange that did not succeed' },
		find: 'fresh.catch(() => cache.get(key) === fresh && cache.delete(key));',
		replace: 'fresh.catch(() => undefined);',
	},
	{
		...{ file: 'credentials/authenticate.ts', promise: 'token' },
		breaks: 'gives a token to any URL',
		...{ find: 'if (!belongsToTelegent(credential, url)) {', replace: 'if (false) {' },
		tests: ['test/credentials/TelegentApi.test.mts'],
	},
	{
		...{ file: 'credentials/authenticate.ts', promise: 'token' },
		breaks: 'lets the token go along with a redirect',
		...{ find: 'request.sendCredentialsOnCrossOriginRedirect = false;', replace: '' },
		tests: ['test/credentials/TelegentApi.test.mts'],
	},
	{
		...{ file: 'transport/request.ts', promise: 'token', breaks: 'follows redirects' },
		...{ find: 'disableFollowRedirect: true,', replace: 'disableFollowRedirect: false,' },
		tests: [outcomes, 'test/transport/bounds.test.mts'],
	},
	{
		...{ ...client, promise: 'shown', breaks: 'shows a token that a response repeats' },
		...{ find: 'return withoutSecrets(response, call.own);', replace: 'return response;' },
		tests: [patience],
	},
	{
		...{ ...client, promise: 'shown', breaks: 'shows a password that a message repeats' },
		find: 'redact(failure.message, [...own, ...secrets])',
		...{ replace: 'redact(failure.message, own)', tests: [patience] },
	},
	{
		...{ ...client, promise: 'shown', breaks: 'shows the account secret that a message repeats' },
		find: 'redact(failure.message, [...own, ...secrets])',
		...{ replace: 'redact(failure.message, secrets)', tests: [runs, outcomes] },
	},
	{
		...{ ...errors, promise: 'shown', breaks: 'shows a JWT without Bearer before it' },
		...{ find: ".replace(JWT, '***')", replace: '' },
	},
	{
		...{ ...errors, promise: 'shown', breaks: 'shows what stands behind Bearer' },
		...{ find: ".replace(/Bearer\\s{1,9}[\\w.~+/-]{16,}=*/gi, 'Bearer ***')", replace: '' },
	},
	{
		...{ ...errors, promise: 'shown', breaks: 'shows secrets in the notation of URLs' },
		...{ find: 'encodeURIComponent(text),', replace: '' },
	},
	{
		...{ ...errors, promise: 'shown', breaks: 'shows secrets in the notation of Basic' },
		...{ find: "bytes.toString('base64').replace(/=+$/, ''),", replace: '' },
	},
	{
		...{ ...errors, promise: 'shown', breaks: 'does not know a PIN for a secret' },
		...{ find: 'credential|authorization|pin$/i', replace: 'credential|authorization/i' },
	},
	{
		...{ ...errors, promise: 'shown', breaks: 'masks nothing inside of lists' },
		find: 'if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));',
		replace: 'if (Array.isArray(value)) return value;',
	},
];

/** How many requests leave. */
const pacing: Mutation[] = [
	{
		...{ ...limiter, promise: 'pace', breaks: 'forgets requests after half of the minute' },
		find: 'now - Math.max(pace.span, SPAN_MS)',
		replace: 'now - SPAN_MS / 2',
	},
	{
		...{ ...limiter, promise: 'pace', breaks: 'shortens a pause by a later, shorter one' },
		find: 'this.notBefore = Math.max(this.notBefore, time);',
		replace: 'this.notBefore = time;',
	},
	{
		...{ ...limiter, promise: 'pace', breaks: 'ignores a pause where no limit is set' },
		find: 'return Math.max(0, this.notBefore - now);',
		replace: 'return 0;',
	},
	{
		...{ ...limiter, promise: 'pace', breaks: 'sends any number of requests before one is answered' },
		find: 'return this.underWay.size >= together;',
		replace: 'return false;',
	},
	{
		...{ ...limiter, promise: 'pace', breaks: 'lets replies hold up a list forever' },
		find: 'return this.passed >= MAX_PASSED &&',
		replace: 'return false &&',
	},
	{
		...{ ...limiter, promise: 'pace', breaks: 'gives each node a limit of its own' },
		...{ find: 'rateLimiters.set(account, limiter);', replace: '' },
		tests: ['test/transport/rateLimiter.test.mts', runs],
	},
	{
		...{ ...share, promise: 'pace', breaks: 'takes more after a 429 than before' },
		find: 'const share = Math.min(before, learned);',
		replace: 'const share = learned;',
	},
	{
		...{ ...share, promise: 'pace', breaks: 'grows as fast after a 429 as later' },
		find: 'perMinute * part ** GROWTH_EXPONENT',
		replace: 'perMinute * part',
	},
];

export const transport = [...repeating, ...secrecy, ...pacing];

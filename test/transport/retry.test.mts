import {
	decideRetry,
	outcomeOfFailure,
	parseRetryAfter,
	type Safety,
	type AttemptFailure,
} from '../../transport/retry.ts';

const answer = (status: number, byApi = true, retryAfterMs?: number): AttemptFailure => ({
	kind: 'response',
	status,
	byApi,
	retryAfterMs,
});
const broken = (sent: boolean): AttemptFailure => ({ kind: 'noResponse', sent });

/** Every way an attempt can end × every safety class: is it repeated, and if not, is the outcome sure? */
const SAFETY_TABLE: Array<
	[name: string, setback: AttemptFailure, read: string, idempotent: string, once: string]
> = [
	['200 that nobody can read', { kind: 'unreadable' }, 'notDone', 'unsure', 'unsure'],
	['302', answer(302), 'notDone', 'unsure', 'unsure'],
	['303 of a gateway', answer(303, false), 'notDone', 'unsure', 'unsure'],
	['400', answer(400), 'notDone', 'notDone', 'notDone'],
	['401', answer(401), 'notDone', 'notDone', 'notDone'],
	['403', answer(403), 'notDone', 'notDone', 'notDone'],
	['404', answer(404), 'notDone', 'notDone', 'notDone'],
	['405', answer(405), 'notDone', 'notDone', 'notDone'],
	['408', answer(408), 'retry', 'retry', 'unsure'],
	['409', answer(409), 'notDone', 'notDone', 'notDone'],
	['415', answer(415), 'notDone', 'notDone', 'notDone'],
	['422', answer(422), 'notDone', 'notDone', 'notDone'],
	['429', answer(429), 'retry', 'retry', 'retry'],
	['429 of a gateway', answer(429, false), 'retry', 'retry', 'retry'],
	['500', answer(500), 'retry', 'retry', 'unsure'],
	['501', answer(501), 'notDone', 'unsure', 'unsure'],
	['502', answer(502, false), 'retry', 'retry', 'unsure'],
	['503', answer(503), 'retry', 'retry', 'retry'],
	['503 of a gateway', answer(503, false), 'retry', 'retry', 'unsure'],
	['504', answer(504), 'retry', 'retry', 'unsure'],
	['520 of a gateway', answer(520, false), 'notDone', 'unsure', 'unsure'],
	['200 with Successful: false', answer(200), 'notDone', 'notDone', 'notDone'],
	['no connection', broken(false), 'retry', 'retry', 'retry'],
	['connection broke', broken(true), 'retry', 'retry', 'unsure'],
];

describe.each(SAFETY_TABLE)('%s', (_name, setback, ...expected) => {
	test.each(['read', 'idempotent', 'once'] as const)('%s', (safety: Safety) => {
		const verdict = decideRetry(setback, safety, 1, 0);
		const index = ['read', 'idempotent', 'once'].indexOf(safety);
		expect(verdict.retry ? 'retry' : verdict.outcome).toBe(expected[index]);
	});
});

test('a send that may have been done is never repeated', () => {
	for (let status = 100; status < 600; status++) {
		for (const setback of [answer(status), answer(status, false), broken(true)]) {
			if (outcomeOfFailure(setback) === 'unsure')
				expect(decideRetry(setback, 'once', 1, 0.5).retry).toBe(false);
		}
	}
});

test('the backoff doubles from 1 s to 30 s, with at most half a second of jitter', () => {
	const pauses = [1, 2, 3, 4].map((attempt) => decideRetry(answer(500), 'read', attempt, 0));
	expect(pauses).toEqual([1000, 2000, 4000, 8000].map((waitMs) => ({ retry: true, waitMs })));
	expect(decideRetry(answer(500), 'read', 1, 1)).toEqual({ retry: true, waitMs: 1500 });
	expect(decideRetry(answer(429), 'once', 11, 0)).toEqual({ retry: true, waitMs: 30_000 });
});

test('there are at most five attempts, three when the host is unreachable, twelve when rate limited', () => {
	const attempts = (setback: AttemptFailure) => {
		let attempt = 1;
		while (decideRetry(setback, 'read', attempt, 0).retry) attempt++;
		return attempt;
	};
	expect([answer(500), broken(true), broken(false), answer(429)].map(attempts)).toEqual([5, 5, 3, 12]);
});

test('Retry-After is respected up to ten minutes', () => {
	expect(decideRetry(answer(429, true, 7_000), 'once', 1, 0)).toEqual({ retry: true, waitMs: 7_000 });
	expect(decideRetry(answer(429, true, 86_400_000), 'once', 1, 0)).toEqual({ retry: true, waitMs: 600_000 });
});

test.each([0, 1_000])(
	'a Retry-After of %i ms that stays wrong is waited out all the same',
	(retryAfterMs) => {
		let waited = 0;
		for (let attempt = 1; attempt < 12; attempt++) {
			const verdict = decideRetry(answer(429, true, retryAfterMs), 'once', attempt, 0);
			waited += verdict.retry ? verdict.waitMs : 0;
		}
		expect(waited).toBeGreaterThan(2 * 60_000);
	},
);

test.each([
	['12', 12_000],
	[3, 3_000],
	['0', 0],
	['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
	['Sat, 21 Nov 2026 09:00:00 GMT', 0],
	['soon', undefined],
	['', undefined],
	[undefined, undefined],
])('Retry-After %j is %j ms', (value, expected) => {
	expect(parseRetryAfter(value, Date.UTC(2026, 10, 21, 10))).toBe(expected);
});

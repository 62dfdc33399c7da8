import { useSandbox, type Row } from './support.mts';

const client = useSandbox({ requestsPerMinute: 3 });

const tokens = async (count: number) => {
	const answers = [];
	for (let done = 0; done < count; done++) answers.push(await client.token('/v1.0/numbers'));
	return answers;
};

describe('the rate limit', () => {
	test('lets so many requests a minute pass, token requests included', async () => {
		const answers = await tokens(4);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
		expect(answers[3]?.data).toEqual({
			StatusCode: 429,
			Message: expect.stringMatching(/^Too many requests/),
		});
	});

	test('is a sliding minute of the virtual clock', async () => {
		const { control } = client.sandbox;
		await tokens(1);
		await control.time({ advanceSeconds: 30 });
		await tokens(2);
		const [refused] = await tokens(1);
		expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(28);
		expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(30);
		await control.time({ advanceSeconds: 30 });
		expect((await tokens(2)).map(({ status }) => status)).toEqual([200, 429]);
	});

	test.each<[string, (headers: Row, data: Row) => void]>([
		['seconds', (headers) => expect(headers['retry-after']).toBe('60')],
		['date', (headers) => expect(Date.parse(headers['retry-after'])).toBeGreaterThan(Date.now() + 58_000)],
		['body', (headers, data) => expect([headers['retry-after'], data.RetryAfter]).toEqual([undefined, 60])],
		[
			'none',
			(headers, data) => expect([headers['retry-after'], data.RetryAfter]).toEqual([undefined, undefined]),
		],
	])('says when to come back: %s', async (style, check) => {
		client.sandbox.control.changeSettings({ retryAfterStyle: style as 'date' });
		const refused = (await tokens(4))[3];
		check(refused?.headers as Row, refused?.data);
	});

	test('can be changed and switched off while running', async () => {
		await client.post('/_sandbox/settings', { requestsPerMinute: 0 });
		expect((await tokens(10)).every(({ status }) => status === 200)).toBe(true);
	});
});

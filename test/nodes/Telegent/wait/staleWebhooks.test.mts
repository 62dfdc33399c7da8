import { baseOf, reportsEnded } from '../../../../nodes/Telegent/wait/staleWebhooks.ts';

describe('stale webhooks', () => {
	test('baseOf is the part of a resume URL before the execution ID', () => {
		const base = 'https://n8n.example.com/path/webhook-waiting';
		expect(baseOf(`${base}/12/node?signature=ab`)).toBe(base);
		expect(baseOf('https://other.example.com/path/webhook-waiting/12/node')).not.toBe(base);
		expect(baseOf('nonsense')).toBe('');
	});

	test.each<[string, number, unknown, boolean]>([
		['is not there any more', 404, { message: 'The execution "12" does not exist.' }, true],
		['was stopped', 409, { message: 'The execution "12" has finished with error.' }, true],
		['has ended', 200, '<html><p>No action required</p></html>', true],
		['is another one', 404, { message: 'The execution "13" does not exist.' }, false],
		['runs', 409, { message: 'The execution "12" is running already.' }, false],
		['waits', 401, { message: 'Not authorized' }, false],
		['may be hidden by a proxy', 404, '<html>Not found</html>', false],
		['may be hidden by a proxy that says yes', 200, 'OK', false],
	])('a response counts as ended only if n8n says so: the execution %s', (_how, status, body, gone) => {
		expect(reportsEnded(status, body, '12')).toBe(gone);
	});
});

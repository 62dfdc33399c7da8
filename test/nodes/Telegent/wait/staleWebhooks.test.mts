import {
	reportsEnded,
	reportsNeverWaited,
	reportsWaiting,
} from '../../../../nodes/Telegent/wait/staleWebhooks.ts';

describe('stale webhooks', () => {
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

	test.each<[number, unknown, boolean]>([
		[401, { message: 'Not authorized' }, true],
		[409, { message: 'The execution "12" is running already.' }, true],
		[401, '<html>Sign in</html>', false],
		[404, { message: 'The execution "12" does not exist.' }, false],
		[200, 'OK', false],
	])('an execution counts as waiting only if the question or n8n says so: %p %p', (status, body, waits) => {
		expect(reportsWaiting(status, body)).toBe(waits);
	});

	test('n8n has nothing to resume where an execution crashed before it waited', () => {
		expect(reportsNeverWaited(404, { message: 'Could not find node to process webhook.' })).toBe(true);
		expect(reportsNeverWaited(404, '<html>Not found</html>')).toBe(false);
	});
});

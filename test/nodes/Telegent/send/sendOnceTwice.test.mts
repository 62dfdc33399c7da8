import { passFaster } from '../../../support/fasterTime.mts';
import { runNode } from '../../../support/n8n.mts';
import { send, useSandbox } from '../../../support/sandbox.mts';

/* The same list twice at the same time, each with a rate limiter of its own, as in two processes. */

// Not faster, and no pause is skipped: on a busy computer, a message must not wait for longer than Lookup Time.
passFaster(1);
beforeAll(() => passFaster(4));
afterAll(() => passFaster(1));
const sandbox = useSandbox();
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;

test.each([[50, 50, 60]])(
	'%d requests per minute, %d in parallel: nobody of %d gets the message twice',
	async (requestsPerMinute, concurrency, count) => {
		const { baseUrl } = sandbox.credential;
		const runs = [baseUrl, baseUrl.replace('127.0.0.1', 'localhost')].map(
			async (url) =>
				await runNode({
					credential: { ...sandbox.credential, baseUrl: url, requestsPerMinute },
					parameters: {
						...send('={{ $json.to }}', 'Offer'),
						options: { sendOnce: 'recipientAndText', concurrency },
					},
					items: Array.from({ length: count }, (_, n) => ({ to: person(n) })),
					mode: 'trigger',
				}),
		);
		expect((await Promise.all(runs)).map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		const sent = sandbox.control.outbox().map(({ to }) => to);
		expect([sent.length, new Set(sent).size]).toEqual([count, count]);
	},
	60_000,
);

import {
	baseOf,
	callFor,
	dispatchersOf,
	rebalanced,
	shareable,
	SHARED_FROM,
} from '../../../../nodes/shared/questions/sharing.ts';
import type { QuestionWebhook } from '../../../../nodes/shared/questions/webhook.ts';

const BASE = 'https://n8n.example.com/webhook-waiting';
const NOW = Date.parse('2026-11-26T12:00:00.000Z');
const HOUR = 3_600_000;
const MINE = `${BASE}/99/node`;

/** A question that waits so many hours from now; asked now. */
const question = (
	id: number,
	hours: number,
	called: QuestionWebhook['called'] = 'itself',
): QuestionWebhook => ({
	url: `${BASE}/${id}/node?signature=ab`,
	webhookId: `WHID-${id}`,
	called,
	secret: 'x'.repeat(32),
	state: {
		execution: String(id),
		from: '+15005550100',
		to: `+1202555${1000 + id}`,
		askedAt: NOW,
		deadline: NOW + hours * HOUR,
		reAsks: 0,
		answered: false,
	},
});
const waits = (hours: number) => ({ askedAt: NOW, deadline: NOW + hours * HOUR });
const sorted = (all: QuestionWebhook[]) => shareable(all, MINE, NOW);
/** What `rebalanced` changes, applied. */
const settled = (all: QuestionWebhook[]) => {
	let open = sorted(all);
	for (let round = 0; round < 5; round++) {
		const changes = new Map(rebalanced(open).map((one) => [one.webhookId, one]));
		open = sorted(open.map((one) => changes.get(one.webhookId) ?? one));
	}
	return open;
};
const callsOf = (all: QuestionWebhook[]) =>
	Object.fromEntries(all.map(({ called, webhookId }) => [webhookId.slice(5), called]));

describe('the questions that share calls', () => {
	test('are open, of the same n8n, and show their secret; the one that waits longest is first', () => {
		const other = { ...question(5, 9), url: 'https://other.example.com/webhook-waiting/5/node' };
		const answered = question(3, 9);
		answered.state.answered = true;
		const { secret: _, ...hidden } = question(4, 9);
		const all = [question(1, 1), question(2, 2), answered, hidden, other, question(6, -1)];
		expect(sorted(all).map(({ webhookId }) => webhookId)).toEqual(['WHID-2', 'WHID-1']);
	});

	test.each(['..%2f..%2frest', '%2E%2E', '..%5crest', '..%252frest', '9%00', '../../rest', '..\\\\..'])(
		'are at no address that a proxy would take for another place (%s)',
		(path) => {
			expect(sorted([{ ...question(5, 9), url: `${BASE}/${path}/node` }])).toEqual([]);
		},
	);

	test('baseOf is the part of a resume URL before the execution ID', () => {
		const base = 'https://n8n.example.com/path/webhook-waiting';
		expect(baseOf(`${base}/12/node?signature=ab`)).toBe(base);
		expect(baseOf('https://other.example.com/path/webhook-waiting/12/node')).not.toBe(base);
		expect(baseOf('nonsense')).toBe('');
	});
});

describe('a new question', () => {
	const few = Array.from({ length: SHARED_FROM - 1 }, (_, n) => question(n, 24));
	test('is called itself among few', () => {
		expect(callFor(waits(24), sorted(few))).toBe('itself');
	});

	test('becomes a dispatcher among many that have none, or only one', () => {
		const many = [...few, question(50, 24), question(51, 24)];
		expect(callFor(waits(24), sorted(many))).toBe('dispatcher');
		expect(callFor(waits(24), sorted([...many, question(60, 24, 'dispatcher')]))).toBe('dispatcher');
	});

	test.each<[number, QuestionWebhook['called']]>([
		[23, 'never'],
		// It may outlive them by 5 % of its wait.
		[24.5, 'never'],
		[26, 'dispatcher'],
		[24 * 7, 'dispatcher'],
	])(
		'that waits %p hours relies on dispatchers that wait 24 only if they last as long: %p',
		(hours, called) => {
			const many = [...few, question(60, 24, 'dispatcher'), question(61, 24, 'dispatcher')];
			expect(callFor(waits(hours), sorted(many))).toBe(called);
		},
	);
});

describe('what has changed since', () => {
	const quiet = Array.from({ length: 10 }, (_, n) => question(n, 24 - n, 'never'));

	test('a dispatcher that is gone is replaced by the question that waits longest', () => {
		const one = question(60, 30, 'dispatcher');
		expect(callsOf(rebalanced(sorted([...quiet, one])))).toEqual({ 0: 'dispatcher' });
		expect(dispatchersOf(settled([...quiet, one]))).toHaveLength(2);
	});

	test('without any, two are made', () => {
		expect(callsOf(rebalanced(sorted(quiet)))).toEqual({ 0: 'dispatcher', 1: 'dispatcher' });
	});

	test('the last question is called itself, whatever it was', () => {
		expect(callsOf(settled([question(1, 1, 'never')]))).toEqual({ 1: 'dispatcher' });
	});

	test('dispatchers that end before others count as missing', () => {
		const short = [question(60, 1, 'dispatcher'), question(61, 1, 'dispatcher')];
		const after = settled([...quiet, ...short]);
		expect(dispatchersOf(after).map(({ webhookId }) => webhookId)).toEqual(
			expect.arrayContaining(['WHID-0', 'WHID-1']),
		);
	});

	test('where too many are called, those that others cover are no longer, and the rest stays', () => {
		const called = Array.from({ length: 8 }, (_, n) => question(20 + n, 20, 'itself'));
		const longest = question(70, 99);
		const two = [question(60, 24, 'dispatcher'), question(61, 24, 'dispatcher')];
		const after = settled([...quiet, ...called, ...two, longest]);
		expect(after.filter(({ called: how }) => how !== 'never').map(({ webhookId }) => webhookId)).toEqual([
			'WHID-70',
			'WHID-60',
			'WHID-61',
		]);
	});

	test('those that were called when there were few are no longer, once there are two dispatchers', () => {
		const first = Array.from({ length: 3 }, (_, n) => question(20 + n, 20, 'itself'));
		const two = [question(60, 24, 'dispatcher'), question(61, 24, 'dispatcher')];
		const changes = rebalanced(sorted([question(1, 20, 'never'), ...first, ...two]));
		expect(callsOf(changes)).toEqual({ 20: 'never', 21: 'never', 22: 'never' });
	});

	test('nothing is changed where all is well', () => {
		const two = [question(60, 24, 'dispatcher'), question(61, 24, 'dispatcher')];
		expect(rebalanced(sorted([...quiet, ...two]))).toEqual([]);
		expect(rebalanced(sorted([question(1, 1), question(2, 2)]))).toEqual([]);
		expect(rebalanced([])).toEqual([]);
	});
});

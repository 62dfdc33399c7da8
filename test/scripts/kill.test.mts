import { LIST, momentsFor } from '../e2e/kill/moments.mts';
import type { Played } from '../e2e/kill/play.mts';
import { isRight, table } from '../e2e/kill/report.mts';

const [moment] = momentsFor(1, 0, 1);
const played = (change: Partial<Played>): Played => ({
	...{
		moment,
		status: 'crashed',
		before: 100,
		done: LIST,
		doubled: 0,
		unknown: [0, 0],
		lost: 0,
		requests: 101,
	},
	...change,
});

describe('npm run test:kill', () => {
	test('tries so many moments of each kind of work, the same for the same seed', () => {
		const moments = momentsFor(20, 10, 1);
		expect(moments.filter(({ work }) => work === 'send')).toHaveLength(20);
		expect(moments.filter(({ work }) => work !== 'send')).toHaveLength(10);
		expect(new Set(moments.map(({ work }) => work))).toEqual(new Set(['send', 'create', 'order']));
		const ended = moments.map(({ signal, target }) => `${signal} ${target}`);
		for (const target of ['main', 'n8n', 'lost worker']) expect(ended).toContain(`SIGTERM ${target}`);
		expect(new Set(moments.map(({ mode }) => mode))).toEqual(new Set(['regular', 'queue']));
		expect(moments.every(({ at }) => at >= 1 && at < LIST)).toBe(true);
		expect(momentsFor(20, 10, 1)).toEqual(moments);
		expect(momentsFor(20, 10, 2)).not.toEqual(moments);
		expect(momentsFor(20, 10, 1, 'queue').every(({ mode }) => mode === 'queue')).toBe(true);
	});

	test.each([
		['everything sent once', {}, true],
		['one sent twice', { doubled: 1 }, false],
		['one lost without a word', { done: LIST - 1, lost: 1 }, false],
		['nothing that n8n would retry', { done: 100, lost: 100, nothing: 'n8n keeps nothing to retry' }, true],
		['nothing to retry, but one sent twice', { doubled: 1, nothing: 'n8n keeps nothing to retry' }, false],
	])('%s', (_what, change, right) => {
		expect(isRight(played(change))).toBe(right);
	});

	test('adds up the moments of a case in one line, and names what n8n keeps nothing of', () => {
		const nothing = 'n8n keeps nothing to retry';
		const lines = table([played({}), played({ done: 90, lost: 110, unknown: [], nothing })]).split('\n');
		expect(lines).toHaveLength(3);
		expect(lines[2]).toContain('200/200, 90/200');
		expect(lines[2]).toContain('n8n keeps nothing to retry (110 not sent)');
	});
});

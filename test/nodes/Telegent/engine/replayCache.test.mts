import type { IExecuteFunctions } from 'n8n-workflow';
import { replayCacheFor } from '../../../../nodes/Telegent/engine/replayCache.ts';

const MINUTE = 60_000;

/** A run of a node with Retry On Fail, as far as the memory looks at it. */
const run = (execution: string, retryOnFail = true) =>
	replayCacheFor({
		getNode: () => ({ id: 'node', name: 'Telegent', retryOnFail }),
		isToolExecution: () => false,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => execution,
	} as unknown as IExecuteFunctions);

const done = { results: [{ MessageId: 'TMID-1' }] };

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
afterEach(() => void jest.useRealTimers());

test('a run that n8n repeats finds what it did, however many others run meanwhile', () => {
	const first = run('repeated')!;
	first.set('item', done);
	first.close(true);
	for (let i = 0; i < 1_000; i++) run(`other ${i}`);
	jest.advanceTimersByTime(MINUTE);
	expect(run('repeated')!.get('item')).toBe(done);
});

test('a run that takes long is not forgotten', () => {
	const first = run('slow')!;
	first.set('item', done);
	jest.advanceTimersByTime(60 * MINUTE);
	run('another');
	first.close(true);
	expect(run('slow')!.get('item')).toBe(done);
});

test('what cannot be repeated any more is forgotten', () => {
	const failed = run('given up')!;
	failed.set('item', done);
	failed.close(true);
	jest.advanceTimersByTime(11 * MINUTE);
	expect(run('given up')!.get('item')).toBeUndefined();
	const succeeded = run('succeeded')!;
	succeeded.get('item');
	succeeded.set('item', done);
	succeeded.close(false);
	expect(run('succeeded')!.get('item')).toBeUndefined();
});

test('a call of a tool that goes well does not make n8n’s repetition of another one send again', () => {
	const [one, other] = [run('agent')!, run('agent')!];
	one.get('first text');
	one.set('first text', done);
	one.close(true);
	other.get('second text');
	other.set('second text', done);
	other.close(false);
	const again = run('agent')!;
	expect(again.get('first text')).toBe(done);
	again.close(false);
	expect(run('agent')!.get('first text')).toBeUndefined();
});

test('without Retry On Fail there is nothing to remember', () => {
	expect(run('plain', false)).toBeUndefined();
});

import type { IExecuteFunctions } from 'n8n-workflow';
import { memoryOf } from '../../../../nodes/Telegent/engine/replayCache.ts';

const MINUTE = 60_000;

/** A run of a node with Retry On Fail, as far as the memory looks at it. */
const run = (execution: string, retryOnFail = true) =>
	memoryOf({
		getNode: () => ({ id: 'node', name: 'Telegent', retryOnFail }),
		isToolExecution: () => false,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => execution,
	} as unknown as IExecuteFunctions);

const done = { answers: [{ MessageId: 'TMID-1' }] };

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
afterEach(() => void jest.useRealTimers());

test('a run that n8n repeats finds what it did, however many others run meanwhile', () => {
	const first = run('repeated')!;
	first.keep('item', done);
	first.end(true);
	for (let i = 0; i < 1_000; i++) run(`other ${i}`);
	jest.advanceTimersByTime(MINUTE);
	expect(run('repeated')!.recall('item')).toBe(done);
});

test('a run that takes long is not forgotten', () => {
	const first = run('slow')!;
	first.keep('item', done);
	jest.advanceTimersByTime(60 * MINUTE);
	run('another');
	first.end(true);
	expect(run('slow')!.recall('item')).toBe(done);
});

test('what cannot be repeated any more is forgotten', () => {
	const failed = run('given up')!;
	failed.keep('item', done);
	failed.end(true);
	jest.advanceTimersByTime(11 * MINUTE);
	expect(run('given up')!.recall('item')).toBeUndefined();
	const succeeded = run('succeeded')!;
	succeeded.recall('item');
	succeeded.keep('item', done);
	succeeded.end(false);
	expect(run('succeeded')!.recall('item')).toBeUndefined();
});

test('a call of a tool that goes well does not make n8n’s repetition of another one send again', () => {
	const [one, other] = [run('agent')!, run('agent')!];
	one.recall('first text');
	one.keep('first text', done);
	one.end(true);
	other.recall('second text');
	other.keep('second text', done);
	other.end(false);
	const again = run('agent')!;
	expect(again.recall('first text')).toBe(done);
	again.end(false);
	expect(run('agent')!.recall('first text')).toBeUndefined();
});

test('without Retry On Fail there is nothing to remember', () => {
	expect(run('plain', false)).toBeUndefined();
});

import { NodeApiError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { runRecordFor, type RunRecord } from '../../../../nodes/Telegent/engine/runRecord.ts';
import { resetProcessState } from '../../../../transport/processState.ts';

const MINUTE = 60_000;

interface Situation {
	execution?: string;
	retryOnFail?: boolean;
	tool?: boolean;
	mode?: string;
	stopping?: AbortSignal;
	runIndex?: number;
	/** The node's context, as n8n stores it. */
	context?: object;
}

const node = (retryOnFail: boolean) => ({ id: 'node', name: 'Telegent', retryOnFail }) as INode;

/** A run of a node, as far as its record looks at it. */
function record(options: Situation): RunRecord | undefined {
	const { context = {}, execution = '1', mode = 'trigger', retryOnFail = true, runIndex = 0 } = options;
	return runRecordFor({
		getNode: () => node(retryOnFail),
		getMode: () => mode,
		getContext: () => context,
		isToolExecution: () => options.tool ?? false,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => execution,
		getExecutionCancelSignal: () => options.stopping,
	} as unknown as IExecuteFunctions);
}

const tool = (execution: string, retryOnFail = true) => record({ execution, retryOnFail, tool: true });
const done = { results: [{ MessageId: 'TMID-1' }] };
const throughDatabase = (context: object) => JSON.parse(JSON.stringify(context)) as object;

describe('the record of a node', () => {
	test('lives in the node’s context, and is gone when the run succeeded', () => {
		const context = {};
		const run = record({ context })!;
		run.set('0', done);
		expect(JSON.stringify(context)).toContain('TMID-1');
		run.close(false);
		expect(JSON.stringify(context)).not.toContain('TMID-1');
	});

	test('serves the next try of the same execution, but not another round of a loop', () => {
		const context = {};
		const first = record({ context })!;
		first.set('0', done);
		first.close(true);
		expect(record({ context })!.get('0')).toEqual(done);
		expect(record({ context, runIndex: 1 })!.get('0')).toBeUndefined();
	});

	test('reaches "Retry execution", where results say who sent them and unknown outcomes stay unknown', () => {
		const context = {};
		const first = record({ context })!;
		const lost = new NodeApiError(node(false), {}, { message: 'Lost', description: 'Look it up.' });
		lost.context.outcome = 'unsure';
		first.set('0', done);
		first.set('1', { error: lost });
		const lostAt = Date.now();
		first.close(true);
		resetProcessState();
		const retry = record({ context: throughDatabase(context), mode: 'retry' })!;
		expect(retry.get('0')).toEqual({ results: [{ MessageId: 'TMID-1', confirmedBy: 'earlier execution' }] });
		const again = retry.get('1') as { error: NodeApiError };
		expect(again.error).toMatchObject({ message: 'Lost', description: 'Look it up.' });
		expect(again.error.context).toMatchObject({ outcome: 'unsure', itemIndex: 1 });
		expect(retry.earlier).toMatchObject({ exact: true, messageIds: new Set(['TMID-1']) });
		expect(Math.abs((retry.earlier?.unknownAt ?? 0) - lostAt)).toBeLessThan(1_000);
		expect(retry.sent).toBe(1);
	});

	test('is shared by all retries of an execution in this process, which run one after another', () => {
		const context = {};
		record({ context })!.close(true);
		const one = record({ context: throughDatabase(context), mode: 'retry' })!;
		one.set('5', done);
		one.close(false);
		const other = record({ context: throughDatabase(context), mode: 'retry' })!;
		expect(one.lock).toEqual(expect.any(String));
		expect(other.lock).toBe(one.lock);
		expect(other.get('5')).toBeDefined();
	});

	test('of a retry without a record says so, and looks back one day', () => {
		const { earlier, get } = record({ mode: 'retry' })!;
		expect(get('0')).toBeUndefined();
		expect(earlier?.exact).toBe(false);
		expect(Date.now() - earlier!.since).toBeGreaterThan(23 * 60 * MINUTE);
		expect(record({ mode: 'trigger' })!.earlier).toBeUndefined();
	});

	test('does not keep what a hook answered without a request', () => {
		const run = record({})!;
		run.set('0', { results: [{ status: 'held' }], withoutRequest: true });
		expect(run.get('0')).toBeUndefined();
	});

	test.each<[string, (run: RunRecord, stop: () => void) => void]>([
		['failed', (run) => run.close(true)],
		['was stopped', (_, stop) => stop()],
	])(
		'of 10,000 long messages that %s adds less than 6 MB to n8n’s database, and keeps every ID',
		(_, end) => {
			const context = {};
			const stopping = new AbortController();
			const run = record({ context, stopping: stopping.signal })!;
			for (let i = 0; i < 10_000; i++) {
				const MmsMedia = Array.from({ length: 5 }, (_, n) => ({
					MediaUrl: `https://example.com/${i}/${n}.png`,
				}));
				run.set(String(i), {
					results: [{ MessageId: `TMID-${i}`, Status: 'Queued', Body: 'x'.repeat(1_000), MmsMedia }],
				});
			}
			end(run, () => stopping.abort());
			expect(JSON.stringify(context).length).toBeLessThan(6_000_000);
			expect(run.get('0')).toMatchObject({ results: [{ MessageId: 'TMID-0', Body: 'x'.repeat(1_000) }] });
			expect(run.get('9999')).toEqual({ results: [{ MessageId: 'TMID-9999', Status: 'Queued' }] });
		},
	);
});

describe('the record of a tool', () => {
	beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
	afterEach(() => void jest.useRealTimers());

	test('a call that n8n repeats finds what it did, however many others run meanwhile', () => {
		const first = tool('repeated')!;
		first.set('item', done);
		first.close(true);
		for (let i = 0; i < 1_000; i++) tool(`other ${i}`);
		jest.advanceTimersByTime(MINUTE);
		expect(tool('repeated')!.get('item')).toBe(done);
	});

	test('another execution has a record of its own', () => {
		const first = tool('one')!;
		first.set('item', done);
		first.close(true);
		expect(tool('two')!.get('item')).toBeUndefined();
	});

	test('a call that takes long is not forgotten', () => {
		const first = tool('slow')!;
		first.set('item', done);
		jest.advanceTimersByTime(60 * MINUTE);
		tool('another');
		first.close(true);
		expect(tool('slow')!.get('item')).toBe(done);
	});

	test('what cannot be repeated any more is forgotten', () => {
		const failed = tool('given up')!;
		failed.set('item', done);
		failed.close(true);
		jest.advanceTimersByTime(11 * MINUTE);
		expect(tool('given up')!.get('item')).toBeUndefined();
		const succeeded = tool('succeeded')!;
		succeeded.get('item');
		succeeded.set('item', done);
		succeeded.close(false);
		expect(tool('succeeded')!.get('item')).toBeUndefined();
	});

	test('a call that goes well does not make n8n’s repetition of another one send again', () => {
		const [one, other] = [tool('agent')!, tool('agent')!];
		one.get('first text');
		one.set('first text', done);
		one.close(true);
		other.get('second text');
		other.set('second text', done);
		other.close(false);
		const again = tool('agent')!;
		expect(again.get('first text')).toBe(done);
		again.close(false);
		expect(tool('agent')!.get('first text')).toBeUndefined();
	});

	test('without Retry On Fail there is nothing to keep', () => {
		expect(tool('plain', false)).toBeUndefined();
	});
});

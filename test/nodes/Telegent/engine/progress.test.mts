import { jest } from '@jest/globals';
import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import {
	duration,
	Progress,
	secondsAtLimit,
	secondsLeft,
} from '../../../../nodes/Telegent/engine/progress.ts';

test.each([
	[60, 50, 72],
	[1000, 50, 1200],
	[50, 50, 0],
	[60, 0, 0],
])('%i requests at %i a minute take %i seconds', (count, perMinute, seconds) => {
	expect(secondsAtLimit(count, perMinute)).toBe(seconds);
});

test.each([
	// The first minute's requests leave at once: the rest does not go on like that.
	[40, 60, 15, 50, 57],
	[50, 1000, 10, 50, 1190],
	// Slower than the limit: other workflows share it.
	[60, 120, 120, 100, 120],
	[100, 200, 50, 0, 50],
])('%i of %i after %i s, at most %i a minute: %i s are left', (through, count, elapsed, perMinute, left) => {
	expect(secondsLeft(through, count, elapsed, perMinute)).toBe(left);
});

test.each([
	[1, '1 second'],
	[71.2, '72 seconds'],
	[119, '119 seconds'],
	[1200, '20 minutes'],
	[12_600, '3.5 hours'],
])('%i s is %s', (seconds, words) => expect(duration(seconds)).toBe(words));

describe('an execution that is stopped', () => {
	const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;

	test('leaves in the log who was reached, then and when all that was under way has ended', () => {
		const stop = new AbortController();
		const warn = jest.fn();
		const set = jest.fn();
		const context = {
			logger: { warn, info: jest.fn() },
			sendMessageToUI: jest.fn(),
			getNode: () => ({ type: 'n8n-nodes-telegent.telegent' }),
			getMode: () => 'trigger',
			getExecutionCancelSignal: () => stop.signal,
			getWorkflowDataProxy: () => ({ $execution: { customData: { set } } }),
		} as unknown as IExecuteFunctions;
		const progress = new Progress(context, 60, 50, 'sent');
		for (let i = 0; i < 4; i++) progress.begins();
		progress.ends(true, [person(0)]);
		progress.ends(false, [person(1)]);
		stop.abort();
		progress.stopped();
		const text = `1 of 60 items was sent, the last to ${person(0)}. Up to 2 more may have been sent.`;
		expect(set.mock.calls).toEqual([['telegent_stopped', text]]);
		expect(warn.mock.calls).toEqual([
			[`Telegent: the execution was stopped. ${text}`, { recipients: [person(0)] }],
		]);

		progress.fails(2, 'unsure', [person(2), person(9)]);
		progress.fails(3, 'notDone', [person(3)]);
		const error = new NodeOperationError({ name: 'Telegent' } as INode, 'Stopped', { itemIndex: 2 });
		progress.explain(error);
		expect(error.description).toBe(
			`1 of 60 items was confirmed as sent, the last to ${person(0)}. Retry this execution to continue: what was sent isn't sent again.`,
		);
		expect(warn.mock.calls[1]).toEqual([
			`Telegent: the stopped execution has ended. 1 of 60 items was confirmed as sent, the last to ${person(0)}. Item 2 (${person(2)} and 1 more) may have been sent.`,
			{ recipients: [person(0)], unsure: [{ item: 2, to: [person(2), person(9)] }] },
		]);
	});
});

describe('the error that ends an execution', () => {
	const ended = (handled: Array<[item: number, to: string[]]>, sent = 0) => {
		const context = {
			logger: { info: jest.fn(), warn: jest.fn() },
			sendMessageToUI: jest.fn(),
			getNode: () => ({ type: 'n8n-nodes-telegent.telegent' }),
			getMode: () => 'trigger',
			getExecutionCancelSignal: () => undefined,
		} as unknown as IExecuteFunctions;
		const progress = new Progress(context, 100, 0, 'sent');
		for (let i = 0; i < sent; i++) {
			progress.begins();
			progress.ends(true, []);
		}
		for (const [item, to] of handled) {
			progress.begins();
			progress.fails(item, 'unsure', to);
		}
		const error = new NodeOperationError({ name: 'Telegent' } as INode, 'No');
		progress.explain(error);
		return error.description;
	};

	test('names items whose outcome is unknown, with their first recipient', () => {
		const text = ended([
			[3, []],
			[4, ['+18015550123']],
			[5, ['+18015550123', '+18015550124']],
		]);
		expect(text).toMatch(
			/Items 3, 4 \(\+18015550123\), 5 \(\+18015550123 and 1 more\) may also have been sent/,
		);
	});

	test('counts those beyond the first ones', () => {
		const items = Array.from({ length: 60 }, (_, item): [number, string[]] => [item, []]);
		expect(ended(items)).toMatch(/, \d+ more may also have been sent/);
	});

	test('without any, says how many were sent', () => {
		expect(ended([], 2)).toMatch(/2 of 100 items were sent/);
	});
});

test('an execution that is stopped before its first request leaves nothing in the log', () => {
	const warn = jest.fn();
	const progress = new Progress({ logger: { warn } } as unknown as IExecuteFunctions, 3, 0, 'sent');
	progress.stopped();
	expect(warn).not.toHaveBeenCalled();
});

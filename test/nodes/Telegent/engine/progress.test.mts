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

import { invalidReminder, reminderOf } from '../../../../nodes/Telegent/wait/reminderOption.ts';

const HOUR = 3_600_000;
const reminder = (once: object) => ({ reminder: { once } }) as never;

test('n8n leaves out what has its default', () => {
	expect(reminderOf(reminder({}))).toEqual({ afterMs: 4 * HOUR, text: '' });
	expect(reminderOf({})).toBeUndefined();
});

test.each([
	[
		{ amount: 2, unit: 'days', message: ' Hello? ' },
		{ afterMs: 48 * HOUR, text: 'Hello?' },
	],
	[
		{ amount: '30', unit: 'minutes' },
		{ afterMs: HOUR / 2, text: '' },
	],
])('%j', (once, expected) => expect(reminderOf(reminder(once))).toEqual(expected));

test.each([
	['no time', { amount: 0 }],
	['as long as the wait', { amount: 24 }],
	['an unknown unit', { amount: 1, unit: 'weeks' }],
])('%s is refused', (_name, once) => {
	expect(invalidReminder(reminder(once), 24 * HOUR)).toMatch(/^'Remind After' must be more than 0/);
});

test('a shorter time is not, and neither is none', () => {
	expect(invalidReminder(reminder({ amount: 23 }), 24 * HOUR)).toBeUndefined();
	expect(invalidReminder({}, 24 * HOUR)).toBeUndefined();
});

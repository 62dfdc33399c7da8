import type { Item } from '../engine/operation';
import { isAllowed, nextAllowed, type LocalHours } from '../send/quietHours';
import { Safeguards } from '../send/safeguards';
import { reminderOf } from './reminderOption';

/* Sending Hours hold for the reminder, too: it is a message that the person does not expect. A follow-up message
   answers one of theirs. */

/** The Sending Hours of an item, if there is a reminder that they can hold back. */
export function reminderHoursOf(item: Item, person: string): LocalHours | undefined {
	return reminderOf(item.options) && new Safeguards().hoursFor(item, person);
}

/** When to remind the person, in milliseconds since 1970; undefined without a reminder, or if no time fits. */
export function reminderTime(
	item: Item,
	{ askedAt, deadline, to }: { askedAt: number; deadline: number; to: string },
): number | undefined {
	const reminder = reminderOf(item.options);
	const time = reminder && firstAllowed(reminderHoursOf(item, to), askedAt + reminder.afterMs);
	return time !== undefined && time < deadline ? time : undefined;
}

/** A warning where the option was added, but no reminder will be sent. */
export function reminderWarnings(item: Item, remindAt: number | undefined): string[] {
	if (remindAt !== undefined || !reminderOf(item.options)) return [];
	return ["No reminder will be sent, because 'Sending Hours' allow none before 'Wait Up To' is over."];
}

/** The first time from `time` on at which the hours allow a message; undefined where none comes within a week. */
export function firstAllowed(hours: LocalHours | undefined, time: number): number | undefined {
	if (!hours || isAllowed(hours.allowed, hours.zones, time)) return time;
	return nextAllowed(hours.allowed, hours.zones, time);
}

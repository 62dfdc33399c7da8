import type { IDataObject } from 'n8n-workflow';
import { eventOf } from '../../shared/inbound/events';
import { findMessages, messagesSince, type LoggedMessage, type LogPosition } from '../../shared/messageLog';
import { samePhone } from '../../shared/phone/compare';
import { messageNumbers } from '../../shared/routes/numbers';
import { list } from '../../shared/values';
import { CONTACT_SUPPORT } from '../../shared/wording';
import type { Check } from './check';

/** How much later than its own time a message may appear in the list, and how far the clocks may differ. */
export const OVERLAP_MS = 10 * 60_000;
/** Enough for a sample whichever way the list is sorted: the first page and the last. */
const SAMPLE_PAGES = 2;
const SAMPLE_NUMBERS = 5;

/** How far a number's messages were read. Times are Telegent's. */
interface NumberCursor {
	/** The newest message. Messages are read from `OVERLAP_MS` before it. */
	at: number;
	/** Received messages since then, with their times; null where the list does not say. */
	seen: Record<string, number | null>;
	/** In the first check: messages until then came before the workflow was published. */
	floor?: number;
	/** Where to continue, if there were more messages than a check reads, and the newest one so far. */
	rest?: LogPosition;
	top?: number;
}

interface MessageState {
	started?: number;
	/** The numbers that were selected at the last check; empty for all numbers of the account. */
	chosen?: string[];
	numbers?: Record<string, NumberCursor>;
}

/** New inbound messages, oldest first. */
export async function checkMessages(check: Check): Promise<IDataObject[]> {
	const state: MessageState = check.state;
	const started = (state.started ??= Date.now());
	const numbers = await numbersToCheck(check);
	const cursors = (state.numbers ??= {});
	for (const gone of Object.keys(cursors)) if (!numbers.includes(gone)) delete cursors[gone];
	for (const number of newlyChosen(state, check, numbers)) cursors[number] ??= startingAt(Date.now());
	const found: Array<LoggedMessage & { owner: string }> = [];
	await check.inTurn(numbers, async (number) => {
		const cursor = cursors[number] ?? startingAt(started);
		const since = cursor.at - OVERLAP_MS;
		const log = await findMessages(check, number, {
			since,
			maxPages: check.requestsLeft,
			from: cursor.rest,
		});
		if (!log.complete && !log.rest) throw incomplete(check, number);
		const inbound = log.messages.filter(({ outbound }) => !outbound);
		const fresh = inbound.filter(({ at, id }) => !(id in cursor.seen) && isNew(cursor, at));
		found.push(...oldestFirst(fresh).map((message) => ({ ...message, owner: number })));
		cursors[number] = advanced(cursor, log.messages, inbound, log.rest);
	});
	const wanted = senderFilter(check);
	return found
		.filter(({ from }) => wanted(from))
		.sort((one, other) => (one.at || 0) - (other.at || 0))
		.map(toItem);
}

const startingAt = (time: number): NumberCursor => ({ at: time, floor: time, seen: {} });

/**
 * Numbers that a new version of the workflow adds: messages that they received before don't start it. A number that is
 * new in the account is not among them.
 */
function newlyChosen(state: MessageState, check: Check, numbers: string[]): string[] {
	const before = state.chosen;
	state.chosen = check.chosen('phoneNumbers');
	if (before === undefined || before.length === 0) return [];
	return numbers.filter((number) => !before.includes(number));
}

/** Messages of one second keep the order of the list, which mostly begins with the newest. */
function oldestFirst(messages: LoggedMessage[]): LoggedMessage[] {
	const [first, last] = [messages[0], messages[messages.length - 1]];
	return first?.at < last?.at ? messages : [...messages].reverse();
}

const isNew = ({ floor }: NumberCursor, at: number) => floor === undefined || at > floor;

function advanced(
	{ at, floor, seen, top }: NumberCursor,
	read: LoggedMessage[],
	inbound: LoggedMessage[],
	rest: LogPosition | undefined,
): NumberCursor {
	// A time in the future must not hide the messages before it.
	const newest = read.reduce((best, one) => (one.at > best ? Math.min(one.at, Date.now()) : best), top ?? at);
	const next = rest ? at : Math.max(at, newest);
	const known = [...Object.entries(seen), ...inbound.map(({ at: time, id }) => [id, time || null] as const)];
	const kept = known.filter(([, time]) => time === null || time >= next - OVERLAP_MS);
	return {
		at: next,
		seen: Object.fromEntries(kept),
		...(rest && { rest, top: newest, ...(floor !== undefined && { floor }) }),
	};
}

/** As the Telegent Trigger outputs it, so that one can take the place of the other. */
function toItem({ owner, record }: { owner: string; record: IDataObject }): IDataObject {
	const shape = eventOf('messageReceived').read({ ...record, Owner: owner }, new Date());
	return { ...shape, raw: record };
}

/** Numbers without messages would be a request each for nothing. */
async function numbersToCheck(check: Check): Promise<string[]> {
	const chosen = check.chosen('phoneNumbers');
	if (chosen.length > 0) return chosen;
	return (await messageNumbers(check.telegent)).map(({ Number: number }) => String(number));
}

function senderFilter({ context }: Check): (from: string) => boolean {
	const { from: senders } = context.getNodeParameter('filters', {}) as IDataObject;
	const wanted = list(senders).filter((entry) => /\d/.test(String(entry)));
	return (from) => wanted.length === 0 || wanted.some((entry) => samePhone(entry, from));
}

export async function sampleMessage(check: Check): Promise<IDataObject> {
	const wanted = senderFilter(check);
	for (const number of (await numbersToCheck(check)).slice(0, SAMPLE_NUMBERS)) {
		const { messages } = await messagesSince(check, number, 0, SAMPLE_PAGES);
		const inbound = messages.filter(({ from, outbound }) => !outbound && wanted(from));
		const newest = inbound.reduce<LoggedMessage | undefined>(
			(best, one) => (best && !(one.at > best.at) ? best : one),
			undefined,
		);
		if (newest) return toItem({ ...newest, owner: number });
	}
	throw check.checkError(
		'No message to test with yet',
		'Text one of the numbers, wait a moment, then test again. Publishing the workflow works without a test.',
	);
}

function incomplete(check: Check, number: string) {
	return check.checkError(
		`Telegent's list of the messages of ${number} couldn't be read completely`,
		`The next check reads it again, so nothing is lost. ${CONTACT_SUPPORT}`,
	);
}

import { sleep, type IHttpRequestOptions, type Logger } from 'n8n-workflow';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { questionCall } from './questionCall';
import { hasQuestion } from '../../shared/questions/openQuestions';
import type { QuestionWebhook } from '../../shared/questions/webhook';

/* Any process may find that a reminder is due, but only the waiting execution has its text: so that one is called, at its
   resume address, and sends it (reminder.ts). */

/** Not one of Telegent's events. */
export const REMINDER_EVENT = 'n8n_Reminder_Due';

const WATCH_POLL_MS = 1_000;
/** The process that asked goes first. */
const OVERDUE_MS = 60_000;
/** A sweep must not take long. */
const MOST_PER_SWEEP = 10;

/** What calls an execution of this n8n. */
interface Caller {
	request: (options: IHttpRequestOptions) => Promise<unknown>;
}

interface Scheduled extends Caller {
	one: QuestionWebhook;
	secret: string;
	logger: Logger;
}

/** By webhook. An entry leaves when its reminder is due. */
const scheduled = processState(new Map<string, Scheduled>());
/** Has one entry while `watchReminders` runs. */
const reminderWatchers = processState(new Set<symbol>());

/** Calls the question's execution when its reminder is due, unless this process ends before. */
export function scheduleReminder(
	one: QuestionWebhook,
	secret: string,
	{ logger, request }: Caller & { logger: Logger },
): void {
	if (one.state.remindAt === undefined) return;
	scheduled.set(one.webhookId, { one, secret, logger, request });
	if (reminderWatchers.size === 0) void watchReminders();
}

async function watchReminders(): Promise<void> {
	const watcher = Symbol('reminders');
	reminderWatchers.add(watcher);
	while (reminderWatchers.has(watcher) && scheduled.size > 0) {
		await sleep(WATCH_POLL_MS);
		for (const [id, entry] of scheduled) {
			const { logger, one, secret } = entry;
			const isOpen = hasQuestion(one.url);
			if (isOpen && !isDue(one, Date.now())) continue;
			scheduled.delete(id);
			if (isOpen) void settle(callExecution(entry, one, secret, logger));
		}
	}
	reminderWatchers.delete(watcher);
}

const isDue = ({ state }: QuestionWebhook, now: number) =>
	state.remindAt !== undefined && state.remindAt <= now && state.deadline > now && !state.answered;

/**
 * Calls the executions whose reminder is overdue, because the process that asked has ended or could not send it.
 * Never throws.
 * @param listed open questions of this n8n
 */
export async function callOverdue(caller: Caller, listed: QuestionWebhook[]): Promise<void> {
	const overdue = listed.filter((one) => isDue(one, Date.now() - OVERDUE_MS));
	for (const one of overdue.slice(0, MOST_PER_SWEEP))
		if (one.secret !== undefined) await callExecution(caller, one, one.secret);
}

async function callExecution(
	{ request }: Caller,
	{ url, webhookId }: QuestionWebhook,
	secret: string,
	logger?: Logger,
): Promise<void> {
	const call = questionCall(url, secret, { Event: REMINDER_EVENT, WebhookId: webhookId });
	const result = await settle(request(call));
	if ('error' in result)
		logger?.warn(`Telegent: a reminder couldn't be sent yet: ${(result.error as Error).message}`);
}

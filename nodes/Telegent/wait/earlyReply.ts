import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import type { Telegent } from '../../../transport/client';
import { endOf } from '../../../transport/result';
import type { Plan } from './question';
import { awaitedIn } from './matchReply';
import { isOpen } from '../../shared/questions/openQuestions';
import { isTaken } from '../../shared/questions/claims';

/* n8n refuses calls for an execution that it has not stored as waiting yet. An answer in these moments, from a phone
   that answers by itself for instance, would be lost unless Telegent delivers it again, which its pages do not say. */

const LATER_MS = 4_000;
const SLICE_MS = 250;
const PAGE_SIZE = 20;

/** Looks once, a little later, whether an answer came in too early, and then delivers it as Telegent would. Never throws. */
export async function lookForEarlyAnswer(
	{ helpers, logger }: IExecuteFunctions,
	telegent: Telegent,
	plan: Plan,
	{ account, registered: { url }, secret }: { account: string; registered: { url: string }; secret: string },
): Promise<void> {
	for (let left = LATER_MS; left > 0; left -= SLICE_MS) {
		if (!isOpen(url)) return;
		await sleep(SLICE_MS);
	}
	const query = { PhoneNumber: plan.to, Page: 1, Results: PAGE_SIZE };
	const end = await endOf(telegent.call({ route: 'GET /v1.0/message/filter', query, safety: 'read' }));
	const messages = 'answer' in end ? ((end.answer as IDataObject).Messages as IDataObject[] | undefined) : [];
	const early = earlyAnswer(Array.isArray(messages) ? messages : [], plan);
	if (!early || !isOpen(url) || isTaken(account, early, Date.now())) return;
	const request = {
		method: 'POST' as const,
		url,
		body: { Event: 'New_Sms', ...(early.raw as IDataObject) },
		headers: { Authorization: `Bearer ${secret}` },
		json: true,
	};
	const delivered = await endOf(helpers.httpRequest(request) as Promise<unknown>);
	if ('error' in delivered)
		logger.warn(`Telegent: an early answer could not be delivered: ${(delivered.error as Error).message}`);
}

/** The first message of the person after the question, by Telegent's own clock; undefined where that cannot be told. Pure. */
export function earlyAnswer(messages: IDataObject[], plan: Plan): IDataObject | undefined {
	const timeOf = ({ CreatedAt }: IDataObject) => Date.parse(String(CreatedAt));
	const question = messages.find(({ MessageId }) => MessageId === plan.messageId);
	if (!question || plan.messageId === '') return undefined;
	const later = messages
		.filter((message) => timeOf(message) >= timeOf(question) && /^in/i.test(String(message.Direction)))
		.sort((a, b) => timeOf(a) - timeOf(b));
	return awaitedIn(later, plan, new Date());
}

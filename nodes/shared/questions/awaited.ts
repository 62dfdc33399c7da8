import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { connect, CREDENTIAL } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { endOf } from '../../../transport/result';
import { chosenIn } from '../form/locator';
import { isBetween } from '../phone/compare';
import { listQuestions, type Registered } from './webhook';
import { changesSoFar, isAwaitedHere } from './openQuestions';
import { isTaken } from './claims';
import { markOf } from './claims';

/** Telegent is asked this often at most, however many messages come in. */
const CACHED_MS = 2_000;

const cached = new Map<string, { at: number; after: number; questions: Promise<Registered[]> }>();

/**
 * Whether a Send and Wait for Reply waits for this message, or has just had it. Opt-out words belong to everybody: a
 * flow that keeps the list of those must hear them.
 */
export async function isAwaited(context: IWebhookFunctions, shape: IDataObject): Promise<boolean> {
	if (shape.intent === 'optOut') return false;
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const account = accountDigest(credential);
	if (isTaken(account, shape, Date.now()) || isAwaitedHere(account, shape)) return true;
	const { accountId } = context.getNodeParameter('options', {}) as IDataObject;
	const questions = await questionsOf(context, account, chosenIn(accountId) || undefined);
	return questions.some(({ note }) => {
		if (note.answered || note.deadline < Date.now()) return note.last === markOf(shape);
		return isBetween(shape, note.from, note.to);
	});
}

/** None where Telegent does not say: a message too many is better than one that nobody gets. */
async function questionsOf(
	context: IWebhookFunctions,
	account: string,
	accountId?: string,
): Promise<Registered[]> {
	const key = `${account} ${accountId ?? ''}`;
	const known = cached.get(key);
	const now = Date.now();
	const after = changesSoFar();
	if (known && known.after === after && now - known.at < CACHED_MS) return await known.questions;
	const questions = connect(context).then(async (telegent) => {
		const end = await endOf(listQuestions(telegent, accountId || undefined));
		return 'answer' in end ? end.answer : [];
	});
	cached.set(key, { at: now, after, questions });
	return await questions;
}

/** Forgets what Telegent said, as a restart of n8n does. */
export function clearAwaited(): void {
	cached.clear();
}

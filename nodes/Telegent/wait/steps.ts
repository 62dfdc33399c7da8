import { randomBytes } from 'crypto';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { unreachable } from '../../shared/publicUrl';
import { digest } from '../../shared/secrets';
import { settle } from '../../../transport/result';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { isReview, isTool } from '../engine/caller';
import { withFieldLabel } from '../engine/parameters';
import { locatorText } from '../../shared/form/locator';
import { recipients } from '../send/recipients';
import { sendHooks } from '../send/steps';
import { recordQuestion } from '../send/takeover';
import { list, toNumber } from '../../shared/values';
import { CONTACT_SUPPORT, SET_WEBHOOK_URL } from '../../shared/wording';
import { politeReAsk, unmatchableReason, type Expected } from './expected';
import { lookForEarlyReply } from './earlyReply';
import { rememberSecret } from './lostReplies';
import { chooseCalled } from './chooseCalled';
import { cancelRemoval, scheduleRemoval, scheduleSweeps, type QuestionClient } from './scheduledRemoval';
import { question } from './fields';
import { scheduleReminder } from './reminderCalls';
import { reminderHoursOf, reminderTime, reminderWarnings } from './reminderHours';
import { invalidReminder, reminderOf, UNIT_MS } from './reminderOption';
import { saveQuestion, type PendingQuestion } from './question';
import { createWebhook, removeWebhook, type QuestionWebhook } from '../../shared/questions/webhook';
import { MAX_URL_LENGTH, webhookUrlTooLong } from '../../shared/routes/webhooks';
import { removeStaleWebhooks } from './staleWebhooks';
import { endIfNotDelivered } from './undelivered';
import { removeQuestion, addQuestion } from '../../shared/questions/openQuestions';

const MAX_DAYS = 365;
/** The webhook outlives the deadline by this, so that a reply in the last moment still arrives. */
const WEBHOOK_GRACE_MS = 5_000;

/** What `beforeRequest` registered for the item. */
interface RegisteredQuestion {
	registered: QuestionWebhook;
	account: string;
	secret: string;
}

/** Hooks of Message → Send and Wait for Response, around those of Send. */
export function waitHooks(): OperationHooks {
	let asked: RegisteredQuestion | undefined;
	let withoutReminder: string[] = [];
	const sends = sendHooks(Date.now, question.name);
	const stoppedBy = (item: Item, stopped?: IDataObject) =>
		stopped && { ...stopped, replied: false, ...(isReview(item.context) && { approved: false }) };
	return {
		beforeQueue(item) {
			if (isTool(item.context) && !isReview(item.context)) return { ...TOOL_REFUSAL };
			assertOneRecipient(item);
			const reason =
				unmatchableReason(expectedOf(item)) ??
				invalidWait(item) ??
				invalidReminder(item.options, limitMs(item));
			if (reason)
				throw userError(item, reason, 'Nothing was sent. Correct the value, then run the workflow again.');
			return stoppedBy(item, sends.beforeQueue?.(item));
		},
		async beforeRequest(item) {
			const stopped = stoppedBy(item, await sends.beforeRequest?.(item));
			if (!stopped) asked = await registerQuestion(item);
			return stopped;
		},
		async afterResponse(item, response) {
			await recordQuestion(item, response);
			withoutReminder = reminderWarnings(item, asked?.registered.state.remindAt);
			return await wait(item, asked as RegisteredQuestion, response);
		},
		async onFailure(item, error) {
			await sends.onFailure?.(item, error);
			if (asked) await withdrawQuestion(item, asked);
		},
		recipients: sends.recipients,
		summary: sends.summary,
		warnings: () => [...(sends.warnings?.() ?? []), ...withoutReminder],
	};
}

/** Puts the execution to wait. @returns the output item if no reply arrives */
async function wait(
	item: Item,
	{ account, registered, secret }: RegisteredQuestion,
	response: IDataObject,
): Promise<IDataObject> {
	const { context, telegent } = item;
	const { state, url } = registered;
	const question = { ...pendingQuestion(item, registered, secret, response), account };
	saveQuestion(context, question);
	const client = itemClient(item);
	scheduleRemoval(registered, account, state.deadline + WEBHOOK_GRACE_MS, client);
	scheduleSweeps(registered, account, client);
	scheduleReminder(registered, secret, client);
	rememberSecret(registered, secret);
	addQuestion({ url, account, from: state.from, to: state.to });
	const timeoutItem = { ...noReply(state, response), ...(question.review && { approved: false }) };
	outputAfterDeadline(context, timeoutItem);
	await context.putExecutionToWait(new Date(state.deadline));
	void settle(lookForEarlyReply(context, telegent, question, { account, registered, secret }));
	const withdraw = async () => await withdrawQuestion(item, { account, registered, secret });
	void settle(endIfNotDelivered(item, question, { url, secret }, withdraw));
	return timeoutItem;
}

function pendingQuestion(
	item: Item,
	{ accountId, state }: QuestionWebhook,
	secret: string,
	response: IDataObject,
): PendingQuestion {
	const { context, options } = item;
	const { Body, Owner } = payloadOf(item);
	const reminder = reminderOf(options);
	const expected = expectedOf(item);
	return {
		from: state.from,
		to: state.to,
		...(accountId && { accountId }),
		...(Owner ? { owner: String(Owner) } : {}),
		secretDigest: digest(secret),
		askedAt: state.askedAt,
		deadline: state.deadline,
		messageId: String(response.MessageId ?? ''),
		expected,
		reAsk: String(options.reAsk ?? '').trim() || politeReAsk(expected),
		mostReAsks: Math.max(0, Math.floor(Number(options.mostReAsks ?? 1)) || 0),
		...(reminder && { reminder: reminder.text || String(Body) }),
		reminderHours: reminderHoursOf(item, state.to),
		review: isReview(context),
	};
}

/** Removes the webhook of a question that was not sent, or whose sending is uncertain. */
async function withdrawQuestion(item: Item, { account, registered }: RegisteredQuestion): Promise<void> {
	const { context, telegent } = item;
	removeQuestion(registered.url);
	cancelRemoval(registered.webhookId);
	const result = await settle(removeWebhook(telegent, registered));
	// Others may rely on it to forward messages.
	if ('value' in result) return scheduleSweeps(registered, account, itemClient(item), 0);
	context.logger.warn(`Telegent: webhook ${registered.webhookId} couldn't be removed yet`);
	scheduleRemoval(registered, account, Date.now(), itemClient(item));
}

const itemClient = ({ context: { helpers, logger }, telegent }: Item): QuestionClient => ({
	telegent,
	logger,
	request: async (options) => await (helpers.httpRequest(options) as Promise<unknown>),
});

/** Creates the webhook before the question is sent, because a reply can arrive at once. */
async function registerQuestion(item: Item): Promise<RegisteredQuestion> {
	const { context, telegent } = item;
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const url = resumeUrl(item, credential.baseUrl);
	const account = accountDigest(credential);
	const accountId = locatorText(item.options.accountId) || undefined;
	const client = itemClient(item);
	await removeStaleWebhooks(client.request, telegent, account, url, accountId);
	const askedAt = Date.now();
	const times = { askedAt, deadline: askedAt + limitMs(item), to: recipients(item)[0] };
	const state = {
		execution: context.getExecutionId(),
		from: String(payloadOf(item).From),
		...times,
		reAsks: 0,
		remindAt: reminderTime(item, times),
		answered: false,
	};
	const secret = randomBytes(24).toString('base64url');
	const called = await chooseCalled(client, account, { url, accountId, state });
	const webhookId = await createWebhook(telegent, { url, accountId, called, state }, secret);
	if (webhookId === undefined) {
		throw userError(
			item,
			"Telegent accepted the webhook for the reply, but returned no ID for it and doesn't list it",
			`Nothing was sent, because the reply couldn't be received. Run the workflow again in a minute. ${CONTACT_SUPPORT}`,
		);
	}
	return { registered: { url, webhookId, accountId, called, state }, account, secret };
}

function resumeUrl(item: Item, baseUrl: string): string {
	const url = item.context.getSignedResumeUrl();
	const nextStep = `Nothing was sent. ${SET_WEBHOOK_URL}, so that the reply can reach it.`;
	const reason = unreachable(url, baseUrl);
	if (reason) throw userError(item, `The reply couldn't reach this n8n: ${reason}`, nextStep);
	if (url.length <= MAX_URL_LENGTH) return url;
	throw userError(item, webhookUrlTooLong(url), "Nothing was sent. Shorten n8n's WEBHOOK_URL.");
}

/** An output item instead of an error, which would end the execution of many agents. */
const TOOL_REFUSAL = {
	status: 'refused',
	reason:
		"Send and Wait for Response can't be used as a tool, because an agent doesn't wait for a person's reply. Nothing was sent. Use Send instead. A Telegent Trigger can start the agent again when the reply arrives.",
};

/** n8n puts an execution to wait as a whole: only one question can be open. */
function assertOneRecipient(item: Item): void {
	const count = item.context.getInputData().length;
	const people = recipients(item).length;
	if (count === 1 && people <= 1) return;
	const actual = count > 1 ? `it received ${count} items` : `'To' has ${people} numbers`;
	throw userError(
		item,
		`Send and Wait for Response can ask only one person per execution, but ${actual}`,
		'Nothing was sent. To ask several people at the same time, put this node in a sub-workflow, and call it with Execute Sub-workflow once per item, without waiting for it to complete. To ask them one after another, use Loop Over Items with a batch size of 1.',
	);
}

/** The expected reply as the fields say. @throws ParameterError if a bound is not a number */
function expectedOf({ context, options, read }: Item): Expected {
	if (isReview(context)) return { kind: 'yesNo' };
	const bound = (label: string, value: unknown) =>
		(value ?? '') === '' ? undefined : withFieldLabel(label, () => toNumber(value));
	switch (read('expectedAnswer')) {
		case 'number':
			return {
				kind: 'number',
				minimum: bound('Minimum', options.minimum),
				maximum: bound('Maximum', options.maximum),
			};
		case 'oneOf':
			return { kind: 'oneOf', choices: list(read('choices')).map(String) };
		case 'pattern':
			return { kind: 'pattern', pattern: String(read('pattern') ?? '') };
		case 'yesNo':
			return { kind: 'yesNo' };
		default:
			return { kind: 'any' };
	}
}

function limitMs({ read }: Item): number {
	const unit = String(read('waitUnit'));
	return Number(read('waitAmount')) * (UNIT_MS[unit] ?? NaN);
}

function invalidWait(item: Item): string | undefined {
	const ms = limitMs(item);
	return ms > 0 && ms <= MAX_DAYS * UNIT_MS.days
		? undefined
		: `'Wait Up To' must be more than 0 and at most ${MAX_DAYS} days`;
}

/** The output item if no reply arrives; the editor shows it while the execution waits. */
function noReply({ askedAt, deadline, from, to }: QuestionWebhook['state'], sent: IDataObject): IDataObject {
	return {
		replied: false,
		matched: false,
		answer: null,
		from: to,
		to: from,
		respondedAt: null,
		askedAt: new Date(askedAt).toISOString(),
		waitedUntil: new Date(deadline).toISOString(),
		sentMessageId: sent.MessageId ?? null,
	};
}

/**
 * After the deadline, n8n resumes the execution with this node disabled: its input becomes its output and none of our code
 * runs. So the input is replaced in this node's entry of the execution stack; data of other nodes is unchanged.
 */
function outputAfterDeadline(context: IExecuteFunctions, json: IDataObject): void {
	context.getExecuteData().data = { main: [[{ json, pairedItem: { item: 0 } }]] };
}

function userError(
	{ context, index: itemIndex }: Item,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { itemIndex, description });
}

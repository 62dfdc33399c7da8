import type { IDataObject } from 'n8n-workflow';
import { toLoggedMessage, type LoggedMessage } from '../../nodes/shared/messageLog.ts';
import { runNode, type CredentialValues } from '../../test/support/n8n.mts';
import type { Finding } from './check.mts';

const DAY_MS = 86_400_000;

/**
 * Asks what is not documented about the two lists of messages: their order, their reach, which party of a message the
 * phone number is compared with, and whether both have the same messages. Reads only.
 */
export async function messageLists(
	credential: CredentialValues,
	{ from, to }: { from: string; to: string },
): Promise<Finding[]> {
	const read = async (operation: 'getAll' | 'search', number: string) => {
		const phoneNumber = { __rl: true, mode: 'number', value: number };
		const parameters = { resource: 'message', operation, phoneNumber, limit: 200, simplify: false };
		const { error, json } = await runNode({ credential, parameters });
		if (error) throw error;
		return json;
	};
	try {
		const [listed, theirs, searched] = [
			await read('getAll', from),
			await read('getAll', to),
			await read('search', from),
		];
		const own = listed.map(toLoggedMessage);
		return [
			{ question: 'Order of Get Many', answer: orderOf(own) },
			{ question: 'Order of Search, by the times in Get Many', answer: orderOf(timed(searched, own)) },
			{ question: 'Reach of Get Many', answer: reachOf(own) },
			{ question: 'Messages that the sender’s list has', answer: partiesOf(own, from) },
			{
				question: 'Messages that the list of the recipient’s number has',
				answer: partiesOf(theirs.map(toLoggedMessage), to),
			},
			{ question: 'Same messages in Get Many and Search', answer: overlap(own, searched) },
			{ question: 'Fields of Search that may be a time', answer: timesIn(searched) },
		];
	} catch (error) {
		return [{ question: 'Lists of messages', answer: `did not work: ${(error as Error).message}` }];
	}
}

/** How the times of a list run. */
export function orderOf(messages: LoggedMessage[]): string {
	const times = messages.map(({ at }) => at).filter((at) => !Number.isNaN(at));
	const steps = times.slice(1).map((at, index) => Math.sign(at - times[index]));
	const [falls, rises] = [-1, 1].map((sign) => steps.filter((step) => step === sign).length);
	const unreadable = messages.length - times.length;
	const order =
		falls && rises ? 'no order' : falls ? 'newest first' : rises ? 'newest last' : 'not to be seen';
	return `${order} (${messages.length} messages, ${unreadable} without a readable time)`;
}

/** The messages of the list in the order of the search. */
function timed(searched: IDataObject[], listed: LoggedMessage[]): LoggedMessage[] {
	const known = new Map(listed.map((message) => [message.id, message]));
	return searched.flatMap((record) => known.get(toLoggedMessage(record).id) ?? []);
}

function reachOf(messages: LoggedMessage[]): string {
	const oldest = Math.min(...messages.map(({ at }) => at).filter((at) => !Number.isNaN(at)));
	if (!Number.isFinite(oldest)) return 'not to be seen';
	const days = Math.floor((Date.now() - oldest) / DAY_MS);
	return `at least ${days} days, of ${messages.length} messages read`;
}

function partiesOf(messages: LoggedMessage[], number: string): string {
	const sent = messages.filter(({ from }) => from === number).length;
	const received = messages.filter(({ to }) => to.includes(number)).length;
	return `${messages.length}: it is From of ${sent} and To of ${received}`;
}

function overlap(listed: LoggedMessage[], searched: IDataObject[]): string {
	const ids = new Set(searched.map((record) => toLoggedMessage(record).id));
	const both = listed.filter(({ id }) => ids.has(id)).length;
	return `${both} of the list's ${listed.length} are among the search's ${searched.length}`;
}

function timesIn(records: IDataObject[]): string {
	const names = new Set(records.flatMap((record) => Object.keys(record)));
	return (
		[...names]
			.filter((name) => /date|time|created|on$|at$/i.test(name) && !/direction/i.test(name))
			.join(', ') || 'none'
	);
}

/** Numbers that are looked at until one has messages. */
const MAX_NUMBERS = 5;

/**
 * What Collect Messages and Stay Silent While a Person Writes need of the message list, and its documentation leaves
 * open. Reads only; findings hold no values.
 */
export async function receivedMessages(credential: CredentialValues, from?: string): Promise<Finding[]> {
	const read = async (parameters: IDataObject) =>
		(await runNode({ credential, parameters: parameters as never })).json;
	const own = from ? [from] : (await read(manyOf('number', MAX_NUMBERS))).map(({ Number }) => String(Number));
	let messages: IDataObject[] = [];
	for (const value of own) {
		if (messages.length > 0) break;
		messages = await read({ ...manyOf('message', 100), phoneNumber: { __rl: true, mode: 'number', value } });
	}
	if (messages.length === 0)
		return [{ question: 'Message list', answer: 'no messages to look at; give --from and --to' }];
	const inbound = messages.find(({ Direction }) => /^in/i.test(String(Direction)));
	const details =
		inbound && (await read({ resource: 'message', operation: 'get', messageId: inbound.MessageId }));
	return [
		{ question: 'Message list: order', answer: orderOf(messages.map(toLoggedMessage)) },
		{
			question: 'Message list: directions',
			answer: distinct(messages, ({ Direction }) => String(Direction)),
		},
		{
			question: 'Message list: form of CreatedAt',
			answer: distinct(messages, ({ CreatedAt }) => formOf(CreatedAt)),
		},
		{ question: 'Message list: campaign', answer: presence(messages, /^campaignid$/i) },
		{ question: 'Message list: media', answer: presence(messages, /media/i) },
		{
			question:
				'An inbound message of the list can be found by its ID (compare it with Message_ID of a delivery)',
			answer: !inbound ? 'no inbound message' : details?.[0]?.MessageId ? 'yes' : 'no',
		},
	];
}

const manyOf = (resource: string, limit: number) => ({
	resource,
	operation: 'getAll',
	returnAll: false,
	limit,
	simplify: false,
});

const distinct = (messages: IDataObject[], of: (message: IDataObject) => string) =>
	[...new Set(messages.map(of))].join(', ');

/** The form of a time, without its digits. */
const formOf = (time: unknown) => String(time).replace(/\d/g, '0');

function presence(messages: IDataObject[], name: RegExp): string {
	const keys = new Set(messages.flatMap((message) => Object.keys(message).filter((key) => name.test(key))));
	return keys.size > 0 ? `yes: ${[...keys].join(', ')}` : 'not in the list';
}

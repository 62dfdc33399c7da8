import type { IDataObject } from 'n8n-workflow';
import { runNode, type CredentialValues } from '../../test/support/n8n.mts';
import { toLoggedMessage } from '../../nodes/shared/messageLog.ts';
import type { Finding } from './check.mts';
import { orderOf } from './messageLists.mts';

/** Numbers that are looked at until one has messages. */
const MAX_NUMBERS = 5;

/**
 * What Collect Messages and Stay Silent While a Person Writes need of the message list, and its documentation leaves
 * open. Reads only; findings hold no values.
 */
export async function messageList(credential: CredentialValues, from?: string): Promise<Finding[]> {
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

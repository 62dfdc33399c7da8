import type { IDataObject } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import { payloadOf, type Item } from '../engine/operation';
import { recipients } from './recipients';

/** Largest difference between Telegent's clock and ours that is tolerated. */
const CLOCK_SKEW_MS = 2_000;
const DOUBTFUL_MS = 120_000;
const MESSAGES_PER_PAGE = 100;
const MAX_MESSAGE_PAGES = 10;

/** More than can be sent around the time of one send: older messages are not candidates. */
const MAX_IDS = 2_000;
/** Messages that an item of any run in this process accounts for. */
const claimedMessageIds = processState(new BoundedMap<string, true>(MAX_IDS));

/** Records that the message with this ID belongs to an item, so that no other item takes it for its own. */
export function claimMessageId(id: unknown): void {
	claimedMessageIds.set(String(id), true);
}

type Finding = { found: IDataObject } | 'absent' | 'unknown';

/**
 * "Check First": finds out whether a send without a response was executed. Looks for the message in the lists of sender
 * and recipient repeatedly until `delayMs` is over. Sends it once more only if both lists were read completely and do
 * not have it.
 * @param startedAt when the send was made, milliseconds since 1970
 * @param delayMs how long Telegent may take to show it
 * @returns the message's record, or undefined where it stays unsure
 * @throws NodeApiError when it was sent again and that did not succeed
 */
export async function reconcileSend(
	item: Item,
	startedAt: number,
	delayMs: number,
): Promise<IDataObject | undefined> {
	const [recipient, ...others] = recipients(item);
	if (others.length > 0) return undefined;
	const until = startedAt + delayMs;
	for (let pause = 1_000; ; pause *= 2) {
		const left = until - Date.now();
		await item.telegent.wait(Math.min(pause, left));
		const finding = await findSent(item, recipient, startedAt).catch((): Finding => 'unknown');
		if (finding === 'unknown') return undefined;
		if (finding !== 'absent') {
			claimMessageId(finding.found.MessageId);
			return { ...finding.found, To: payloadOf(item).To, confirmedBy: 'lookup' };
		}
		if (left <= 0) break;
	}
	const response = await item.telegent.call(item.request, item.index);
	return 'MessageId' in response ? { ...response, confirmedBy: 'sending again' } : undefined;
}

async function findSent(item: Item, recipient: string, startedAt: number): Promise<Finding> {
	for (const number of [recipient, String(payloadOf(item).From)]) {
		const finding = await findSentIn(number, item, recipient, startedAt);
		if (finding !== 'absent') return finding;
	}
	return 'absent';
}

/** `absent` only where the list of this number was read completely. */
async function findSentIn(
	number: string,
	item: Item,
	recipient: string,
	startedAt: number,
): Promise<Finding> {
	let seen = 0;
	for (let page = 1; page <= MAX_MESSAGE_PAGES; page++) {
		const query = { PhoneNumber: number, Page: page, Results: MESSAGES_PER_PAGE };
		const response = await item.telegent.call({ route: 'GET /v1.0/message/filter', query, safety: 'read' });
		const { Messages, Total } = response as { Messages?: IDataObject[]; Total?: number };
		if (!Array.isArray(Messages) || typeof Total !== 'number') return 'unknown';
		const same = Messages.filter((message) => isSame(message, payloadOf(item), recipient));
		const times = same.map(({ CreatedAt }) => Date.parse(String(CreatedAt)));
		if (times.some((time) => Number.isNaN(time))) return 'unknown';
		const index = times.findIndex((time) => time >= startedAt - CLOCK_SKEW_MS);
		if (index >= 0) return { found: same[index] };
		if (times.some((time) => time >= startedAt - DOUBTFUL_MS)) return 'unknown';
		seen += Messages.length;
		if (seen >= Total) return 'absent';
		if (Messages.length === 0) return 'unknown';
	}
	return 'unknown';
}

function isSame(message: IDataObject, sent: IDataObject, recipient: string): boolean {
	const to = [message.To]
		.flat()
		.map((entry) => (typeof entry === 'object' ? (entry as IDataObject)?.Number : entry));
	return (
		message.From === sent.From &&
		to.includes(recipient) &&
		message.Body === sent.Body &&
		!claimedMessageIds.has(String(message.MessageId))
	);
}

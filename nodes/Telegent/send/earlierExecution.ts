import type { IDataObject, NodeOperationError } from 'n8n-workflow';
import { messagesSince, type LoggedMessage, type LogExcerpt } from '../../shared/messageLog';
import { unsureError } from '../engine/itemErrors';
import type { Item } from '../engine/operation';
import type { EarlierRun } from '../engine/runRecord';
import { CLOCK_SKEW_MS, claimMessageId, confirmedByLookup, lookupTime, sentMessage } from './reconcile';
import { findMessage, type SentMessage } from './sentMessages';

/** A sender's messages since the earlier execution, by recipient: a list can have thousands of either. */
interface SenderLog {
	complete: boolean;
	byRecipient: Map<string, LoggedMessage[]>;
}

/**
 * What an earlier execution sent, as far as Telegent's message list tells: for items of a retried execution that n8n
 * kept no outcome of. The list of a sender is read once per run, 100 messages per request.
 */
export class EarlierExecution {
	private readonly logs = new Map<string, Promise<SenderLog>>();

	/** IDs of messages that this run has found for other items. */
	private readonly taken = new Set<string>();

	/**
	 * Finds the item's message.
	 * @returns undefined where the earlier execution surely did not send it, or where the user chose to send again
	 * @throws NodeOperationError with outcome `unsure` where that cannot be told
	 */
	async find(item: Item, earlier: EarlierRun): Promise<IDataObject | undefined> {
		const { onRetry = 'lookUp' } = item.options;
		if (onRetry === 'send') return undefined;
		if (onRetry === 'report') throw unknownOutcome(item, 'The earlier execution may have sent this message');
		const sent = sentMessage(item);
		const log = await this.logFor(item, earlier);
		const messages = [...new Set(sent.to.flatMap((number) => log.byRecipient.get(number) ?? []))];
		return this.judge(item, sent, { complete: log.complete, messages }, earlier);
	}

	private judge(item: Item, sent: SentMessage, excerpt: LogExcerpt, { exact, messageIds }: EarlierRun) {
		const isTaken = (id: string) => this.taken.has(id) || messageIds.has(id);
		const finding = findMessage(sent, excerpt, isTaken);
		if (finding === 'incomplete')
			throw unknownOutcome(item, "Telegent's message list couldn't be read completely");
		if (finding === 'other')
			throw unknownOutcome(item, 'A message with this text went to some of these recipients');
		if (finding !== 'absent') {
			this.taken.add(finding.id);
			claimMessageId(finding.id);
			return confirmedByLookup(item, finding.record);
		}
		const other = exact && excerpt.messages.find(({ id, outbound }) => outbound && !isTaken(id));
		if (other)
			throw unknownOutcome(
				item,
				`A message with another text (${other.id}) went to this recipient meanwhile`,
			);
		return undefined;
	}

	private async logFor(item: Item, earlier: EarlierRun): Promise<SenderLog> {
		const { from } = sentMessage(item);
		const log = this.logs.get(from) ?? readLog(item, from, earlier);
		this.logs.set(from, log);
		return await log.catch((error: Error) => {
			throw unknownOutcome(item, `Telegent's message list couldn't be read (${error.message})`);
		});
	}
}

async function readLog(item: Item, number: string, { since, unknownAt }: EarlierRun): Promise<SenderLog> {
	if (unknownAt !== undefined) await item.telegent.wait(unknownAt + lookupTime(item.options) - Date.now());
	const { complete, messages } = await messagesSince(item.telegent, number, since - CLOCK_SKEW_MS);
	const byRecipient = new Map<string, LoggedMessage[]>();
	for (const message of messages) {
		for (const to of message.to) {
			const own = byRecipient.get(to) ?? [];
			own.push(message);
			byRecipient.set(to, own);
		}
	}
	return { complete, byRecipient };
}

function unknownOutcome(item: Item, reason: string): NodeOperationError {
	return unsureError(
		item,
		`${reason}, so it's unknown whether it was sent`,
		"An earlier execution may have sent it. It wasn't sent again. Check it with Message → Get Many; to send it anyway, set the option 'If Execution Is Retried' to \"Send Again\".",
	);
}

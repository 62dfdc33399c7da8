import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { TelegentClient } from '../../transport/client';
import { messagesSince, type LoggedMessage } from './messageLog';
import { phoneIdentity } from './phone/compare';
import { notSentBy } from './sentRecord';

/** The label of the option, in both nodes. */
export const STAY_SILENT = 'Stay Silent While a Person Writes (Minutes)';

export interface TakeoverRule {
	/** For how long a message of somebody else silences the workflow. */
	minutes: number;
	/** Messages of these campaigns count as the workflow's own. */
	campaignIds?: string[];
}

/** A list that was read this long ago is completed with what is newer before it is used again. */
const FRESH_MS = 60_000;
/** Telegent's times can be in full seconds, and its clock is not ours. */
export const LIST_SKEW_MS = 2_000;
/** Of 100 messages each: more than a number sends and receives within the minutes. */
export const MAX_RECENT_PAGES = 20;

/** How often the list of a sender is read, at most, while messages are sent for so long. Pure. */
export function mostReadings(seconds: number): number {
	return 1 + Math.floor((seconds * 1000) / FRESH_MS);
}

/** What was sent from one of the account's numbers, by the recipient's `phoneIdentity`. */
interface SentLog {
	complete: boolean;
	to: Map<string, Map<string, LoggedMessage>>;
}

interface SentLogReading {
	/** Milliseconds since 1970. */
	since: number;
	readAt: number;
	log: Promise<SentLog>;
}

/**
 * Finds out whether somebody else writes to a person from our number: a colleague, or another system. Reads Telegent's
 * message list of the number once per run, then only what is newer.
 */
export class Takeover {
	private readonly readings = new Map<string, SentLogReading>();

	/** The campaign of each message that was looked up. */
	private readonly campaigns = new Map<string, Promise<string>>();

	/**
	 * @param clock milliseconds since 1970
	 * @param readList reads the messages of a number since a time
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly client: TelegentClient,
		private readonly clock: () => number = Date.now,
		private readonly readList = async (own: string, since: number) =>
			await messagesSince(client, own, since, MAX_RECENT_PAGES),
	) {}

	/**
	 * The newest message of somebody else to each of these people. Any message counts that this workflow isn't known to
	 * have sent, not only the newest of all: the workflow's own can cross with that of a colleague.
	 * @param own our number, in E.164
	 * @throws Error where the list does not tell
	 */
	async lastOfOthers(own: string, people: string[], rule: TakeoverRule): Promise<Map<string, LoggedMessage>> {
		const since = this.clock() - rule.minutes * 60_000;
		const log = await this.logOf(own, since);
		const recent = people.map((person) => {
			const messages = [...(log.to.get(phoneIdentity(person))?.values() ?? [])];
			return { person, messages: messages.filter(({ at }) => !(at < since)) };
		});
		const ids = new Set(recent.flatMap(({ messages }) => messages.map(({ id }) => id)));
		const foreign = new Set(await notSentBy(this.context, [...ids]));
		const found = new Map<string, LoggedMessage>();
		for (const { messages, person } of recent) {
			const others = messages.filter(({ id }) => foreign.has(id)).sort((a, b) => b.at - a.at);
			const newest = await this.firstOfOtherCampaigns(others, rule.campaignIds ?? []);
			if (newest) found.set(person, newest);
			else if (!log.complete) throw new Error("Telegent's message list couldn't be read completely");
		}
		return found;
	}

	private async firstOfOtherCampaigns(messages: LoggedMessage[], campaignIds: string[]) {
		for (const message of messages) {
			if (Number.isNaN(message.at)) throw new Error("Telegent's message list doesn't say when it was sent");
			if (campaignIds.length === 0 || !campaignIds.includes(await this.campaignOf(message))) return message;
		}
		return undefined;
	}

	/** The list doesn't document the campaign, a message's details do. */
	private async campaignOf({ id, record }: LoggedMessage): Promise<string> {
		if (record.CampaignId !== undefined) return String(record.CampaignId ?? '');
		const look = async () => {
			const query = { MessageId: id };
			const details = await this.client.call({ route: 'GET /v1.0/message/details', query, safety: 'read' });
			return String((details as IDataObject).CampaignId ?? '');
		};
		const campaign = this.campaigns.get(id) ?? look();
		this.campaigns.set(id, campaign);
		return await campaign;
	}

	private async logOf(own: string, since: number): Promise<SentLog> {
		const now = this.clock();
		const before = this.readings.get(own);
		const covers = before !== undefined && before.since <= since;
		if (covers && now - before.readAt < FRESH_MS) return await before.log;
		const log = covers
			? this.read(own, before.readAt - LIST_SKEW_MS, before.log)
			: this.read(own, since - LIST_SKEW_MS);
		this.readings.set(own, { since: covers ? before.since : since, readAt: now, log });
		return await log.catch((error: Error) => {
			this.readings.delete(own);
			throw new Error(`Telegent's message list couldn't be read (${error.message})`);
		});
	}

	/** @param before what was read earlier */
	private async read(own: string, since: number, before?: Promise<SentLog>): Promise<SentLog> {
		const { complete, messages } = await this.readList(own, since);
		const log = (await before) ?? { complete: true, to: new Map() };
		for (const message of messages.filter(({ outbound }) => outbound)) {
			if (phoneIdentity(message.from) !== phoneIdentity(own)) continue;
			for (const recipient of message.to) {
				const key = phoneIdentity(recipient);
				const known = log.to.get(key) ?? new Map<string, LoggedMessage>();
				log.to.set(key, known.set(message.id, message));
			}
		}
		return { complete: complete && log.complete, to: log.to };
	}
}

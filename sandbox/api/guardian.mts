import type { Message, Row, State } from './state.mts';

const list = (value: unknown): string[] => (Array.isArray(value) ? value : []);

/** Keyword rules as an object; the sample of message-filter/update leaves the outer braces out. */
export function parseKeywords(text: unknown): Row | undefined {
	if (typeof text !== 'string' || !text.trim()) return {};
	const json = text.trim().startsWith('{') ? text : `{${text}}`;
	try {
		return JSON.parse(json) as Row;
	} catch {
		return undefined;
	}
}

function keywords(filter: Row): string[] {
	const rules = parseKeywords(filter.KeywordFilter) ?? {};
	const system = Object.values((rules.SystemKeywords ?? {}) as Row).flatMap(list);
	return [...list(rules.CustomKeywords), ...system].map((word) => word.toLowerCase());
}

function violation(filter: Row, message: Message): string | undefined {
	if (list(filter.BlockedContacts).includes(message.from)) return 'the sender is blocked';
	if (list(filter.AllowedContacts).includes(message.from)) return undefined;
	if (filter.BlockUnknownNumbers) return 'unknown senders are blocked';
	if (filter.BlockLinks && /https?:\/\//i.test(message.body)) return 'links are blocked';
	if (filter.BlockMedia && message.media.length) return 'media is blocked';
	const text = message.body.toLowerCase();
	const word = keywords(filter).find((keyword) => text.includes(keyword));
	return word && `the keyword "${word}" is blocked`;
}

/**
 * Why AI Guardian drops an inbound message, if it does: the filter is ACTIVE, applies to inbound messages of this
 * number, and its subscriber has Guardian switched on for messages. The sender is not notified.
 */
export function guardianBlocks(state: State, message: Message): string | undefined {
	for (const filter of state.messageFilters.values()) {
		const subscriber = state.subscribers.get(String(filter.SubscriberId));
		const applies =
			filter.Phone === message.owner &&
			filter.FilterMode === 'ACTIVE' &&
			filter.ApplyToInbound &&
			subscriber?.EnableIntelligentGuardianMessages;
		const why = applies ? violation(filter, message) : undefined;
		if (why) return `not delivered: message filter ${String(filter.FilterId)}: ${why}`;
	}
	return undefined;
}

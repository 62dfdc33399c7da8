/** A message of a conversation, as Conversation → Get returns it. */
export interface ConversationMessage {
	id: string;
	/** `user`: the other party; `assistant`: your side, whoever or whatever wrote it. */
	role: 'assistant' | 'user';
	text: string;
	/** ISO 8601, in UTC; null where the list does not say it in a readable form. */
	time: string | null;
	status: string;
	/** URLs; only where the media were asked for. */
	media?: string[];
}

const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/**
 * The messages as one text for prompts, one line each. Further lines of a message are indented: otherwise a person could
 * write a line that reads like one of yours.
 */
export function transcriptOf(messages: ConversationMessage[]): string {
	return messages.map(lineOf).join('\n');
}

function lineOf({ media = [], role, text, time }: ConversationMessage): string {
	const when = time ? `[${time.slice(0, 10)} ${time.slice(11, 16)} UTC] ` : '';
	const said = [text.trim(), ...media.map((url) => `[media: ${url}]`)].filter(Boolean).join(' ');
	return `${when}${role}: ${(said || '[no text]').replace(LINE_BREAK, '\n    ')}`;
}

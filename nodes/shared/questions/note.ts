/** The state of an open question, stored in the username of its webhook. */
export interface QuestionState {
	execution: string;
	/** The account's number, then the recipient's, in E.164. */
	from: string;
	to: string;
	/** Milliseconds since 1970. */
	deadline: number;
	askedAt: number;
	reAsks: number;
	/** Fingerprint of the message that was processed last. */
	lastFingerprint?: string;
	/** That message was the reply: the question is closed. */
	answered: boolean;
}

const NOTE =
	/^n8n wait (\S+) (\+\d+) (\+\d+) until (\S+Z) asked (\S+Z)(?: again (\d+))?(?: (seen|answered) ([\w-]+))?$/;

/** About 160 characters; Telegent's limit is 255 (schema Webhook_Request). Pure. */
export function formatState({
	answered,
	askedAt,
	deadline,
	execution,
	from,
	lastFingerprint: last,
	reAsks,
	to,
}: QuestionState): string {
	const time = (ms: number) => new Date(ms).toISOString();
	return [
		`n8n wait ${execution} ${from} ${to} until ${time(deadline)} asked ${time(askedAt)}`,
		reAsks > 0 ? ` again ${reAsks}` : '',
		last ? ` ${answered ? 'answered' : 'seen'} ${last}` : '',
	].join('');
}

/** Undefined for any other username. Pure. */
export function readState(username: unknown): QuestionState | undefined {
	const [text, execution, from, to, until, asked, reAsks, how, last] =
		NOTE.exec(String(username ?? '')) ?? [];
	if (text === undefined) return undefined;
	const [deadline, askedAt] = [Date.parse(until), Date.parse(asked)];
	if (Number.isNaN(deadline) || Number.isNaN(askedAt)) return undefined;
	return {
		execution,
		from,
		to,
		deadline,
		askedAt,
		reAsks: Number(reAsks ?? 0),
		...(last && { lastFingerprint: last }),
		answered: how === 'answered',
	};
}

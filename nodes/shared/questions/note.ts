/** What a waiting question writes into the user name of its webhook: whose it is, and how far it has come. */
export interface QuestionState {
	execution: string;
	/** Our number, then the person's, in E.164. */
	from: string;
	to: string;
	/** Milliseconds since 1970. */
	deadline: number;
	askedAt: number;
	reAsks: number;
	/** The message that was dealt with last, by its mark. */
	lastFingerprint?: string;
	/** That message was the answer: nothing is awaited any more. */
	answered: boolean;
}

const NOTE =
	/^n8n wait (\S+) (\+\d+) (\+\d+) until (\S+Z) asked (\S+Z)(?: again (\d+))?(?: (seen|answered) ([\w-]+))?$/;

/** At most 160 characters or so of the 255 that Telegent takes (schema Webhook_Request). Pure. */
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

/** Undefined for a user name that is none of ours. Pure. */
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

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
	/** When to remind the person; absent without a reminder, and after it. */
	remindAt?: number;
	/** The mark of the process that reminded the person, or why none had to. */
	reminded?: string;
	/** Fingerprint of the message that was processed last. */
	lastFingerprint?: string;
	/** That message was the reply: the question is closed. */
	answered: boolean;
}

const NOTE =
	/^n8n wait (\S+) (\+\d+) (\+\d+) until (\S+Z) asked (\S+Z)(?: remind (\S+Z)| reminded ([\w-]+))?(?: again (\d+))?(?: (seen|answered) ([\w-]+))?$/;

/** About 160 characters, with a reminder about 190; Telegent's limit is 255 (schema Webhook_Request). Pure. */
export function formatState({
	answered,
	askedAt,
	deadline,
	execution,
	from,
	lastFingerprint: last,
	reAsks,
	remindAt,
	reminded,
	to,
}: QuestionState): string {
	const time = (ms: number) => new Date(ms).toISOString();
	return [
		`n8n wait ${execution} ${from} ${to} until ${time(deadline)} asked ${time(askedAt)}`,
		reminded ? ` reminded ${reminded}` : remindAt ? ` remind ${time(remindAt)}` : '',
		reAsks > 0 ? ` again ${reAsks}` : '',
		last ? ` ${answered ? 'answered' : 'seen'} ${last}` : '',
	].join('');
}

/** Undefined for any other username. Pure. */
export function readState(username: unknown): QuestionState | undefined {
	const [text, execution, from, to, until, asked, remind, reminded, reAsks, how, last] =
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
		...(remind && { remindAt: Date.parse(remind) }),
		...(reminded && { reminded }),
		...(last && { lastFingerprint: last }),
		answered: how === 'answered',
	};
}

export type Intent = 'optOut' | 'optIn' | 'help';

/** Keywords that carriers act on, as a whole message only. */
const WORDS: Record<Intent, string[]> = {
	optOut: [
		'STOP',
		'STOPALL',
		'STOP ALL',
		'UNSUBSCRIBE',
		'CANCEL',
		'END',
		'QUIT',
		'OPTOUT',
		'OPT OUT',
		'REVOKE',
	],
	optIn: ['START', 'UNSTOP', 'YES'],
	help: ['HELP', 'INFO'],
};

const INTENTS = new Map(
	Object.entries(WORDS).flatMap(([intent, words]) => words.map((word) => [word, intent as Intent])),
);

/** The intent of a message that is an opt-out, opt-in or help keyword, regardless of case and punctuation; else null. */
export function intentOf(body: string): Intent | null {
	if (body.length > 100) return null;
	const words = body
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return INTENTS.get(words) ?? null;
}

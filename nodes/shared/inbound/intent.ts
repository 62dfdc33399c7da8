export type Intent = 'optOut' | 'optIn' | 'help';

/** The words that carriers act upon, as a whole message only. */
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

/** Whether somebody says stop, start or help, in any case and with any punctuation; null for all other messages. */
export function intentOf(body: string): Intent | null {
	if (body.length > 100) return null;
	const words = body
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return INTENTS.get(words) ?? null;
}

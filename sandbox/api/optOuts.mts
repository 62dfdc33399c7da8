import type { Message } from './state.mts';

export type Intent = 'optOut' | 'optIn' | 'help';

/**
 * The keywords of the CTIA's messaging principles and of AWS's list. Carriers act on them as a whole message, in any case.
 * YES is none: it answers questions of every kind.
 */
const WORDS: Record<Intent, RegExp> = {
	optOut: /^(stop|stop ?all|unsubscribe|cancel|end|quit|opt ?out|revoke|remove|alto|arret)$/,
	optIn: /^(start|unstop)$/,
	help: /^(help|info)$/,
};

export function intentOf(body: string): Intent | undefined {
	const text = body
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return (Object.keys(WORDS) as Intent[]).find((intent) => WORDS[intent].test(text));
}

export interface OptOut {
	/** the account's number that must no longer text */
	number: string;
	/** who opted out */
	person: string;
	since: number;
}

/** Who opted out of texts from which number: the last keyword, STOP or START, counts. */
export function optOutsOf(messages: Iterable<Message>): OptOut[] {
	const found = new Map<string, OptOut>();
	for (const { intent, from: person, owner: number, createdAt: since } of messages) {
		const pair = `${number} ${person}`;
		if (intent === 'optOut' && !found.has(pair)) found.set(pair, { number, person, since });
		if (intent === 'optIn') found.delete(pair);
	}
	return [...found.values()];
}

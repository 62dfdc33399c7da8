import type { Message } from './state.mts';

export type Intent = 'optOut' | 'optIn' | 'help';

/** The words of the CTIA's messaging principles. Carriers act on them as a whole message, in any case. */
const WORDS: Record<Intent, RegExp> = {
	optOut: /^(stop|stop ?all|unsubscribe|cancel|end|quit|opt ?out|revoke)$/,
	optIn: /^(start|unstop|yes)$/,
	help: /^(help|info)$/,
};

export function intentOf(body: string): Intent | undefined {
	const text = body
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return (Object.keys(WORDS) as Intent[]).find((intent) => WORDS[intent].test(text));
}

export interface OptOut {
	/** the account's number that shall no longer write */
	number: string;
	/** who said so */
	person: string;
	since: number;
}

/** Who does not want texts from which number: the last word between STOP and START counts. */
export function optOutsOf(messages: Iterable<Message>): OptOut[] {
	const found = new Map<string, OptOut>();
	for (const { intent, from: person, owner: number, createdAt: since } of messages) {
		const pair = `${number} ${person}`;
		if (intent === 'optOut' && !found.has(pair)) found.set(pair, { number, person, since });
		if (intent === 'optIn') found.delete(pair);
	}
	return [...found.values()];
}

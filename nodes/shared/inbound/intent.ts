import { isOptOutWording } from './optOutWording';

/** `yes` is not an opt-in: whether a YES is consent depends on the question that it answers. */
export type Intent = 'optOut' | 'optIn' | 'help' | 'yes';

/** What a message means: by a keyword (the whole message), or by its wording. Both are null for all other messages. */
export type MessageIntent =
	| { intent: Intent; intentBy: 'keyword' | 'wording' }
	| { intent: null; intentBy: null };

/**
 * Keywords, without accents, as the whole message. Opt-outs are those of the FCC (47 CFR 64.1200(a)(10)), of the CTIA's
 * messaging principles, and of the large platforms (Twilio, AWS), with the same words in other languages.
 */
const KEYWORDS: Record<Intent, string> = {
	optOut:
		'stop, stopall, stop all, unsubscribe, un subscribe, cancel, end, quit, optout, opt out, revoke, remove, ' +
		'alto, baja, parar, pare, detener, salir, arret, arreter, desabonner, desinscrire, ' +
		'stopp, abmelden, abbestellen, sair, uitschrijven, afmelden',
	optIn: 'start, unstop',
	help: 'help, info, ayuda, aide',
	yes: 'yes',
};

const INTENTS = new Map(
	Object.entries(KEYWORDS).flatMap(([intent, keywords]) =>
		keywords.split(', ').map((keyword) => [keyword, intent as Intent]),
	),
);

/** Longer than any keyword with the punctuation and emoji around it. */
const MAX_KEYWORD_MESSAGE = 100;

/** Whether someone wants to stop, start or get help, or says yes. Keywords in any case and with any punctuation. */
export function intentOf(body: string): MessageIntent {
	const keyword = body.length > MAX_KEYWORD_MESSAGE ? '' : plainWords(body);
	const intent = INTENTS.get(keyword);
	if (intent) return { intent, intentBy: 'keyword' };
	if (isOptOutWording(body)) return { intent: 'optOut', intentBy: 'wording' };
	return { intent: null, intentBy: null };
}

const plainWords = (text: string) =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

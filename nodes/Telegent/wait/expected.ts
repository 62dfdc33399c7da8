import { compile } from '../../shared/linearRegExp';

/** The kind of reply that a question expects. */
export type Expected =
	| { kind: 'any' }
	| { kind: 'yesNo' }
	| { kind: 'number'; minimum?: number; maximum?: number }
	| { kind: 'oneOf'; choices: string[] }
	| { kind: 'pattern'; pattern: string };

/** The value of a matching reply; undefined if it does not match. */
export type Parsed = string | number | boolean | undefined;

/** Longer than any text message: the rest is ignored. */
const MAX_REPLY_LENGTH = 2_000;

/** Parses a reply as the expected kind. Pure; runs in time linear in its length. */
export function parseReply(body: string, expected: Expected): Parsed {
	const text = body.slice(0, MAX_REPLY_LENGTH).trim();
	switch (expected.kind) {
		case 'any':
			return text;
		case 'yesNo':
			return yesOrNo(text);
		case 'number':
			return numberInText(text, expected);
		case 'oneOf':
			return choiceIn(text, expected.choices);
		case 'pattern':
			return compile(expected.pattern)(text) ? text : undefined;
	}
}

/** Why no reply could match the expectation; undefined if one could. Pure. */
export function unmatchableReason(expected: Expected): string | undefined {
	if (expected.kind === 'oneOf' && expected.choices.length === 0) {
		return "'Accepted Replies' is empty. Enter at least one reply, separated by commas";
	}
	if (expected.kind === 'number' && (expected.minimum ?? -Infinity) > (expected.maximum ?? Infinity)) {
		return `'Minimum' (${expected.minimum}) is greater than 'Maximum' (${expected.maximum})`;
	}
	if (expected.kind !== 'pattern') return undefined;
	if (expected.pattern.trim() === '')
		return "'Pattern' is empty. Enter a regular expression that the reply must match";
	try {
		compile(expected.pattern);
		return undefined;
	} catch (error) {
		return `'Pattern' can't be used: ${(error as Error).message}`;
	}
}

/** Default text of the re-ask, if the user entered none. Pure. */
export function politeReAsk(expected: Expected): string {
	const sorry = 'Sorry, we did not understand.';
	switch (expected.kind) {
		case 'yesNo':
			return `${sorry} Please reply YES or NO.`;
		case 'oneOf':
			return `${sorry} Please reply with one of these: ${expected.choices.join(', ')}.`;
		case 'number': {
			const { maximum, minimum } = expected;
			return `${sorry} Please reply with a number${rangeInWords(minimum, maximum)}.`;
		}
		default:
			return `${sorry} Please try again.`;
	}
}

function rangeInWords(minimum?: number, maximum?: number): string {
	if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
	if (minimum !== undefined) return ` that is ${minimum} or more`;
	return maximum === undefined ? '' : ` that is ${maximum} or less`;
}

/** Lowercases and strips punctuation: "Yes, please!" → "yes please". */
const normalizeText = (text: string) =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[’‘`]/g, "'")
		.replace(/[^\p{L}\p{N}']+/gu, ' ')
		.trim();

const wordsOf = (list: string) => new Set(list.split(','));

const YES_WORDS = wordsOf(
	"yes,y,yeah,yea,yep,yup,yes sir,yes ma'am,sure,sure thing,of course,ok,okay,k,kk,alright,all right,right,correct,confirm,confirmed,i confirm,agree,agreed,i agree,accept,accepted,absolutely,definitely,certainly,affirmative,indeed,sounds good,works for me,go ahead,do it,approve,approved,i do,i will,i am,i'll be there,true,si,sí,oui,ja,da,sim",
);
const NO_WORDS = wordsOf(
	"no,n,nope,nah,no thanks,no thank you,not really,not now,not today,negative,never,no way,decline,declined,i decline,disagree,reject,rejected,refuse,deny,denied,disapprove,i don't,i do not,i won't,i will not,i can't,i cannot,can't,cannot,don't,do not,false,non,nein,nee,nao,não,niet",
);
const YES_FIRST = wordsOf('yes,yeah,yea,yep,yup,sí,oui,ja');
const NO_FIRST = wordsOf('no,nope,nah,nein,non');
/** Phrases that begin with "no" but do not mean no: "No problem!" */
const NO_BUT = /^no (problem|problems|worries|worry|doubt|idea|clue|matter|issue|issues|one|big deal)\b/;
const YES_SIGNS = /^(?:👍|✅|👌|✔|☑|💯)/u;
const NO_SIGNS = /^(?:👎|❌|🚫|✖|✗)/u;

function yesOrNo(text: string): boolean | undefined {
	if (YES_SIGNS.test(text)) return true;
	if (NO_SIGNS.test(text)) return false;
	const normalized = normalizeText(text);
	if (YES_WORDS.has(normalized)) return true;
	if (NO_WORDS.has(normalized)) return false;
	const all = normalized.split(' ');
	const [first] = all;
	const has = (set: Set<string>) => all.some((word) => set.has(word));
	if (YES_FIRST.has(first) && !has(NO_FIRST)) return true;
	if (NO_FIRST.has(first) && !has(YES_FIRST) && !NO_BUT.test(normalized)) return false;
	return undefined;
}

const NUMBER_WORDS = 'zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve'.split(',');

/** The only number in a text: in digits, or as a single word from zero to twelve. */
function numberInText(text: string, { maximum, minimum }: { minimum?: number; maximum?: number }): Parsed {
	const found = text.normalize('NFKC').match(/[-−]?\d[\d.,]*/g) ?? [];
	const wordValue = NUMBER_WORDS.indexOf(normalizeText(text));
	const value =
		found.length === 1 ? numberFromText(found[0]) : wordValue >= 0 && found.length === 0 ? wordValue : NaN;
	const fits = value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
	return fits ? value : undefined;
}

function numberFromText(written: string): number {
	const digits = written.replace('−', '-').replace(/[.,]+$/, '');
	if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return Number(digits.replace(/,/g, ''));
	return /^-?\d+([.,]\d+)?$/.test(digits) ? Number(digits.replace(',', '.')) : NaN;
}

/** The choice that equals the text, or the only one that it contains as whole words. */
function choiceIn(text: string, choices: string[]): string | undefined {
	const normalized = normalizeText(text);
	const exact = choices.find((choice) => normalizeText(choice) === normalized);
	if (exact !== undefined) return exact;
	const contained = choices.filter(
		(choice) => normalizeText(choice) !== '' && ` ${normalized} `.includes(` ${normalizeText(choice)} `),
	);
	return contained.length === 1 ? contained[0] : undefined;
}

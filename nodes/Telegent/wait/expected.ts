import { compile } from '../../shared/linearRegExp';

/** What answer a question wants. */
export type Expected =
	| { kind: 'any' }
	| { kind: 'yesNo' }
	| { kind: 'number'; minimum?: number; maximum?: number }
	| { kind: 'oneOf'; choices: string[] }
	| { kind: 'pattern'; pattern: string };

/** An answer that fits, as the workflow can use it; undefined where it does not fit. */
export type Parsed = string | number | boolean | undefined;

/** More than the longest text message; what comes after is not looked at. */
const LONGEST = 2_000;

/** What an answer says, measured by what was expected. Pure; takes time in proportion to its length only. */
export function parseReply(body: string, expected: Expected): Parsed {
	const text = body.slice(0, LONGEST).trim();
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

/** What is wrong with an expectation that no answer could meet, or undefined. Pure. */
export function unmeetable(expected: Expected): string | undefined {
	if (expected.kind === 'oneOf' && expected.choices.length === 0) {
		return 'Answers: list at least one answer that fits, separated with commas';
	}
	if (expected.kind === 'number' && (expected.minimum ?? -Infinity) > (expected.maximum ?? Infinity)) {
		return `Minimum: ${expected.minimum} is more than Maximum, ${expected.maximum}`;
	}
	if (expected.kind !== 'pattern') return undefined;
	if (expected.pattern.trim() === '') return 'Pattern: it is empty, but the answer shall match it';
	try {
		compile(expected.pattern);
		return undefined;
	} catch (error) {
		return `Pattern: it cannot be used, ${(error as Error).message}`;
	}
}

/** What to say to somebody whose answer does not fit, where the person gave no words. Pure. */
export function politeReAsk(expected: Expected): string {
	const sorry = 'Sorry, we did not understand.';
	switch (expected.kind) {
		case 'yesNo':
			return `${sorry} Please answer YES or NO.`;
		case 'oneOf':
			return `${sorry} Please answer with one of: ${expected.choices.join(', ')}.`;
		case 'number': {
			const { maximum, minimum } = expected;
			const range = [
				minimum === undefined ? '' : ` from ${minimum}`,
				maximum === undefined ? '' : ` up to ${maximum}`,
			].join('');
			return `${sorry} Please answer with a number${range}.`;
		}
		default:
			return `${sorry} Please answer again.`;
	}
}

/** Words in lower case, without punctuation: "Yes, please!" → "yes please". */
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
/** What turns a "no" at the beginning into something else: "No problem!" */
const NO_BUT = /^no (problem|problems|worries|worry|doubt|idea|clue|matter|issue|issues|one|big deal)\b/;
const YES_SIGNS = /^(?:👍|✅|👌|✔|☑|💯)/u;
const NO_SIGNS = /^(?:👎|❌|🚫|✖|✗)/u;

function yesOrNo(text: string): boolean | undefined {
	if (YES_SIGNS.test(text)) return true;
	if (NO_SIGNS.test(text)) return false;
	const said = normalizeText(text);
	if (YES_WORDS.has(said)) return true;
	if (NO_WORDS.has(said)) return false;
	const all = said.split(' ');
	const [first] = all;
	const has = (set: Set<string>) => all.some((word) => set.has(word));
	if (YES_FIRST.has(first) && !has(NO_FIRST)) return true;
	if (NO_FIRST.has(first) && !has(YES_FIRST) && !NO_BUT.test(said)) return false;
	return undefined;
}

const NUMBER_WORDS = 'zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve'.split(',');

/** The only number of a text, in digits or, up to twelve, as a word alone. */
function numberInText(text: string, { maximum, minimum }: { minimum?: number; maximum?: number }): Parsed {
	const found = text.normalize('NFKC').match(/[-−]?\d[\d.,]*/g) ?? [];
	const word = NUMBER_WORDS.indexOf(normalizeText(text));
	const value = found.length === 1 ? numberFromText(found[0]) : word >= 0 && found.length === 0 ? word : NaN;
	const fits = value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
	return fits ? value : undefined;
}

function numberFromText(written: string): number {
	const digits = written.replace('−', '-').replace(/[.,]+$/, '');
	if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return Number(digits.replace(/,/g, ''));
	return /^-?\d+([.,]\d+)?$/.test(digits) ? Number(digits.replace(',', '.')) : NaN;
}

/** The choice that the text is, or else the only one that it contains as whole words. */
function choiceIn(text: string, choices: string[]): string | undefined {
	const said = normalizeText(text);
	const exact = choices.find((choice) => normalizeText(choice) === said);
	if (exact !== undefined) return exact;
	const within = choices.filter(
		(choice) => normalizeText(choice) !== '' && ` ${said} `.includes(` ${normalizeText(choice)} `),
	);
	return within.length === 1 ? within[0] : undefined;
}

import {
	ANYWHERE,
	CONVERSATION,
	CORES,
	DENIED_BEFORE,
	FILLERS,
	OPENERS,
	OPENING,
	SUPPORT,
} from './optOutPhrases';

/** Longer than most texts: the rest is not read. */
const MAX_READ_LENGTH = 1_600;

/** How much before a phrase decides whether it is meant. */
const CONTEXT_LENGTH = 60;

/**
 * Whether someone asks in their own words for no more messages: "please stop texting me". Pure. In doubt false: a text
 * about an order that says "stop" is more frequent. Linear in the length of the text: no phrase repeats without a bound.
 */
export function isOptOutWording(body: string): boolean {
	const clauses = clausesOf(body.slice(0, MAX_READ_LENGTH));
	if (clauses.some((clause) => CONVERSATION.test(clause))) return false;
	return clauses.some(asksToStop) || isBareRequest(clauses);
}

/** The parts between punctuation, as words in lower case without accents, with one space around each. */
function clausesOf(text: string): string[] {
	return text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.split(/[.!?;:,\n…—–()]/)
		.map((clause) => clause.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())
		.filter(Boolean)
		.map((clause) => ` ${clause.split(' ').map(correct).join(' ')} `);
}

function asksToStop(clause: string): boolean {
	return (
		ANYWHERE.some((phrase) => isMeant(clause, phrase, (before) => !isDenied(before))) ||
		OPENING.some((phrase) => isMeant(clause, phrase, (before) => wordsIn(before).every(isOpener)))
	);
}

function isMeant(clause: string, phrase: RegExp, fits: (before: string) => boolean): boolean {
	// `matchAll` copies the expression, which takes longer than to look whether there is a match at all.
	if (clause.search(phrase) < 0) return false;
	for (const match of clause.matchAll(phrase)) {
		const before = `${clause.slice(Math.max(0, match.index - CONTEXT_LENGTH), match.index)} `;
		if (fits(before)) return true;
	}
	return false;
}

const wordsIn = (text: string) => text.split(' ').filter(Boolean);
const isOpener = (word: string) => OPENERS.has(word) || FILLERS.has(word);

/** "if you don't stop texting me" asks to stop, "don't stop texting me" does not. "please" makes it a request. */
const INSISTENCE =
	/ (?:please|(?:you|u)(?: just| still)? (?:don t|dont|do not|won t|wont|will not)|why (?:don t|dont|won t|wont|can t|cant)(?: you| u)) $/;

const isDenied = (before: string) =>
	!INSISTENCE.test(before) && DENIED_BEFORE.some((denial) => denial.test(before));

/** Whether the whole message is "stop", with no more than pleasantries, or what goes with it ("wrong number"). */
function isBareRequest(clauses: string[]): boolean {
	const rest = SUPPORT.reduce((text, phrase) => text.replace(phrase, ' '), clauses.join(''));
	const words = new Set(wordsIn(rest).filter((word) => !FILLERS.has(word)));
	return CORES.has([...words].join(' '));
}

const SPELLINGS = new Map(
	Object.entries({
		stop: 'stpo sotp tsop stp',
		texting: 'txting textin txtin texing texitng txtn',
		messaging: 'msging messagin',
		text: 'txt',
		dont: 'dnt',
		with: 'w',
		receive: 'recieve',
		receiving: 'recieving',
		texts: 'txts textes',
		messages: 'msgs messeges mesages messges',
		message: 'msg',
		please: 'pls plz plse plase pleas plss',
		unsubscribe: 'unsub',
		your: 'ur',
		you: 'u',
	}).flatMap(([word, misspelled]) => misspelled.split(' ').map((other) => [other, word])),
);

/** A word in its usual spelling. */
function correct(word: string): string {
	if (/^stopp{1,9}$/.test(word)) return 'stop';
	if (isNearlyUnsubscribe(word)) return 'unsubscribe';
	return SPELLINGS.get(word) ?? word;
}

const UNSUBSCRIBE = 'unsubscribe';

/** At most two letters left out, added, changed or swapped with the next. */
function isNearlyUnsubscribe(word: string): boolean {
	const { length } = UNSUBSCRIBE;
	if (!word.startsWith('un') || Math.abs(word.length - length) > 2 || /(?:ed|er|ing)s?$/.test(word))
		return false;
	return editDistance(word, UNSUBSCRIBE) <= 2;
}

/** Levenshtein's, in which a swap counts as two changes. Called for words of bounded length only. */
function editDistance(a: string, b: string): number {
	let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const changed = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
			current.push(Math.min(changed, previous[column] + 1, current[column - 1] + 1));
		}
		previous = current;
	}
	return previous[b.length];
}

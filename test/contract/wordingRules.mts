import { bannedIn } from '../support/bannedPhrases.mts';

/*
 * Rules for texts that users read: those of n8n's UX guidelines that can be counted, and the phrases that this
 * package's style guide (CONTRIBUTING.md) does without. Each takes a text and gives what is wrong with it, or nothing.
 */

export interface Text {
	/** Where it stands, for the message of a failed test. */
	place: string;
	kind: 'label' | 'description' | 'notice' | 'hint' | 'placeholder' | 'action' | 'operation' | 'message';
	text: string;
	/** The type of the field that it belongs to. */
	type?: string;
	/** For the description of an operation: its value, and the words for its resource of which one must appear. */
	operation?: string;
	subject?: string[];
}

export type Rule = (text: Text) => string | undefined;

/** Telegent's own values keep their spelling. */
const OWN_VALUES = /'[A-Za-z]+'|"[A-Za-z]+"/g;

export const withoutBannedPhrases: Rule = ({ text }) => {
	const found = bannedIn(text.replace(OWN_VALUES, ''));
	return found && `"${found}" is a banned phrase (test/support/bannedPhrases.mts)`;
};

/** In messages, which say what happened and what to do, plainer words than in the description of a field. */
const NOT_IN_MESSAGES = [
	/\bbesides\b|\bsurely\b|\bunsure\b|\bheard\b|\bwhom\b|\bwhose\b|\btold\b|\btells?\b/i,
	/\banswer(s|ed)?\b|\bsteps?\b|\bare through\b|\bcarried out\b/i,
	/\bof this n8n\b|\bat Telegent\b/i,
	// Postal and email addresses are called so.
	/(?<!billing |email )\baddress(es)?\b/i,
	/[‘’“”]/,
];

export const plainMessage: Rule = ({ kind, text }) => {
	const [found] = (kind === 'message' && NOT_IN_MESSAGES.map((one) => one.exec(text)).find(Boolean)) || [];
	return found && `"${found}": messages say it more plainly`;
};

/** Names of fields and settings, such as n8n's own 'On Error'. */
const NAMES_IN_QUOTES = /'[A-Z][^']*'(?!\w)/g;

/** n8n's guideline for everything that a user may see when something does not work. */
export const withoutBlame: Rule = ({ text }) => {
	const [word] = /\b(errors?|problems?|failures?|mistakes?)\b/i.exec(text.replace(NAMES_IN_QUOTES, '')) ?? [];
	return word && `"${word}": say what happened instead`;
};

const CONTRACTIBLE = /\b(cannot|(can|do|does|did|is|are|was|were|has|have|will|would) not)\b/i;

/** What goes out as SMS, and what is compared with Telegent's own words. */
const NOT_OURS = ['Sorry, we did not understand.', 'does not exist'];

/** Placeholders are examples of texts that go out as SMS, where an apostrophe may turn into a curly one. */
export const withContractions: Rule = ({ kind, text }) => {
	const free = kind === 'placeholder' || text.startsWith('e.g. ') || NOT_OURS.includes(text);
	const [words] = (!free && CONTRACTIBLE.exec(text)) || [];
	return words && `"${words}": contract it`;
};

/** Small words of titles, as in the package that n8n's linter uses. */
const SMALL = new Set(
	'a an and as at but by for if in nor of on or over per so than that the to up via vs when with without yet'.split(
		' ',
	),
);

export const labelInTitleCase: Rule = ({ kind, text }) => {
	if (kind !== 'label') return undefined;
	const words = text
		.replace(/[(),/]/g, ' ')
		.split(/\s+/)
		.filter(Boolean);
	const low = words.find((word, index) => /^[a-z]/.test(word) && (index === 0 || !SMALL.has(word)));
	return low && `"${low}": labels are in Title Case`;
};

/** Names that have a capital letter anywhere. */
const NAMES = new Set(
	'Telegent Guardian Basic Bearer United States Kingdom Canada Ctrl Mac Latin Mobile Landline Wait'.split(
		' ',
	),
);

/** A capital letter in the middle of a sentence belongs to a name in single quotes, a path with arrows, or an acronym. */
export const sentenceCase: Rule = ({ kind, text }) => {
	if (!['description', 'notice', 'hint', 'action', 'operation'].includes(kind)) return undefined;
	const plain = text
		.replace(/<[^>]+>/g, '')
		.replace(NAMES_IN_QUOTES, 'x')
		.replace(/[A-Z][A-Za-z ]+(→ [A-Z][a-z]+( (?:[A-Z][a-z]+|and|for|of))*)+/g, 'x')
		.replace(/(^|[.!?:] +|\()[A-Z]/g, '$1x');
	const word = (plain.match(/\b[A-Z][a-z]+\b/g) ?? []).find((one) => !NAMES.has(one));
	if (word) return `"${word}" has a capital letter within the sentence; put names of fields in single quotes`;
	return /^[A-Z\d]/.test(text) ? undefined : 'begins with a small letter';
};

function sentencesOf(text: string): number {
	return text
		.replace(/\be\.g\.|\bvs\./g, '')
		.split(/[.!?](?:\s|$)/)
		.filter((part) => part.trim()).length;
}

/** One sentence has no period, several have one each. */
export const periods: Rule = ({ kind, text }) => {
	if (!['description', 'notice', 'hint', 'operation'].includes(kind)) return undefined;
	const [one, closed] = [sentencesOf(text) === 1, /[.!?]$/.test(text)];
	if (one && closed) return 'a single sentence has no period';
	return one || closed ? undefined : 'the last of several sentences needs its period';
};

const LONGEST_SENTENCE = 20;

export const shortSentences: Rule = ({ kind, text }) => {
	if (kind === 'message' || kind === 'placeholder') return undefined;
	const long = text
		.split(/[.!?:](?:\s|$)/)
		.find((part) => part.trim().split(/\s+/).length > LONGEST_SENTENCE);
	return long && `"${long.trim()}" has more than ${LONGEST_SENTENCE} words`;
};

export const booleanWithWhether: Rule = ({ kind, text, type }) =>
	kind === 'description' && type === 'boolean' && !/^Whether /.test(text)
		? 'the description of a switch begins with "Whether"'
		: undefined;

/** What a button adds and what a list offers is named by its verb; n8n's own example for an email has no "e.g.". */
export const placeholderWithExample: Rule = ({ kind, text, type }) => {
	if (kind !== 'placeholder') return undefined;
	if (type === 'collection' || type === 'fixedCollection')
		return /^(Add|Set) /.test(text) ? undefined : 'the button begins with "Add"';
	if (type === 'list') return /^Select an? .+…$/.test(text) ? undefined : 'is "Select a …"';
	return /^e\.g\. /.test(text) || text === 'name@email.com' ? undefined : 'begins with "e.g. "';
};

export const actionWithoutArticle: Rule = ({ kind, text }) => {
	const [, article] = (kind === 'action' && / (an?|the) /.exec(text)) || [];
	return article && `"${article}": actions have no articles`;
};

const BEGINNINGS: Array<[operation: RegExp, beginning: RegExp, said: string]> = [
	[/^get(All$|[A-Z]\w*s$)/, /^Retrieve a list of /, 'Retrieve a list of'],
	[/^get$/, /^Retrieve (an?|the) /, 'Retrieve a'],
	[/^create/, /^Create a new /, 'Create a new'],
	[/^delete$/, /^Delete .*\bpermanently\b/, 'Delete … permanently'],
	[/^add/, /^Add /, 'Add'],
	[/^remove/, /^Remove /, 'Remove'],
	[/^update$/, /^Update /, 'Update'],
];

/** Operations that retrieve one thing, although their name is in the plural. */
const NO_LIST = ['getSettings', 'getKeywords', 'getFeatures', 'getDeviceDetails'];

export const operationInN8nsWords: Rule = ({ kind, operation = '', text }) => {
	if (kind !== 'operation' || NO_LIST.includes(operation)) return undefined;
	const missing = BEGINNINGS.find(([which, beginning]) => which.test(operation) && !beginning.test(text));
	return missing && `is worded "${missing[2]}"`;
};

export const operationNamesItsResource: Rule = ({ kind, subject = [], text }) =>
	kind === 'operation' && !subject.some((word) => text.toLowerCase().includes(word.toLowerCase()))
		? `names its resource (${subject.join(' or ')})`
		: undefined;

/** GSM 03.38 basic character set: one septet each. */
const GSM_BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** GSM 03.38 extension table: an escape and the character, two septets. */
const GSM_EXTENSION = new Set('\f^{}\\[~]|€');

/** How a text travels, and what it costs. */
export interface Segmentation {
	/** GSM-7 where every character is in its alphabet, else UCS-2, in which a segment holds fewer than half. */
	encoding: 'GSM-7' | 'UCS-2';
	/** Characters as they count toward the limit of a segment: an emoji as 2 or more, and so do `€` and `[` in GSM-7. */
	characters: number;
	/** Messages that the carrier counts. */
	segments: number;
}

/** Units that a single message and each part of a longer one hold: septets, or 16-bit units. */
const CAPACITY = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } };

/**
 * How many segments a text takes. Exact: a character of two units (escape or surrogate pair) is never split over two
 * segments. Pure. Source: 3GPP TS 23.038 and 23.040.
 */
export function segment(text: string): Segmentation {
	const encoding = isGsm(text) ? 'GSM-7' : 'UCS-2';
	const { part, single } = CAPACITY[encoding];
	let characters = 0;
	let parts = 1;
	let filled = 0;
	for (const character of text) {
		const units = unitsOf(character, encoding);
		characters += units;
		if (filled + units > part) {
			parts++;
			filled = 0;
		}
		filled += units;
	}
	return { encoding, characters, segments: characters <= single ? 1 : parts };
}

function isGsm(text: string): boolean {
	for (const character of text) if (!isGsmCharacter(character)) return false;
	return true;
}

function isGsmCharacter(character: string): boolean {
	return GSM_BASIC.has(character) || GSM_EXTENSION.has(character);
}

function unitsOf(character: string, encoding: Segmentation['encoding']): number {
	if (encoding === 'UCS-2') return character.length;
	return GSM_EXTENSION.has(character) ? 2 : 1;
}

/** Most characters that a message names. */
const MAX_NAMED_CHARACTERS = 10;

/**
 * The characters of a text that GSM-7 does not have, each once, at most 10: they are why it is sent as UCS-2. Those
 * that cannot be seen are named by their code, such as `U+200B`. Pure.
 */
export function charactersOutsideGsm(text: string): string[] {
	const found = new Set<string>();
	for (const character of text) {
		if (!isGsmCharacter(character)) found.add(character);
		if (found.size === MAX_NAMED_CHARACTERS) break;
	}
	return [...found].map((character) =>
		INVISIBLE_CHARACTER.test(character) ? codePointText(character) : character,
	);
}

/** Separators, control and format characters, lone surrogates, and marks that join the character before them. */
const INVISIBLE_CHARACTER = /^[\p{Z}\p{C}\p{M}]$/u;

function codePointText(character: string): string {
	return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What word processors and chat programs put in place of plain characters, and what it stands for. */
const PLAIN: Array<[from: RegExp, to: string]> = [
	[/[\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4]/g, "'"],
	[/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"'],
	[/[\u2039]/g, '<'],
	[/[\u203a]/g, '>'],
	[/[\u2010-\u2015\u2212\ufe58\uff0d]/g, '-'],
	[/\u2026/g, '...'],
	[/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
	[/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad\ufeff]/g, ''],
	[/[\u2028\u2029\u0085]/g, '\n'],
	[/\t/g, ' '],
	[/[\u2022\u2023\u25aa\u25cf]/g, '-'],
	// Between two l it is a letter of Catalan.
	[/(?<!l)\u00b7|\u00b7(?!l)/gi, '-'],
	[/\u2122/g, '(TM)'],
	[/\u00ae/g, '(R)'],
	[/\u00a9/g, '(C)'],
	[/\u2044/g, '/'],
];

/** A text as it will be sent, with its size. */
export interface MeasuredText {
	text: string;
	size: Segmentation;
}

/**
 * Measures a text, with curly quotes, dashes, ellipses, odd spaces and invisible characters replaced by plain ones if
 * `replaces`. That keeps pasted text in GSM-7, where it takes half or a third of the segments. A text that needs UCS-2
 * anyway, because of its letters or emoji, is not changed: that would save nothing, and invisible characters may join
 * its emoji. Pure.
 */
export function measureText(text: string, replaces: boolean): MeasuredText {
	const plain = replaces ? replaceWithPlain(text) : text;
	const size = segment(plain);
	if (size.encoding === 'GSM-7' || plain === text) return { text: plain, size };
	return { text, size: segment(text) };
}

function replaceWithPlain(text: string): string {
	return PLAIN.reduce((replaced, [from, to]) => replaced.replace(from, to), text);
}

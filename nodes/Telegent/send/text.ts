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
	/** Characters as a person counts them, an emoji as one. */
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
	const characters = [...text];
	const encoding = characters.every((character) => GSM_BASIC.has(character) || GSM_EXTENSION.has(character))
		? 'GSM-7'
		: 'UCS-2';
	const units = characters.map((character) =>
		encoding === 'GSM-7' ? (GSM_EXTENSION.has(character) ? 2 : 1) : character.length,
	);
	const { part, single } = CAPACITY[encoding];
	const total = units.reduce((sum, unit) => sum + unit, 0);
	return { encoding, characters: graphemes(text), segments: total <= single ? 1 : parts(units, part) };
}

function parts(units: number[], capacity: number): number {
	let count = 1;
	let filled = 0;
	for (const unit of units) {
		if (filled + unit > capacity) {
			count++;
			filled = 0;
		}
		filled += unit;
	}
	return count;
}

/** Made when it is first needed: it takes longer than loading the whole package. */
let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): number {
	// Without anything above ASCII, only a line break of two characters counts as one.
	if (/^[\x20-\x7e\n]*$/.test(text)) return text.length;
	segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	return [...segmenter.segment(text)].length;
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

/**
 * The text with curly quotes, dashes, ellipses, odd spaces and invisible characters replaced by plain ones, so that a
 * pasted text does not travel as UCS-2 and cost two or three times as much. A text that needs UCS-2 all the same, for
 * its letters or emoji, stays as it is: nothing would be saved, and what cannot be seen may join them.
 */
export function replaceSpecialCharacters(text: string): string {
	const plain = PLAIN.reduce((replaced, [from, to]) => replaced.replace(from, to), text);
	return segment(plain).encoding === 'GSM-7' ? plain : text;
}

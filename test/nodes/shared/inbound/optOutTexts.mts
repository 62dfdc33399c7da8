import { readFileSync } from 'node:fs';
import path from 'node:path';

/*
 * Labelled texts for the recognition of opt-outs, one a line, as people write them: with typos, in any case, in several
 * languages. Written before the rules. Every third line was held out: the rules were written against the other two.
 */

const lines = (name: string) =>
	readFileSync(path.join(import.meta.dirname, 'optOutTexts', `${name}.txt`), 'utf8')
		.split('\n')
		.filter(Boolean);

/** Texts by which people say that they want no more messages. */
export const OPT_OUT_TEXTS = lines('optOut');

/** Texts by which people say something else, though the words are often the same. */
export const ORDINARY_TEXTS = lines('ordinary');

/** Written after the rules, to see what they miss; the rules were then extended. */
export const LATER_OPT_OUT_TEXTS = lines('laterOptOut');

/** Ordinary texts written after the rules. */
export const LATER_ORDINARY_TEXTS = lines('laterOrdinary');

/** Whether the rules were written without a look at the text with this index. */
export const isHeldOut = (_text: string, index: number): boolean => index % 3 === 2;

import { replaceSpecialCharacters, segment } from '../../nodes/Telegent/send/text.ts';

const times = (text: string, count: number) => text.repeat(count);

test.each([
	['', 'GSM-7', 0, 1],
	['Hello', 'GSM-7', 5, 1],
	[times('a', 160), 'GSM-7', 160, 1],
	[times('a', 161), 'GSM-7', 161, 2],
	[times('a', 306), 'GSM-7', 306, 2],
	[times('a', 307), 'GSM-7', 307, 3],
	[times('€', 80), 'GSM-7', 80, 1],
	[times('€', 81), 'GSM-7', 81, 2],
	// 153 is odd: an escape pair does not fit at the end of a part, which then holds 76 of them.
	[times('€', 152), 'GSM-7', 152, 2],
	[times('€', 153), 'GSM-7', 153, 3],
	[times('a', 152) + '€' + times('a', 152), 'GSM-7', 305, 3],
	['[]{}^~\\|€', 'GSM-7', 9, 1],
	['äöüß ÄÖÜ éèàù ñ Ø Å ¿¡ ΔΦΓ', 'GSM-7', 26, 1],
	['ç', 'UCS-2', 1, 1],
	['á', 'UCS-2', 1, 1],
	['“quoted”', 'UCS-2', 8, 1],
	[times('я', 70), 'UCS-2', 70, 1],
	[times('я', 71), 'UCS-2', 71, 2],
	[times('я', 134), 'UCS-2', 134, 2],
	[times('я', 135), 'UCS-2', 135, 3],
	[times('😀', 35), 'UCS-2', 35, 1],
	[times('😀', 36), 'UCS-2', 36, 2],
	// 67 is odd: a surrogate pair is not split, so a part holds 33 emoji.
	[times('😀', 66), 'UCS-2', 66, 2],
	[times('😀', 67), 'UCS-2', 67, 3],
	['👨‍👩‍👧', 'UCS-2', 1, 1],
])('%j travels as %s, %i characters, %i segments', (text, encoding, characters, segments) => {
	expect(segment(text)).toEqual({ encoding, characters, segments });
});

test('a pasted text costs one segment instead of three', () => {
	const pasted = `“It’s here” — don’t miss it…\u00a0${times('x', 130)}`;
	expect(segment(pasted)).toMatchObject({ encoding: 'UCS-2', segments: 3 });
	const plain = replaceSpecialCharacters(pasted);
	expect(plain.slice(0, 32)).toBe(`"It's here" - don't miss it... x`);
	expect(segment(plain)).toMatchObject({ encoding: 'GSM-7', segments: 2 });
});

test.each([
	['naïve café 😀', 'naïve café 😀'],
	['👨‍👩‍👧 ok', '👨‍👩‍👧 ok'],
	['👩🏽‍🚀 “ok”', '👩🏽‍🚀 “ok”'],
	['می‌خواهم', 'می‌خواهم'],
	['क्‍ष', 'क्‍ष'],
	['Гоголь «Нос» — 1836', 'Гоголь «Нос» — 1836'],
	['col·legi · NOVEL·LA', 'col·legi · NOVEL·LA'],
	['10 · 20', '10 - 20'],
	['in\u200bvisible\ufeff', 'invisible'],
	['a\u2028b\tc', 'a\nb c'],
	['Acme™ © 2026 • one', 'Acme(TM) (C) 2026 - one'],
	['5′ 10″', `5' 10"`],
])('%j becomes %j', (given, expected) => {
	expect(replaceSpecialCharacters(given)).toBe(expected);
});

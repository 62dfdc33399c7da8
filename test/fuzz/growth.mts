import { toInboundMessage } from '../../nodes/shared/inbound/shapes.ts';
import { intentOf } from '../../nodes/shared/inbound/intent.ts';
import { readRequest, urlsIn } from '../../nodes/shared/inbound/payload.ts';
import { list, phones, urls } from '../../nodes/shared/values.ts';
import { compileTemplate, parseTextTemplate } from '../../nodes/Telegent/engine/itemExpressions.ts';
import { charactersOutsideGsm, segment } from '../../nodes/Telegent/send/segments.ts';
import { leftOverIn } from '../../nodes/Telegent/send/wordsCheck.ts';
import { parseReply } from '../../nodes/Telegent/wait/expected.ts';
import { normalizeBaseUrl } from '../../transport/token.ts';

/* What strangers, items and people write takes time in proportion to its length: four times the text takes about four
   times the work, where quadratic work would be sixteen. Works in CPU time, which other processes do not change. */

const SIZE = 20_000;
const FACTOR = 4;
const MOST_GROWTH = 9;
/** Less is over before it can be told apart from the engine's own work. */
const LEAST_MS = 100;

const PIECES = [
	...['{{', '}}', '{{ $json.a }}', '[', '<', '(', ',', ';', '/', '%', '\\', '"', "'", '@', '.', '-', '+'],
	...[' ', '\n', 'a', '5', '1 ', '😀', 'yes ', 'stop.', 'please stop ', "don't ", 'no more texts, ', '> '],
	...['https://', 'https://a.b/c,', 'do not text me ', 'if you ', 'a=1&', '{"a":', '&a', 'constructor=&'],
];

const parse = (type: string) => (text: string) =>
	readRequest({ headers: { 'content-type': type }, rawBody: Buffer.from(text), body: {} } as never);
const names = (count: number) => Array.from({ length: Math.ceil(count) }, (_, n) => `n${n}`);

const WORK: Record<string, (text: string) => unknown> = {
	...{ intentOf, leftOverIn, segment, charactersOutsideGsm, parseTextTemplate, urlsIn, list, urls },
	compileTemplate: (text) => compileTemplate(`=${text}`),
	normalizeBaseUrl: (text) => normalizeBaseUrl(`https://x${text}`),
	phones: (text) => phones(text, { countryCode: '1' } as never),
	'parseReply, yes or no': (text) => parseReply(text, { kind: 'yesNo' } as never),
	'parseReply, number': (text) => parseReply(text, { kind: 'number' } as never),
	'form of a delivery': parse('application/x-www-form-urlencoded'),
	'JSON of a delivery': parse('application/json'),
	'form with many names': (text) =>
		parse('application/x-www-form-urlencoded')(names(text.length / 8).join('=1&')),
	'many fields of a message': (text) =>
		toInboundMessage(Object.fromEntries(names(text.length / 8).map((name) => [name, text[0]])), new Date(0)),
	'long fields of a message': (text) =>
		toInboundMessage({ From: text, To: text, Message_Body: text, MMS_Media_URL: text }, new Date(0)),
};

function cpuMs(work: () => unknown): number {
	const before = process.cpuUsage();
	try {
		work();
	} catch {
		// Refused, after as much work as it took.
	}
	return process.cpuUsage(before).user / 1_000;
}

const repeated = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

test.each(Object.entries(WORK))('%s takes time in proportion to the text', (_name, work) => {
	const found = PIECES.filter((piece) => {
		const [one, many] = [repeated(piece, SIZE), repeated(piece, FACTOR * SIZE)];
		const grows = () => {
			const large = cpuMs(() => work(many));
			return large > LEAST_MS && large > MOST_GROWTH * cpuMs(() => work(one));
		};
		return grows() && grows() && grows();
	});
	expect(found).toEqual([]);
});

import { intentOf } from '../../../../nodes/shared/inbound/intent.ts';
import * as phrases from '../../../../nodes/shared/inbound/optOutPhrases.ts';
import {
	isHeldOut,
	LATER_OPT_OUT_TEXTS,
	LATER_ORDINARY_TEXTS,
	OPT_OUT_TEXTS,
	ORDINARY_TEXTS,
} from './optOutTexts.mts';

describe('intentOf recognizes keywords as the whole message', () => {
	const words = {
		optOut: [
			...['STOP', 'stop', ' Stop. ', 'STOP!!', 'StopAll', 'stop all', 'UNSUBSCRIBE', 'cancel', 'End', 'QUIT'],
			...['OPTOUT', 'opt-out', 'Opt out', 'REVOKE', 'REMOVE', '“stop”', 'ＳＴＯＰ', 'stop 🙏'],
			...['ALTO', 'Baja', 'ARRET', 'Arrêt', 'Stopp', 'ABMELDEN'],
		],
		optIn: ['START', 'unstop'],
		help: ['HELP', 'help?', 'Info', 'AYUDA', 'Aide'],
		yes: ['Yes', 'yes!', 'YES'],
	};
	test.each(Object.entries(words).flatMap(([intent, texts]) => texts.map((text) => [text, intent])))(
		'"%s" is %s',
		(text, intent) => expect(intentOf(text)).toEqual({ intent, intentBy: 'keyword' }),
	);
	test.each(['', 'stop it', 'nonstop', 'yes please', 'helpful', 'S T O P', 'the end', '!', '停止'])(
		'"%s" has no intent',
		(text) => expect(intentOf(text)).toEqual({ intent: null, intentBy: null }),
	);
});

describe('intentOf recognizes opt-outs in the words of people', () => {
	const isOptOut = (text: string) => intentOf(text).intent === 'optOut';

	test('there are at least 300 labelled texts of each kind, and none twice', () => {
		const optOuts = [...OPT_OUT_TEXTS, ...LATER_OPT_OUT_TEXTS];
		const ordinary = [...ORDINARY_TEXTS, ...LATER_ORDINARY_TEXTS];
		expect(new Set(optOuts).size).toBeGreaterThanOrEqual(300);
		expect(new Set(ordinary).size).toBeGreaterThanOrEqual(300);
		expect(optOuts.filter((text) => ordinary.includes(text))).toEqual([]);
	});

	test.each([
		['developed on', OPT_OUT_TEXTS.filter((text, index) => !isHeldOut(text, index))],
		['held out', OPT_OUT_TEXTS.filter(isHeldOut)],
		['written later', LATER_OPT_OUT_TEXTS],
	])('each opt-out is found: those %s', (_which, texts) =>
		expect(texts.filter((text) => !isOptOut(text))).toEqual([]),
	);

	test.each([
		['developed on', ORDINARY_TEXTS.filter((text, index) => !isHeldOut(text, index))],
		['held out', ORDINARY_TEXTS.filter(isHeldOut)],
		['written later', LATER_ORDINARY_TEXTS],
	])('no ordinary text is taken for an opt-out: those %s', (_which, texts) =>
		expect(texts.filter(isOptOut)).toEqual([]),
	);

	test.each(['please stop texting me', 'Unsubscribe me', 'take me off your list', 'STOP please'])(
		'"%s" is recognized by its wording',
		(text) => expect(intentOf(text)).toEqual({ intent: 'optOut', intentBy: 'wording' }),
	);

	test('in a long text too', () => {
		const text = `${'I have been a customer of yours for a long time. '.repeat(20)}Please stop texting me.`;
		expect(isOptOut(text)).toBe(true);
	});
});

describe('the time is linear in the length of a text', () => {
	test('no phrase repeats anything without a bound', () => {
		const all = [...phrases.ANYWHERE, ...phrases.OPENING, ...phrases.SUPPORT, ...phrases.DENIED_BEFORE];
		expect(all.length).toBeGreaterThan(80);
		expect(all.filter(({ source }) => /[*+]|\{\d+,\}/.test(source))).toEqual([]);
	});

	test('only the beginning of a very long text is read', () => {
		const words = 'I have been a customer of yours for a long time. ';
		expect(intentOf(`${words.repeat(20_000)}Please stop texting me.`)).toEqual({
			intent: null,
			intentBy: null,
		});
	});
});

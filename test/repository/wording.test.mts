import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { phonePage } from '../../sandbox/api/phone/page.mts';
import { script } from '../../sandbox/api/phone/script.mts';
import { startPage } from '../../sandbox/api/startPage.mts';
import { EXAMPLES, readExample } from '../../sandbox/n8n/workflow.mts';
import { bannedIn, bannedPhrases } from '../support/bannedPhrases.mts';

/*
 * The wording of what people read outside the nodes' forms: examples, pages of the sandbox, terminal output and guides for
 * contributors.
 */

const root = path.join(__dirname, '../..');

/** A status of Telegent's, as it spells it. */
const OWN_VALUES = /\bcancelled:/g;

/** What else these texts do without. */
const ALSO_BANNED = [
	/\bphone page\b/i,
	/\b(open|beside) the phones\b/i,
	/\blocal Telegent\b(?! (API|sandbox))/,
	/\b(each|first|two|both|five|table|which|next|Telegent) steps?\b/i,
	/\beach run\b|\b(first|next|one|per) run\b/i,
	/\ba second try\b/i,
];

interface Text {
	place: string;
	text: string;
}

const wrong = (texts: Text[]) =>
	texts.flatMap(({ place, text: whole }) => {
		const text = whole.replace(OWN_VALUES, '');
		const found = bannedIn(text) ?? ALSO_BANNED.map((phrase) => phrase.exec(text)?.[0]).find(Boolean);
		return found === undefined ? [] : [`${place}: "${found}" in: ${text.slice(0, 200)}`];
	});

const isWords = (text: string) => /[A-Za-z]{2}[^A-Za-z]* [^A-Za-z]*[A-Za-z]{2}/.test(text);

/** All strings in a piece of code, with … for what is inserted into templates. */
function stringsIn(place: string, code: string): Text[] {
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return;
		if (ts.isTemplateExpression(node))
			texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
		else if (ts.isStringLiteralLike(node)) texts.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(place, code, ts.ScriptTarget.Latest, true));
	return texts.filter(isWords).map((text) => ({ place, text }));
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const stringsOf = (files: string[]) => files.flatMap((file) => stringsIn(file, read(file)));
const filesIn = (folder: string, ending: string) =>
	readdirSync(path.join(root, folder))
		.filter((file) => file.endsWith(ending))
		.map((file) => `${folder}/${file}`);

/** Every string of a value, however deep. */
function leaves(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

const inExamples = EXAMPLES.flatMap((example) =>
	readExample(example).nodes.flatMap(({ name, parameters }) =>
		[name, ...leaves(parameters)].map((text): Text => ({ place: `${example}: ${name}`, text })),
	),
);

const shownBy = (place: string, html: string): Text[] =>
	html
		.replace(/<(script|style)>.*?<\/\1>/gs, '')
		.split(/<\/?(?:p|li|h\d|dt|dd|title|div|section|button|a)\b/)
		.map((part) => ({ place, text: part.replace(/^[^>]*>|<[^>]*>/g, '').trim() }))
		.filter(({ text }) => isWords(text));

const facts = { url: 'http://u', accountKey: 'k', accountSecret: 's', editorUrl: 'http://e' };
const pages = [
	...shownBy('start page', startPage(facts)),
	...shownBy('phone simulator', phonePage),
	...stringsIn('phone simulator', script),
	...stringsOf(
		['control', 'controlRoutes', 'deliveries', 'messaging'].map((name) => `sandbox/api/${name}.mts`),
	),
];

const terminal = stringsOf([
	...filesIn('scripts', '.mjs'),
	...['start', 'launch', 'furnish', 'package', 'wait', 'workflows'].map((name) => `sandbox/n8n/${name}.mts`),
	'sandbox/api/main.mts',
]);

/** The lines of a guide outside its code. The style guide quotes what it bans. */
const guide = (file: string) =>
	read(file)
		.replace(/^## Style guide$.*?^## /ms, '## ')
		.replace(/```.*?```/gs, '')
		.split('\n')
		.map((line): Text => ({ place: file, text: line.replace(/`[^`]*`/g, '…') }));

describe('the wording', () => {
	test.each<[name: string, texts: Text[], fewest: number]>([
		['examples', inExamples, 300],
		['pages of the sandbox', pages, 80],
		['terminal output', terminal, 40],
		['guides for contributors', [...guide('CONTRIBUTING.md'), ...guide('sandbox/api/README.md')], 100],
	])('of %s has no banned phrase', (_name, texts, fewest) => {
		expect(texts.length).toBeGreaterThan(fewest);
		expect(wrong(texts)).toEqual([]);
	});

	test.each([
		'Delete it for good',
		'When somebody texts you',
		'The route that shall get it',
		'The workflow goes on',
		'The webhooks are told',
		'50 requests a minute',
		'Most messages a run',
		'Open the phone page',
		'In each Telegent step',
		'Each run orders one more',
		'Its behaviour',
	])('"%s" would be found', (text) => expect(wrong([{ place: '', text }])).toHaveLength(1));

	test('each banned phrase is there once', () => {
		expect(new Set(bannedPhrases.map(String)).size).toBe(bannedPhrases.length);
	});
});

describe('the texts that examples send', () => {
	const brand = /^=?(\{\{ ')?(Example Shop|ALERT): /;
	/** For colleagues, or written by the agent or by an earlier node. */
	const WITHOUT_BRAND = new Set([
		'agent-memory: Reply',
		'ai-agent: Text a colleague',
		'ai-agent: Reply',
		'appointment-reminder: Notify a colleague',
		'auto-reply: Reply',
		'data-usage-watch: Alert',
		'delivery-receipt-monitor: Send from another number',
		'delivery-receipt-monitor: Notify the team',
		'delivery-report: Notify the team',
		'iot-line-lifecycle: Alert',
		'keyword-menu: Reply',
		'keyword-menu: Notify a colleague',
		'mcp-server: Text a colleague',
		'message-an-agent: Reply',
		'on-call-alert: Send the details',
	]);
	/** The first text of a conversation, or one that comes again and again. */
	const WITH_OPT_OUT = [
		'appointment-reminder: Ask',
		'consent: Ask for consent',
		'consent: Confirm opt-in',
		'consent: Reply to HELP',
		'delivery-receipt-monitor: Send a text',
		'delivery-report: Send',
		'marketing-list: Send',
		'port-in-tracker: Text the customer',
		'quick-start: Send message',
		'receive-without-public-url: Reply',
		'two-way-crm-sync: Confirm ticket',
	];
	const sends = EXAMPLES.flatMap((example) =>
		readExample(example)
			.nodes.filter(({ parameters: { resource, operation } }) =>
				resource === 'message' ? operation === 'send' || operation === 'sendAndWait' : false,
			)
			.map(({ name, parameters }) => ({
				place: `${example}: ${name}`,
				text: String(parameters.body ?? parameters.message),
			})),
	);

	test('consist of characters of GSM-7: one curly quote would make them longer', () => {
		// 3GPP TS 23.038, 6.2.1. Texts also come from Set and Code nodes; names of list entries are not sent.
		const notGsm = /[^\n\r\t -_a-z{|}~¡£-¥§¿ÄÅÆÇÉÑÖØÜßàä-éìñòöøùü€]/u;
		const texts = EXAMPLES.flatMap((example) =>
			readExample(example)
				.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
				.flatMap(({ name, parameters }) =>
					leaves(
						JSON.parse(
							JSON.stringify(parameters, (key, value: unknown) => (key === 'cachedResultName' ? '' : value)),
						),
					).map((text) => `${example}: ${name}: ${text}`),
				),
		);
		expect(texts.filter((text) => notGsm.test(text))).toEqual([]);
	});

	test('name the brand', () => {
		const without = sends.filter(({ text }) => !brand.test(text)).map(({ place }) => place);
		expect(without.toSorted()).toEqual([...WITHOUT_BRAND].toSorted());
	});

	test('say how to opt out where they begin a conversation', () => {
		const withOptOut = sends.filter(({ text }) => /\bSTOP to opt out\b/.test(text)).map(({ place }) => place);
		expect(withOptOut.toSorted()).toEqual(WITH_OPT_OUT.toSorted());
	});

	test('ask for consent, and confirm it, with the disclosures that carriers want', () => {
		for (const place of ['consent: Ask for consent', 'consent: Confirm opt-in', 'consent: Reply to HELP']) {
			const { text } = sends.find((one) => one.place === place) ?? { text: '' };
			expect(text).toMatch(/msgs\/month.*Msg & data rates may apply.*STOP to opt out/);
			expect(text.length).toBeLessThanOrEqual(160);
		}
	});
});

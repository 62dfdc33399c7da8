import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import ts from 'typescript';
import { TelegentApi } from '../../credentials/TelegentApi.credentials.ts';
import { buildProperties } from '../../nodes/Telegent/description/properties.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { pollProperties } from '../../nodes/TelegentPollTrigger/description/properties.ts';
import { properties as triggerProperties } from '../../nodes/TelegentTrigger/description/properties.ts';

/*
 * The texts that people see while a workflow runs: errors, hints, reasons, logs. The style guide in CONTRIBUTING.md
 * says how they are written.
 */

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = [
	'transport',
	'nodes/shared',
	'nodes/Telegent/engine',
	'nodes/Telegent/send',
	'nodes/Telegent/wait',
	'nodes/Telegent/orders',
	'nodes/Telegent/routes',
	'nodes/TelegentPollTrigger/poll',
	'nodes/TelegentTrigger/registration',
	'nodes/TelegentTrigger/delivery',
];
/** Labels and descriptions of forms have their own rules; what people write has none. */
const FORMS = /nodes\/shared\/(form\/|inbound\/(events|optOutPhrases))|[fF]ields\.ts$/;

interface Message {
	text: string;
	place: string;
}

/** Every literal with several words, `…` in place of what a template inserts. */
function messagesIn(file: string): Message[] {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	const found: Message[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return;
		const text = textOf(node);
		if (text !== undefined && /[A-Za-z]{2,}.* [A-Za-z]/.test(text) && !NO_PROSE.test(text)) {
			const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
			found.push({ text, place: `${relative(ROOT, file)}:${line + 1}` });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

/** Requests, tables of words and zones, notes stored at Telegent, and an expression. */
const NO_PROSE = /^(GET|POST) \/|,\w+,|^\d+ \w+\/|\w+\/\w+ \w+\/|^n8n (wait|workflow) |^=\{\{/;

const files = FOLDERS.flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(ROOT, folder, name)),
).filter((file) => !FORMS.test(file));

const messages = files.flatMap(messagesIn);

/** What n8n's guidelines advise against in errors, and wordings that are not the English of the trade. */
const BANNED: RegExp[] = [
	/\b(error|problem|failure|mistake)s?\b/i,
	/\bfor good\b|\be-mail|\buser name|\btime-out/i,
	/\b(some|no|every)body\b|\bshall\b|\bbesides\b|\ball the same\b|\bin any case\b|, else\b|\bsurely\b/i,
	/\bgo(es)? on\b|\bgoes away\b|\bcan be had\b|\bin clear\b|\bWhat you leave out\b|\bare through\b/i,
	/\bunsure\b|\btold\b|\btells?\b|\bheard\b|\bwhom\b|\bwhose\b/i,
	// Postal and email addresses are called so.
	/(?<!billing |email )\baddress(es)?\b/i,
	/\bis no (?!longer)|\bof your account\b|\bof this n8n\b/i,
	/\bTelegent takes\b|\bat Telegent\b|\bg(i|a)ven? back\b|\bgives? back\b|\bput back\b|\bcarried out\b/i,
	/\banswer(s|ed)?\b|\bstep\b/i,
	/\b(can|does|do|is|are|was|were|did|could|will|would|has|have) ?not\b/i,
	/[‘’“”]/,
];

/** n8n's label, what n8n itself responds, and a text message, which has no contractions. */
const EXEMPT =
	/'On Error'|^does not exist$|^Could not find node to process webhook$|^Sorry, we did not understand\.$/;

test('there are messages to look at', () => {
	expect(messages.length).toBeGreaterThan(200);
});

test.each(BANNED)('no message says %s', (phrase) => {
	const bad = messages.filter(({ text }) => phrase.test(text.replace(EXEMPT, '')));
	expect(bad.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
});

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Every label of a form: of parameters, groups and options. */
function labelsIn(entries: Entry[]): string[] {
	return entries.flatMap((entry) => {
		const { displayName, name, options, values } = entry as INodeProperties & INodePropertyCollection;
		return [displayName ?? name, ...labelsIn([...(options ?? []), ...(values ?? [])] as Entry[])];
	});
}

const labels = new Set([
	...labelsIn(buildProperties(resources)),
	...labelsIn(triggerProperties),
	...labelsIn(pollProperties),
	...labelsIn(new TelegentApi().properties),
	// n8n's own.
	...['On Error', 'Continue', 'Retry On Fail'],
]);

test('every label that a message quotes is one of a form', () => {
	const quoted = messages.flatMap(({ place, text }) =>
		[...text.matchAll(/(?<![\w(])'([A-Z][^']*)'(?!\w)/g)].map(([, label]) => ({ label, place })),
	);
	expect(quoted.length).toBeGreaterThan(40);
	expect(quoted.filter(({ label }) => !labels.has(label))).toEqual([]);
});

/** Functions that put a label into a message. */
const LABELED = ['withLabel', 'withFieldLabel', 'readSwitch', 'ParameterError', 'parseTime', 'read', 'bound'];

test('every label that the code puts before a reason is one of a form', () => {
	const given = files.flatMap((file) => {
		const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
		const found: Array<{ label: string; place: string }> = [];
		const visit = (node: ts.Node): void => {
			if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && LABELED.includes(calleeOf(node)))
				for (const argument of node.arguments ?? [])
					if (ts.isStringLiteral(argument) && /^[A-Z]/.test(argument.text))
						found.push({ label: argument.text, place: relative(ROOT, file) });
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	});
	expect(given.length).toBeGreaterThan(15);
	expect(given.filter(({ label }) => !labels.has(label))).toEqual([]);
});

function calleeOf({ expression }: ts.CallExpression | ts.NewExpression): string {
	return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

test('every operation that a message names exists', () => {
	const known = new Set(
		resources.flatMap(({ name, operations }) => operations.map((one) => `${name} → ${one.name}`)),
	);
	const word = '[A-Z][\\w-]*';
	const path = new RegExp(`${word}(?: ${word})* → ${word}(?: ${word})*`, 'g');
	const named = messages.flatMap(({ place, text }) =>
		[...text.matchAll(path)].map(([operation]) => ({ operation, place })),
	);
	expect(named.length).toBeGreaterThan(30);
	expect(named.filter(({ operation }) => !known.has(operation.replace(/^(Use|Run|Check) /, '')))).toEqual([]);
});

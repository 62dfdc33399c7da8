import { TelegentApi } from '../../credentials/TelegentApi.credentials.ts';
import { buildProperties } from '../../nodes/Telegent/description/properties.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';
import { TelegentPollTrigger } from '../../nodes/TelegentPollTrigger/TelegentPollTrigger.node.ts';
import { TelegentTrigger } from '../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import * as rules from './wordingRules.mts';
import type { Rule, Text } from './wordingRules.mts';
import {
	stringsGivenTo,
	textsInSources,
	textsOfDescription,
	textsOfFields,
	textsOfResource,
} from './wordingTexts.mts';

const FORM_RULES = Object.entries(rules as Record<string, Rule>);
/** For texts in sources, which are whole messages and parts of them. */
const MESSAGE_RULES = FORM_RULES.filter(([name]) =>
	['withoutBannedPhrases', 'withoutBlame', 'withContractions', 'plainMessage'].includes(name),
);
/** Forms have their own rules, what people write has none, and notes stored at Telegent are read by this package. */
const NO_MESSAGES =
	/^nodes\/shared\/(form\/|inbound\/(events|optOut))|(description|resources)\/|[fF]ields\.ts:|\.node\.ts:|: (n8n (wait|workflow) |(GET|POST) \/)/;
/** Functions that begin a message with the label of a field. */
const LABELED = ['withLabel', 'withFieldLabel', 'readSwitch', 'ParameterError', 'parseTime', 'read', 'bound'];
const SOURCES = ['credentials', 'nodes', 'transport'];
/** What the rule finds wrong, with the place of each text. */
const findings = (texts: Text[], rule: Rule) =>
	texts.flatMap((text) => {
		const wrong = rule(text);
		return wrong ? [`${text.place} (${text.kind}): ${wrong} — ${text.text}`] : [];
	});

/** The choice of resource and operation is in the table, too: textsOfResource knows more about it. */
const ownFields = buildProperties(resources).filter(
	({ name }) => name !== 'resource' && name !== 'operation',
);

const triggerDescription = new TelegentTrigger().description;
const pollDescription = new TelegentPollTrigger().description;
const texts: Text[] = [
	...[new Telegent().description, triggerDescription, pollDescription].flatMap(textsOfDescription),
	...resources.flatMap(textsOfResource),
	...textsOfFields(ownFields, 'telegent'),
	...textsOfFields(triggerDescription.properties, 'telegentTrigger'),
	...textsOfFields(pollDescription.properties, 'telegentPollTrigger'),
	...textsOfFields(new TelegentApi().properties, 'telegentApi'),
];

describe('texts of the nodes and of the credential', () => {
	test('are found', () => {
		expect(texts.length).toBeGreaterThan(2_000);
	});

	test.each(FORM_RULES)('%s', (_name, rule) => {
		expect(findings(texts, rule)).toEqual([]);
	});

	test.each([
		['trigger', triggerDescription],
		['poll trigger', pollDescription],
	])('call the parameter of the %s as n8n does, without a tooltip', (_node, { properties: [first] }) => {
		expect(first).toMatchObject({ displayName: 'Trigger On', name: 'event' });
		expect(first).not.toHaveProperty('description');
	});
});

const QUOTED_NAME = /(?<![\w$([])'([A-Z][^'…]*)'(?!\w)/g;
/** What n8n's editor shows, and the choice of resource and operation. */
const OTHER_NAMES = [
	'Binary',
	'Continue',
	'Execute Once',
	'Execute step',
	// An output of the node.
	'Not Delivered',
	'On Error',
	'Operation',
	'Production URL',
	'Resource',
	'Retry On Fail',
	'Webhook URLs',
];

describe('texts in the sources', () => {
	const found = textsInSources(SOURCES, 2).filter(({ place }) => !NO_MESSAGES.test(place));
	const labels = new Set(texts.filter(({ kind }) => kind === 'label').map(({ text }) => text));
	const isField = (name: string) => labels.has(name) || OTHER_NAMES.includes(name);

	test('are found', () => {
		expect(found.length).toBeGreaterThan(500);
	});

	test.each(MESSAGE_RULES)('%s', (_name, rule) => {
		expect(findings(found, rule)).toEqual([]);
	});

	test('name fields in single quotes, as their labels say', () => {
		const named = found.flatMap(({ place, text }) =>
			[...text.matchAll(QUOTED_NAME)].map(([, name]) => ({ name, place })),
		);
		expect(named.length).toBeGreaterThan(40);
		expect(named.filter(({ name }) => !isField(name))).toEqual([]);
	});

	test('begin with the label of a field', () => {
		const given = stringsGivenTo(LABELED, SOURCES).filter(({ text }) => /^[A-Z]/.test(text));
		expect(given.length).toBeGreaterThan(15);
		expect(given.filter(({ text }) => !isField(text))).toEqual([]);
	});

	test('name operations that exist', () => {
		const known = new Set(
			resources.flatMap(({ name, operations }) => operations.map((one) => `${name} → ${one.name}`)),
		);
		const word = '[A-Z][\\w-]*';
		const path = new RegExp(`${word}(?: ${word})* → ${word}(?: ${word})*`, 'g');
		const named = found.flatMap(({ place, text }) =>
			[...text.matchAll(path)].map(([operation]) => ({ operation, place })),
		);
		expect(named.length).toBeGreaterThan(30);
		expect(named.filter(({ operation }) => !known.has(operation.replace(/^(Use|Run|Check) /, '')))).toEqual(
			[],
		);
	});
});

const text = (kind: Text['kind'], words: string, more: Partial<Text> = {}): Text => ({
	place: 'sample',
	kind,
	text: words,
	...more,
});

describe('the rules', () => {
	const { withoutBannedPhrases, withoutBlame, withContractions } = rules;
	test.each([
		'Delete it for good',
		'The user name for Basic',
		'The e-mail address',
		'Numbers. Separate several with commas.',
		'Text that must occur, in any case',
		'Change it. What you leave out stays as it is.',
		'The workflow goes on with it',
		'When somebody writes',
		'The number whose messages to retrieve',
		'Show tokens in clear',
		'A phone number of your account',
		'Most Messages a Run',
		'Delete them first, else Telegent refuses',
		'The address that Telegent calls',
		'A number that was cancelled',
		'The route that shall call this workflow',
		'The Quiet Hours are over',
		'Start the workflow anew',
		'One message each, whatever its text',
		'Who reached the limit is skipped',
		"Until it is delivered, as Telegent's list tells",
	])('withoutBannedPhrases finds "%s"', (words) => {
		expect(withoutBannedPhrases(text('description', words))).toBeDefined();
	});

	test.each([['An error occurred'], ['There was a Problem'], ['after a failure'], ['a mistake']])(
		'withoutBlame finds "%s"',
		(words) => {
			expect(withoutBlame(text('message', words))).toBeDefined();
		},
	);

	test.each([['It cannot be undone'], ['Telegent does not return it'], ['are not sent']])(
		'withContractions finds "%s"',
		(words) => {
			expect(withContractions(text('description', words))).toBeDefined();
		},
	);

	test.each<[name: string, rule: Rule, wrong: Text, right: Text]>([
		[
			'plainMessage',
			rules.plainMessage,
			text('message', 'Telegent answered with 500'),
			text('message', 'Telegent responded with 500'),
		],
		[
			'labelInTitleCase',
			rules.labelInTitleCase,
			text('label', 'Call on hold'),
			text('label', 'Call on Hold'),
		],
		[
			'sentenceCase',
			rules.sentenceCase,
			text('description', 'The account that From belongs to'),
			text('description', "The account the number in 'From' belongs to (see Guardian → Create Relation)"),
		],
		[
			'sentenceCase',
			rules.sentenceCase,
			text('action', 'Get Many Messages'),
			text('action', 'Get many messages'),
		],
		['periods', rules.periods, text('notice', 'This is final.'), text('notice', 'This is final')],
		['periods', rules.periods, text('description', 'One. Two'), text('description', 'One. Two.')],
		[
			'shortSentences',
			rules.shortSentences,
			text('description', 'word '.repeat(21)),
			text('description', 'word '.repeat(20)),
		],
		[
			'booleanWithWhether',
			rules.booleanWithWhether,
			text('description', 'If it waits', { type: 'boolean' }),
			text('description', 'Whether it waits', { type: 'boolean' }),
		],
		[
			'placeholderWithExample',
			rules.placeholderWithExample,
			text('placeholder', '+18015550123', { type: 'string' }),
			text('placeholder', 'e.g. +18015550123', { type: 'string' }),
		],
		[
			'placeholderWithExample',
			rules.placeholderWithExample,
			text('placeholder', 'Choose a number…', { type: 'list' }),
			text('placeholder', 'Select a number…', { type: 'list' }),
		],
		[
			'actionWithoutArticle',
			rules.actionWithoutArticle,
			text('action', 'Send a message'),
			text('action', 'Send message'),
		],
		[
			'operationInN8nsWords',
			rules.operationInN8nsWords,
			text('operation', 'Retrieve the routes', { operation: 'getAll' }),
			text('operation', 'Retrieve a list of routes', { operation: 'getAll' }),
		],
		[
			'operationInN8nsWords',
			rules.operationInN8nsWords,
			text('operation', 'Delete a route', { operation: 'delete' }),
			text('operation', 'Delete a route permanently', { operation: 'delete' }),
		],
		[
			'operationNamesItsResource',
			rules.operationNamesItsResource,
			text('operation', 'Retrieve a list of routes', { subject: ['Message Route'] }),
			text('operation', 'Retrieve a list of message routes', { subject: ['Message Route'] }),
		],
	])('%s finds what is wrong and lets the rest pass', (_name, rule, wrong, right) => {
		expect(rule(wrong)).toBeDefined();
		expect(rule(right)).toBeUndefined();
	});

	test('there is no rule without a sample', () => {
		expect(FORM_RULES).toHaveLength(13);
	});
});

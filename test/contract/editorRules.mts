import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { listSearch } from '../../nodes/Telegent/listSearch.ts';
import { describe as describeNode } from '../../nodes/Telegent/describe.ts';
import type { Operation, Resource } from '../../nodes/Telegent/engine/operation.ts';
import { answerFor } from './answers.mts';
import type { ContractOperation, Json } from './contract.mts';
import { deep } from './fill.mts';
import { everyLink, type Link } from './slots.mts';
import { nameOf, subjectsOf, type Finding, type Subject } from './subjects.mts';

/*
 * What the editor shows must help: lists to choose from, secrets hidden, words, order, and forms that fit the answers.
 */

type Said = Array<[field: string | undefined, message: string]>;
type Rule = (resources: Resource[]) => Finding[];

/** A rule about operations of the contract. */
function ofSubject(name: string, check: (subject: Subject) => Said): Rule {
	return (resources) =>
		subjectsOf(resources).flatMap((subject) =>
			check(subject).map(([field, message]) => ({ rule: name, where: nameOf(subject), field, message })),
		);
}

/** A rule about all operations, API Request included. */
function ofEntry(name: string, check: (entry: Operation) => Said): Rule {
	return (resources) =>
		resources.flatMap((resource) =>
			resource.operations.flatMap((entry) =>
				check(entry).map(([field, message]) => ({
					rule: name,
					where: nameOf({ resource, entry }),
					field,
					message,
				})),
			),
		);
}

const MOST_SIMPLE = 10;

/** What an answer shows: a key in two spellings is there once, and the hours of a week are one thing. */
export function shownKeys(keys: string[]): Set<string> {
	return new Set(keys.map((key) => key.replace(/^\w+day(Start|End)Time$/, 'Hours').toLowerCase()));
}

/** At most ten fields, all of them documented, wherever the answer to a look-up has more. */
const simple = (subject: Subject): Said => {
	const { entry, operation } = subject;
	const keys = entry.simple ?? [];
	const switched = entry.fields.some(({ name }) => name === 'simplify');
	const size = Object.keys(documentedEntry(subject)).length;
	const known = documentedKeys(subject);
	const said: Said = [];
	const kept = shownKeys(keys).size;
	if (kept > MOST_SIMPLE) said.push([undefined, `keeps ${kept} fields, at most ten are useful`]);
	if (switched && keys.length === 0) said.push([undefined, 'has Simplify, but does not say what it keeps']);
	if (!switched && keys.length > 0) said.push([undefined, 'says what Simplify keeps, but does not offer it']);
	if (operation.method === 'GET' && size > MOST_SIMPLE && keys.length === 0) {
		said.push([undefined, `answers with ${size} fields, but has no Simplify`]);
	}
	const strange = keys.filter((key) => !known.has(key.toLowerCase()));
	return [
		...said,
		...strange.map((key): [string, string] => [key, 'is kept by Simplify, but not in any answer']),
	];
};

/** One entry of the documented answer. */
export function documentedEntry({ entry, operation }: Subject): Json {
	const answer = answerFor(operation);
	const held = entry.list ? (answer as Json | undefined)?.[entry.list] : answer;
	const one = Array.isArray(held) ? held[0] : held;
	if (typeof one === 'object' && one !== null) return one as Json;
	return one === undefined || one === null ? {} : { [entry.entry ?? 'value']: one };
}

/** Keys of the answers to all operations of the resource, because several share what Simplify keeps. */
function documentedKeys({ resource }: Subject): Set<string> {
	const subjects = subjectsOf([resource]);
	return new Set(
		subjects.flatMap((subject) => Object.keys(documentedEntry(subject)).map((key) => key.toLowerCase())),
	);
}

/** Ids that some list operation gives: people choose them from a list. */
const LISTED =
	/^((Parent|Child|Assigned)?SubscriberId|(From|To)?AccountId|MessageRouteId|(Call|Voice)RouteI[dD]|PackageId|ProductId|ServiceId|(Reference)?WorkgroupId|ScheduleId|WebhookId|SubscriptionId|(Call|Message)?FilterId)$/;
/** Numbers of the own account: those that a call to one of these paths is about. */
const OWN_NUMBER_PATHS = /^\/v1\.0\/(numbers(?!\/portin)|message\/(filter|search|outbound)$)/;
const OWN_NUMBERS = /^(number|phonenumber|from|portoutnumber)$/i;

/** Whether some list gives the values of this field, so that people need not know them. */
export function isListed({ field, place }: Link, { path }: ContractOperation): boolean {
	const number = OWN_NUMBER_PATHS.test(path) && OWN_NUMBERS.test(place);
	return field.type === 'string' && (LISTED.test(field.name) || number);
}

const locators = ({ match, operation }: Subject): Said =>
	everyLink(match.links).flatMap((link) =>
		link.slot.variants.flatMap((variant): Said => {
			const chosen = variant.type === 'resourceLocator';
			if (chosen) return locatorIsWrong(variant).map((message) => [link.place, message]);
			return isListed(link, operation) ? [[link.place, 'is on a list, but the editor offers none']] : [];
		}),
	);

function locatorIsWrong({ modes = [] }: INodeProperties): string[] {
	const [first, ...others] = modes;
	const method = first?.typeOptions?.searchListMethod;
	if (first?.type !== 'list' || others.length === 0) return ['must offer a list first, and a way without it'];
	return method && method in listSearch ? [] : [`has a list that nothing fills (${String(method)})`];
}

const SECRET_FIELD = /(Password|PasswordToken|AuthenticationToken|Secret|PIN)$/i;

/** What is secret is typed as asterisks, and answered as asterisks unless the person asks for it. */
const secrets = (subject: Subject): Said => {
	const { entry, match } = subject;
	const shown = everyLink(match.links)
		.filter(({ field, slot }) => SECRET_FIELD.test(field.name) && !slot.variants.every(isPassword))
		.map(({ place }): [string, string] => [place, 'is a secret, but can be read while it is typed']);
	const keys = Object.keys(documentedEntry(subject)).filter((key) => SECRET_FIELD.test(key));
	const open = entry.deletes ? [] : keys.filter((key) => !entry.secrets?.includes(key));
	const option = entry.fields.find(({ name }) => name === 'options')?.options ?? [];
	const offered = option.some(({ name }) => name === 'showSecrets');
	const hidden = Boolean(entry.secrets) && !offered;
	return [
		...shown,
		...open.map((key): [string, string] => [key, 'is a secret, but is answered in clear']),
		...(hidden ? [[undefined, 'hides secrets, but has no option to show them'] as [undefined, string]] : []),
	];
};

function isPassword({ typeOptions }: INodeProperties): boolean {
	return typeOptions?.password === true;
}

const WORDLESS = ['notice', 'collection'];

const words = (entry: Operation): Said => {
	const said: Said = [];
	if (!/^[A-Z]/.test(entry.name)) said.push([undefined, 'has no name in Title Case']);
	if (!/^[A-Z].* /.test(entry.action)) said.push([undefined, 'has no action that says what it does to what']);
	if (!/^[A-Z].* /.test(entry.description)) said.push([undefined, 'has no description']);
	const fields = entry.fields.flatMap(deep).filter(({ type }) => !WORDLESS.includes(type));
	for (const { description = '', displayName, name, type } of fields) {
		if (!displayName) said.push([name, 'has no label']);
		if (!description) said.push([name, 'has no description']);
		else if (type === 'boolean' && !description.startsWith('Whether ')) {
			said.push([name, 'is a switch, so its description must start with "Whether"']);
		}
	}
	return said;
};

/** n8n's own rule for lists of five and more, which its linter cannot apply to lists that are put together. */
const SORTED_FROM = 5;
/** Has an order of its own. */
const WEEK = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday';

function order(resources: Resource[]): Finding[] {
	const finding = (where: string, message: string): Finding => ({ rule: 'order', where, message });
	const names = (entries: Array<{ name: string }>) => entries.map(({ name }) => name);
	const own = [
		...disorder(names(resources)).map((message) => finding('resources', message)),
		...resources.flatMap(({ operations, value }) =>
			disorder(names(operations)).map((message) => finding(value, message)),
		),
	];
	const fields = describeNode(resources).filter(({ name }) => name !== 'resource' && name !== 'operation');
	const shown = fields.flatMap((field) => {
		const { operation = [], resource = [] } = field.displayOptions?.show ?? {};
		const where = `${String(resource[0])}.${operation.join('|')}`;
		return deep(field).flatMap((inner) => {
			const labels = labelsOf(inner);
			return labels.length < SORTED_FROM ? [] : disorder(labels).map((text) => finding(where, text));
		});
	});
	return [...own, ...shown];
}

function labelsOf({ options = [], type }: INodeProperties): string[] {
	if (type === 'collection')
		return options.map((option) => ('displayName' in option ? option.displayName : ''));
	const names = ['options', 'multiOptions'].includes(type) ? options.map(({ name }) => name) : [];
	return names.join(' ') === WEEK ? [] : names;
}

function disorder(names: string[]): string[] {
	const wrong = names.find((name, index) => index > 0 && names[index - 1].localeCompare(name, 'en') > 0);
	return wrong === undefined ? [] : [`"${wrong}" is not in alphabetical order`];
}

/** No two things of one list have the same name. */
function unique(resources: Resource[]): Finding[] {
	const finding = (where: string, message: string): Finding => ({ rule: 'unique', where, message });
	const kinds = ['value', 'name', 'action'] as const;
	return resources.flatMap((resource) => [
		...kinds.flatMap((kind) =>
			repeated(resource.operations.map((entry) => entry[kind])).map((text) =>
				finding(resource.value, `"${text}" is the ${kind} of two operations`),
			),
		),
		...resource.operations.flatMap((entry) => {
			const plain = entry.fields.filter(({ displayOptions }) => !displayOptions).map(({ name }) => name);
			return repeated(plain).map((name) => finding(nameOf({ resource, entry }), `"${name}" is there twice`));
		}),
	]);
}

function repeated(names: string[]): string[] {
	return names.filter((name, index) => names.indexOf(name) < index);
}

/** What decides whether a field is shown is a field itself, and can have a value that shows it. */
const dependencies = (entry: Operation): Said => {
	const all = entry.fields.flatMap(deep);
	const deciding = (by: string) => all.filter(({ name }) => name === by.replace(/^\//, ''));
	return all.flatMap(({ displayOptions = {}, name }): Said => {
		const { hide = {}, show = {} } = displayOptions;
		const nothing = [...Object.keys(show), ...Object.keys(hide)].filter((by) => deciding(by).length === 0);
		const never = Object.entries(show).filter(([by, values = []]) => {
			const possible = deciding(by).flatMap(valuesOf);
			return possible.length > 0 && !values.some((value) => possible.includes(value));
		});
		return [
			...nothing.map((by): [string, string] => [name, `depends on "${by}", which is no field here`]),
			...never.map(([by]): [string, string] => [
				name,
				`depends on "${by}" having a value that it cannot have`,
			]),
		];
	});
};

function valuesOf({ options = [], type }: INodeProperties): unknown[] {
	if (type === 'boolean') return [true, false];
	return type === 'options' ? (options as INodePropertyOptions[]).map(({ value }) => value) : [];
}

/** A field starts with a value that it can have. */
const defaults = (entry: Operation): Said =>
	entry.fields.flatMap(deep).flatMap((field): Said => {
		const { default: start, name, type } = field;
		const wrong =
			(type === 'boolean' && typeof start !== 'boolean') ||
			(type === 'options' && !valuesOf(field).includes(start)) ||
			(type === 'resourceLocator' && (start as { mode?: string }).mode !== 'list');
		return wrong ? [[name, `starts with ${JSON.stringify(start)}, which does not fit`]] : [];
	});

export const editorRules: Record<string, Rule> = {
	simple: ofSubject('simple', simple),
	locators: ofSubject('locators', locators),
	secrets: ofSubject('secrets', secrets),
	words: ofEntry('words', words),
	order,
	unique,
	dependencies: ofEntry('dependencies', dependencies),
	defaults: ofEntry('defaults', defaults),
};

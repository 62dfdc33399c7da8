import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { find, notPublic, type ContractOperation, type Field } from './contract.mts';
import { CHOICES_FROM_TEXT, ENTRIES_UNKNOWN, MAY_BE_REQUIRED } from './bindings.mts';
import { answerFor } from './answers.mts';
import { pagingOf } from './samples.mts';
import { everyLink, slotsOf } from './slots.mts';
import { isFree, nameOf, subjectsOf, type Finding, type Subject } from './subjects.mts';

/*
 * What the tables must have in common with the contract. Each rule looks at one operation and says what is wrong.
 */

type Check = (subject: Subject) => Array<[field: string | undefined, message: string]>;

function rule(name: string, check: Check): (resources: Resource[]) => Finding[] {
	return (resources) =>
		subjectsOf(resources).flatMap((subject) =>
			check(subject).map(([field, message]) => ({ rule: name, where: nameOf(subject), field, message })),
		);
}

/** Method and path exist, may be called by everybody, and no two operations of the node are the same. */
function routes(resources: Resource[]): Finding[] {
	const entries = resources.flatMap((resource) => resource.operations.map((entry) => ({ resource, entry })));
	const own = entries.filter(({ entry }) => !isFree(entry));
	const finding = (message: string, subject: (typeof entries)[number]): Finding => ({
		rule: 'routes',
		where: nameOf(subject),
		message,
	});
	return own.flatMap((subject) => {
		const { route } = subject.entry;
		if (notPublic.includes(route)) return [finding(`${route} is not public`, subject)];
		if (!find(route)) return [finding(`${route} is not in the contract`, subject)];
		const twins = own.filter(({ entry }) => entry.route === route);
		return twins.indexOf(subject) > 0
			? [finding(`${route} belongs to ${nameOf(twins[0])} already`, subject)]
			: [];
	});
}

const known: Check = ({ match }) =>
	match.unknown.map(({ path }) => [path.join('.'), 'is sent, but the contract has no such field']);

const reachable: Check = ({ match }) =>
	match.missing.map((place) => [place, 'is a field of the contract that the editor does not offer']);

const required: Check = ({ match, operation }) => {
	const subject = namesSubject(operation);
	return everyLink(match.links).flatMap(({ field, place, slot }): ReturnType<Check> => {
		const inside = place.includes('.');
		const asked = slot.variants.some((variant) => variant.required) && (slot.onTop || inside);
		const always = asked && slot.variants.every((variant) => variant.required);
		if (field.required && !always) return [[place, 'is required by the contract, but not in the editor']];
		const may = field === subject || MAY_BE_REQUIRED[operation.key]?.[place] !== undefined;
		return asked && !field.required && !may
			? [[place, 'is required in the editor, but not by the contract']]
			: [];
	});
};

/**
 * The one query parameter that says what a call is about. The vendor marks many of them as optional without saying
 * what the call does without them; the editor asks for them.
 */
function namesSubject(operation: ContractOperation): Field | undefined {
	const paging = pagingOf(operation);
	const own = operation.fields.filter(
		({ name }) => name !== 'AccountId' && name !== 'Filter' && name !== paging?.page && name !== paging?.size,
	);
	return own.length === 1 && own[0].in === 'query' ? own[0] : undefined;
}

const enums: Check = ({ match, operation }) =>
	everyLink(match.links).flatMap(({ field, place, slot }): ReturnType<Check> => {
		const offered = slot.variants.flatMap(optionValues);
		const allowed = field.enum ?? CHOICES_FROM_TEXT[operation.key]?.[place]?.values;
		if (!allowed)
			return offered.length > 0 ? [[place, 'is a choice in the editor, but any text in the contract']] : [];
		const lacking = allowed.filter((value) => !offered.includes(value));
		const strange = offered.filter((value) => !allowed.includes(value));
		return [
			...lacking.map((value): [string, string] => [place, `does not offer ${JSON.stringify(value)}`]),
			...strange.map((value): [string, string] => [
				place,
				`offers ${JSON.stringify(value)}, which is not allowed`,
			]),
		];
	});

function optionValues({ options = [], type }: INodeProperties): unknown[] {
	if (type !== 'options' && type !== 'multiOptions') return [];
	return options.map((option) => ('value' in option ? option.value : undefined));
}

const FITTING: Record<string, string[]> = {
	string: ['string', 'options', 'multiOptions', 'dateTime', 'resourceLocator', 'json', 'number'],
	integer: ['number'],
	number: ['number'],
	boolean: ['boolean'],
	array: ['string', 'fixedCollection', 'multiOptions', 'json'],
	object: ['fixedCollection', 'collection', 'json'],
};

const types: Check = ({ match }) =>
	everyLink(match.links).flatMap(({ field, place, slot }) =>
		slot.variants.flatMap((variant): ReturnType<Check> => {
			const { type, typeOptions } = variant;
			if (!FITTING[field.type].includes(type))
				return [[place, `is ${field.type}, but a ${type} in the editor`]];
			const fraction = field.type === 'integer' && typeOptions?.numberPrecision !== 0;
			if (fraction) return [[place, 'is a whole number, but the editor takes fractions']];
			const several = field.type === 'array' && type === 'fixedCollection' && !typeOptions?.multipleValues;
			return several ? [[place, 'is a list, but the editor takes one only']] : [];
		}),
	);

/** POST requests that only look something up. The vendor's notes say so of each. */
const READING_POSTS = [
	'POST /v1.0/numbers/availability',
	'POST /v1.0/numbers/data-usage/info',
	'POST /v1.0/numbers/data-usage/settings',
	'POST /v1.0/numbers/device-details',
	'POST /v1.0/numbers/portin/eligibility',
	'POST /v1.0/numbers/voicemail/info',
];

/** What makes something new each time: sends, orders, creates. Numbers added to a list are there once anyhow. */
function happensAgain({ key, path, summary }: ContractOperation): boolean {
	return (
		/^(Create|Send)\b/.test(summary) ||
		/\/(outbound|provision|portin|status|items\/add)$/.test(path) ||
		key === 'POST /v1.0/numbers/portin'
	);
}

const safety: Check = ({ entry, operation }) => {
	const { key, method } = operation;
	const reads = method === 'GET' || READING_POSTS.includes(key);
	if (reads && entry.safety !== 'read') return [[undefined, `only reads, but is called ${entry.safety}`]];
	if (!reads && entry.safety === 'read') return [[undefined, 'changes something, but is called read']];
	return happensAgain(operation) && !reads && entry.safety !== 'once'
		? [[undefined, `does its work again each time, but is called ${entry.safety}`]]
		: [];
};

/** Whether a read answers about what it was asked for, one entry each: that list is as long as the question. */
const answersEach = ({ fields, key }: ContractOperation, list: string | undefined) =>
	READING_POSTS.includes(key) && fields.some(({ in: place, name }) => place === 'body' && name === list);

const lists: Check = (subject) => {
	const { entry, operation } = subject;
	const names = entry.fields.map(({ name }) => name);
	const asks = names.includes('returnAll') && names.includes('limit');
	if (entry.list === undefined) {
		const held = listIn(operation);
		const found = operation.method === 'GET' || answersEach(operation, held) ? held : undefined;
		if (found !== undefined) return [[undefined, `answers a list in "${found}", which is not taken apart`]];
		return asks ? [[undefined, 'has Return All and Limit, but no list']] : [];
	}
	// A POST that only reads answers about what it was asked for, one entry each: that list is as long as the question.
	const bounded = operation.method !== 'GET';
	return [
		...(asks || bounded
			? []
			: [[undefined, 'answers a list, but has no Return All and Limit'] as [undefined, string]]),
		...wrongList(subject),
	];
};

function wrongList({ entry, operation }: Subject): ReturnType<Check> {
	const unknown = ENTRIES_UNKNOWN[operation.key]?.list;
	if (unknown) return entry.list === unknown ? [] : [[undefined, `its list is looked for in "${unknown}"`]];
	const answer = answerFor(operation);
	const entries =
		entry.list === '' ? answer : (answer as Record<string, unknown> | undefined)?.[entry.list ?? ''];
	if (!Array.isArray(entries)) return [[undefined, `the documented answer has no list in "${entry.list}"`]];
	const bare = entries.some((one) => typeof one !== 'object');
	if (bare && !entry.entry) return [[undefined, 'its entries are bare texts: say what to call them (entry)']];
	return !bare && entry.entry ? [[undefined, 'its entries are objects and need no name (entry)']] : [];
}

/** Lists that say something about the one thing that the answer is about. */
const ATTRIBUTES = ['IpWhiteList', 'PhoneNumbersOrdered'];

/** Where the documented answer holds its list; undefined where it is about one thing. */
function listIn(operation: ContractOperation): string | undefined {
	const answer = answerFor(operation);
	if (Array.isArray(answer)) return '';
	const held = Object.entries((answer ?? {}) as Record<string, unknown>)
		.filter(([, value]) => Array.isArray(value) && typeof value[0] === 'object')
		.map(([name]) => name)
		.filter((name) => !ATTRIBUTES.includes(name));
	return held.length === 1 ? held[0] : undefined;
}

const paging: Check = ({ entry, operation }) => {
	const pages = pagingOf(operation);
	if (!pages) return entry.paging ? [[undefined, 'fetches pages that the contract does not have']] : [];
	if (!entry.paging) return [[undefined, 'is given page by page, but fetches the first page only']];
	const { page, size, total } = entry.paging;
	const answer = answerFor(operation) as Record<string, unknown>;
	return [
		...(page === pages.page ? [] : [[page, `must be ${pages.page}`] as [string, string]]),
		...(size === pages.size ? [] : [[size, `must be ${pages.size}`] as [string, string]]),
		...(total in answer ? [] : [[total, 'is not in the documented answer'] as [string, string]]),
	];
};

const deletes: Check = ({ entry, operation }) => {
	const deleting = operation.path.endsWith('/delete');
	if (deleting && !entry.deletes) return [[undefined, 'deletes, but does not answer {"deleted": true}']];
	return entry.deletes && !deleting ? [[undefined, 'answers {"deleted": true}, but deletes nothing']] : [];
};

/** Every name that stands in `send` is a field. */
const spellings: Check = ({ entry }) => {
	const names = slotsOf(entry).flatMap(({ variants }) => variants.flatMap(inside));
	const strange = Object.keys(entry.send ?? {}).filter((name) => !names.includes(name));
	return strange.map((name) => [name, 'has a spelling, but is not a field']);
};

function inside(field: INodeProperties): string[] {
	const inner = (field.options ?? []).flatMap((option) =>
		'values' in option ? option.values : 'type' in option ? [option] : [],
	);
	return [field.name, ...inner.flatMap(inside)];
}

export const contractRules: Record<string, (resources: Resource[]) => Finding[]> = {
	routes,
	...Object.fromEntries(
		Object.entries({
			known,
			reachable,
			required,
			enums,
			types,
			safety,
			lists,
			paging,
			deletes,
			spellings,
		}).map(([name, check]) => [name, rule(name, check)]),
	),
};

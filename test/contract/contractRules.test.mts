import type { INodeProperties } from 'n8n-workflow';
import {
	find,
	notPublic,
	pagingOf,
	type ContractOperation,
	type Field,
} from '../../scripts/lib/contract.mts';
import { everyLink, slotsOf, type Link } from '../../scripts/lib/fieldMatching.mts';
import { named, operations, routed, subjects } from './cases.mts';
import { answerFor } from './documentedAnswer.mts';
import { CHOICES_FROM_TEXT, ENTRIES_UNKNOWN, MAY_BE_REQUIRED } from './exceptions.mts';
import { deep } from './formFiller/fill.mts';

/* What the operations and their fields in the editor must have in common with the contract in spec/. */

/** Type in the contract → types of fields in the editor. */
const FITTING: Record<string, string[]> = {
	string: ['string', 'options', 'multiOptions', 'dateTime', 'resourceLocator', 'json', 'number'],
	integer: ['number'],
	number: ['number'],
	boolean: ['boolean'],
	array: ['string', 'fixedCollection', 'multiOptions', 'json'],
	object: ['fixedCollection', 'collection', 'json'],
};

/** POST requests that only look something up. The vendor's notes say so of each. */
const READING_POSTS = [
	'POST /v1.0/numbers/availability',
	'POST /v1.0/numbers/data-usage/info',
	'POST /v1.0/numbers/data-usage/settings',
	'POST /v1.0/numbers/device-details',
	'POST /v1.0/numbers/portin/eligibility',
	'POST /v1.0/numbers/voicemail/info',
];

/** Lists that are a property of the one thing that a response is about. */
const ATTRIBUTES = ['IpWhiteList', 'PhoneNumbersOrdered'];

describe.each(routed)('%s', (_name, { route }) => {
	test('calls a public operation of the contract', () => {
		expect(find(route)?.key).toBe(route);
		expect(notPublic).not.toContain(route);
	});

	test('is the only operation with its route', () => {
		expect(routed.filter(([, other]) => other.route === route)).toHaveLength(1);
	});
});

describe.each(operations)('%s', (_name, { entry, match, operation }) => {
	const links = everyLink(match.links);

	test('has no field that the contract does not have', () => {
		expect(match.unknown.map(({ path }) => path.join('.'))).toEqual([]);
	});

	test('has every field of the contract', () => {
		expect(match.missing).toEqual([]);
	});

	test('requires every field that the contract requires', () => {
		const optional = links.filter((link) => link.field.required && !isAlwaysRequired(link));
		expect(placesOf(optional)).toEqual([]);
	});

	test('requires no field that the contract does not require', () => {
		const subject = onlyQueryField(operation);
		const may = MAY_BE_REQUIRED[operation.key] ?? {};
		const tooMuch = links.filter(
			(link) => isRequired(link) && !link.field.required && link.field !== subject && !may[link.place],
		);
		expect(placesOf(tooMuch)).toEqual([]);
	});

	test('offers the values of the contract in its choices, and no others', () => {
		const choices = links.map(({ field, place, slot }) => ({
			place,
			offered: new Set(slot.variants.flatMap(optionValues)),
			allowed: new Set(field.enum ?? CHOICES_FROM_TEXT[operation.key]?.[place]?.values),
		}));
		expect(choices.map(({ offered, place }) => [place, offered])).toEqual(
			choices.map(({ allowed, place }) => [place, allowed]),
		);
	});

	test('has fields whose types fit the contract', () => {
		const unfit = variantsOf(links).filter(
			({ field, variant }) => !FITTING[field.type].includes(variant.type),
		);
		expect(unfit.map(({ field, place, variant }) => [place, field.type, variant.type])).toEqual([]);
	});

	test('takes no fractions where the contract has whole numbers', () => {
		const fractions = variantsOf(links).filter(
			({ field, variant }) => field.type === 'integer' && variant.typeOptions?.numberPrecision !== 0,
		);
		expect(placesOf(fractions)).toEqual([]);
	});

	test('takes several values where the contract has a list', () => {
		const single = variantsOf(links).filter(
			({ field, variant: { type, typeOptions } }) =>
				field.type === 'array' && type === 'fixedCollection' && !typeOptions?.multipleValues,
		);
		expect(placesOf(single)).toEqual([]);
	});

	test('has safety "read" if it only reads, and only then', () => {
		expect(entry.safety === 'read').toBe(onlyReads(operation));
	});

	test('fetches page by page with the parameters of the contract, if it has them', () => {
		const { page, size } = entry.paging ?? {};
		expect(entry.paging && { page, size }).toEqual(pagingOf(operation));
	});

	test('returns {"deleted": true} if it deletes, and only then', () => {
		expect(Boolean(entry.deletes)).toBe(operation.path.endsWith('/delete'));
	});

	test('has in `send` only names of its fields', () => {
		const names = slotsOf(entry).flatMap(({ variants }) => variants.flatMap(deep).map(({ name }) => name));
		expect(names).toEqual(expect.arrayContaining(Object.keys(entry.send ?? {})));
	});
});

const changing = subjects.filter(({ operation }) => happensAgain(operation) && !onlyReads(operation));
test.each(named(changing))(
	'%s is never repeated by itself: it sends, orders or creates',
	(_name, { entry }) => {
		expect(entry.safety).toBe('once');
	},
);

const paged = subjects.filter(({ entry }) => entry.paging);
test.each(named(paged))('%s reads the total from a field of the documented response', (_name, subject) => {
	expect(Object.keys(answerFor(subject.operation) as object)).toContain(subject.entry.paging?.total);
});

const single = subjects.filter(({ entry }) => entry.list === undefined);
test.each(named(single))(
	'%s returns one item, and has no list in the documented response',
	(_name, subject) => {
		const { operation } = subject;
		const held = listIn(operation);
		const reads = operation.method === 'GET' || answersEach(operation, held);
		expect(reads ? held : undefined).toBeUndefined();
	},
);

// A POST that only reads answers about what it was asked for, one entry each: its list is as long as the question.
const countable = subjects.filter(
	({ entry, operation }) => entry.list === undefined || operation.method === 'GET',
);
test.each(named(countable))('%s has Return All and Limit if it returns a list', (_name, { entry }) => {
	const names = entry.fields.map(({ name }) => name);
	const asks = names.includes('returnAll') && names.includes('limit');
	expect(asks).toBe(entry.list !== undefined);
});

const lists = subjects.filter(({ entry }) => entry.list !== undefined);
describe.each(named(lists))('%s', (_name, { entry, operation }) => {
	const unknown = ENTRIES_UNKNOWN[operation.key]?.list;
	const listed = unknown === undefined ? held(answerFor(operation), entry.list) : [{}];

	test('finds its list in the documented response', () => {
		expect(listed).toEqual(expect.any(Array));
		expect(entry.list).toBe(unknown ?? entry.list);
	});

	test('names the values of its list if they are not objects, and only then', () => {
		const isBare = (listed as unknown[]).some((one) => typeof one !== 'object');
		expect(entry.entry !== undefined).toBe(isBare);
	});
});

function held(answer: unknown, list = ''): unknown {
	return list === '' ? answer : (answer as Record<string, unknown> | undefined)?.[list];
}

function placesOf(links: Array<{ place: string }>): string[] {
	return links.map(({ place }) => place);
}

function variantsOf(links: Link[]) {
	return links.flatMap(({ field, place, slot }) =>
		slot.variants.map((variant) => ({ field, place, variant })),
	);
}

/** On the form, or inside a group: what is merely in Additional Fields need not be there. */
function isRequired({ place, slot }: Link): boolean {
	return slot.variants.some(({ required }) => required) && (slot.onTop || place.includes('.'));
}

function isAlwaysRequired(link: Link): boolean {
	return isRequired(link) && link.slot.variants.every(({ required }) => required);
}

/**
 * The one query parameter that says what a call is about. The vendor marks many of them as optional without saying
 * what the call does without them; the editor asks for them.
 */
function onlyQueryField(operation: ContractOperation): Field | undefined {
	const paging = pagingOf(operation);
	const others = ['AccountId', 'Filter', paging?.page, paging?.size];
	const own = operation.fields.filter(({ name }) => !others.includes(name));
	return own.length === 1 && own[0].in === 'query' ? own[0] : undefined;
}

function optionValues({ options = [], type }: INodeProperties): unknown[] {
	if (type !== 'options' && type !== 'multiOptions') return [];
	return options.map((option) => ('value' in option ? option.value : undefined));
}

function onlyReads({ key, method }: ContractOperation): boolean {
	return method === 'GET' || READING_POSTS.includes(key);
}

/** What makes something new each time: sends, orders, creates. Numbers added to a list are there once anyhow. */
function happensAgain({ key, path, summary }: ContractOperation): boolean {
	return (
		/^(Create|Send)\b/.test(summary) ||
		/\/(outbound|provision|portin|status|items\/add)$/.test(path) ||
		key === 'POST /v1.0/numbers/portin'
	);
}

/** Whether a read returns one entry for each that it was asked about. */
function answersEach({ fields, key }: ContractOperation, list: string | undefined): boolean {
	return READING_POSTS.includes(key) && fields.some((field) => field.in === 'body' && field.name === list);
}

/** Where the documented response holds its list; undefined where it is about one thing. */
function listIn(operation: ContractOperation): string | undefined {
	const answer = answerFor(operation);
	if (Array.isArray(answer)) return '';
	const names = Object.entries((answer ?? {}) as Record<string, unknown>)
		.filter(([, value]) => Array.isArray(value) && typeof value[0] === 'object')
		.map(([name]) => name)
		.filter((name) => !ATTRIBUTES.includes(name));
	return names.length === 1 ? names[0] : undefined;
}

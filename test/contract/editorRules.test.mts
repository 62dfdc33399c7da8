import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { buildProperties } from '../../nodes/Telegent/description/properties.ts';
import { listSearch } from '../../nodes/shared/form/listSearch.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import type { ContractOperation } from '../../scripts/lib/contract.mts';
import { everyLink, type Link } from '../../scripts/lib/fieldMatching.mts';
import { subjectsOf } from '../../scripts/lib/operations.mts';
import { entries, named, operations, subjects } from './cases.mts';
import { documentedEntry } from './documentedAnswer.mts';
import { deep } from './formFiller/fill.mts';

/* What the editor shows: labels and descriptions, order, lists to choose from, hidden secrets, Simplify. */

const MOST_SIMPLE = 10;
const SECRET = /(Password|PasswordToken|AuthenticationToken|Secret|PIN)$/i;

/** Ids that some list operation gives: people choose them from a list. */
const LISTED =
	/^((Parent|Child|Assigned)?SubscriberId|(From|To)?AccountId|MessageRouteId|(Call|Voice)RouteI[dD]|PackageId|ProductId|ServiceId|(Reference)?WorkgroupId|ScheduleId|WebhookId|SubscriptionId|(Call|Message)?FilterId)$/;
/** Numbers of the own account: those that a call to one of these paths is about. */
const OWN_NUMBER_PATHS = /^\/v1\.0\/(numbers(?!\/portin)|message\/(filter|search|outbound)$)/;
const OWN_NUMBERS = /^(number|phonenumber|from|portoutnumber)$/i;

const WITHOUT_DESCRIPTION = ['notice', 'collection'];

describe.each(entries)('%s', (_name, entry) => {
	const fields = entry.fields.flatMap(deep);
	const described = fields.filter(({ type }) => !WITHOUT_DESCRIPTION.includes(type));

	test('has a name, an action and a description that start with a capital letter', () => {
		expect(entry.name).toMatch(/^[A-Z]/);
		expect(entry.action).toMatch(/^[A-Z].* /);
		expect(entry.description).toMatch(/^[A-Z].* /);
	});

	test('has a label and a description for every field', () => {
		const bare = described.filter(({ description, displayName }) => !displayName || !description);
		expect(namesOf(bare)).toEqual([]);
	});

	test('describes its switches with "Whether"', () => {
		const others = described.filter(
			({ description = '', type }) => type === 'boolean' && !description.startsWith('Whether '),
		);
		expect(namesOf(others)).toEqual([]);
	});

	test('has no two fields of the same name that are shown together', () => {
		const names = namesOf(entry.fields.filter(({ displayOptions }) => !displayOptions));
		expect(repeated(names)).toEqual([]);
	});

	test('has display conditions that name fields of its form', () => {
		const deciding = fields.flatMap(({ displayOptions: { hide = {}, show = {} } = {} }) => [
			...Object.keys(show),
			...Object.keys(hide),
		]);
		const known = namesOf(fields);
		expect(deciding.filter((name) => !known.includes(withoutSlash(name)))).toEqual([]);
	});

	test('has display conditions that can be met', () => {
		const conditions = fields.flatMap(({ displayOptions, name }) =>
			Object.entries(displayOptions?.show ?? {}).map(([by, values = []]) => ({ by, name, values })),
		);
		const never = conditions.filter(({ by, values }) => {
			const possible = fields.filter(({ name }) => name === withoutSlash(by)).flatMap(valuesOf);
			return possible.length > 0 && !values.some((value) => possible.includes(value));
		});
		expect(never).toEqual([]);
	});

	test('has default values that fit the fields', () => {
		const unfit = fields.filter((field) => !defaultFits(field));
		expect(unfit.map((field) => [field.name, field.default])).toEqual([]);
	});
});

describe.each(operations)('%s', (_name, subject) => {
	const { entry, match, operation, resource } = subject;
	const links = everyLink(match.links);
	const secretKeys = Object.keys(documentedEntry(subject)).filter((key) => SECRET.test(key));
	const options = entry.fields.find(({ name }) => name === 'options')?.options ?? [];

	test('offers Simplify exactly if it says what Simplify keeps', () => {
		expect(namesOf(entry.fields).includes('simplify')).toBe((entry.simple ?? []).length > 0);
	});

	test('keeps at most ten fields with Simplify', () => {
		expect(distinctKeys(entry.simple ?? []).size).toBeLessThanOrEqual(MOST_SIMPLE);
	});

	test('keeps with Simplify only fields that a response of the resource has', () => {
		// Of the whole resource: several operations share what Simplify keeps.
		const known = subjectsOf([resource]).flatMap((one) => Object.keys(documentedEntry(one)));
		expect(lowerCase(known)).toEqual(expect.arrayContaining(lowerCase(entry.simple ?? [])));
	});

	test('offers a list for every value that a list has', () => {
		const typed = links.filter(
			(link) =>
				isListed(link, operation) && !link.slot.variants.every(({ type }) => type === 'resourceLocator'),
		);
		expect(typed.map(({ place }) => place)).toEqual([]);
	});

	test('offers its lists first, from a search that exists, and a way without the list', () => {
		const locators = links.flatMap(({ slot }) =>
			slot.variants.filter(({ type }) => type === 'resourceLocator'),
		);
		for (const { modes: [first, ...others] = [] } of locators) {
			expect(first.type).toBe('list');
			expect(Object.keys(listSearch)).toContain(first.typeOptions?.searchListMethod);
			expect(others).not.toEqual([]);
		}
	});

	test('hides secrets while they are typed', () => {
		const readable = links.filter(
			({ field, slot }) =>
				SECRET.test(field.name) && !slot.variants.every(({ typeOptions }) => typeOptions?.password === true),
		);
		expect(readable.map(({ place }) => place)).toEqual([]);
	});

	test('hides the secrets of its response', () => {
		expect(entry.secrets ?? []).toEqual(expect.arrayContaining(entry.deletes ? [] : secretKeys));
	});

	test('has an option to show the secrets that it hides', () => {
		expect(options.some(({ name }) => name === 'showSecrets') || !entry.secrets).toBe(true);
	});
});

const large = subjects.filter(
	(subject) =>
		subject.operation.method === 'GET' && Object.keys(documentedEntry(subject)).length > MOST_SIMPLE,
);
test.each(named(large))(
	'%s has Simplify, because its response has more than ten fields',
	(_name, { entry }) => {
		expect(entry.simple ?? []).not.toEqual([]);
	},
);

test('The resources are in alphabetical order', () => {
	expect(namesOf(resources)).toEqual(sorted(namesOf(resources)));
});

describe.each(resources.map(({ name, operations: own }) => ({ name, own })))('$name', ({ own }) => {
	test('has its operations in alphabetical order', () => {
		expect(namesOf(own)).toEqual(sorted(namesOf(own)));
	});

	test.each(['value', 'name', 'action'] as const)('has no two operations with the same %s', (key) => {
		expect(repeated(own.map((entry) => entry[key]))).toEqual([]);
	});
});

/** n8n's own rule for lists of five and more, which its linter cannot apply to lists that are put together. */
const SORTED_FROM = 5;
const WEEK = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday';
const choices = buildProperties(resources)
	.filter(({ name }) => name !== 'resource' && name !== 'operation')
	.flatMap((field) => {
		const { operation = [], resource = [] } = field.displayOptions?.show ?? {};
		return deep(field).map((inner): [string, string[]] => [
			`${String(resource[0])}.${operation.join('|')} ${inner.name}`,
			labelsOf(inner),
		]);
	})
	.filter(([, labels]) => labels.length >= SORTED_FROM && labels.join(' ') !== WEEK);
test.each(choices)('%s is in alphabetical order', (_name, labels) => {
	expect(labels).toEqual(sorted(labels));
});

function namesOf(list: Array<{ name: string }>): string[] {
	return list.map(({ name }) => name);
}

function repeated(names: string[]): string[] {
	return names.filter((name, index) => names.indexOf(name) < index);
}

function sorted(names: string[]): string[] {
	return [...names].sort((one, other) => one.localeCompare(other, 'en'));
}

function lowerCase(names: string[]): string[] {
	return names.map((name) => name.toLowerCase());
}

function withoutSlash(name: string): string {
	return name.replace(/^\//, '');
}

/** A key in two spellings is there once, and the hours of a week are one thing. */
function distinctKeys(keys: string[]): Set<string> {
	return new Set(lowerCase(keys.map((key) => key.replace(/^\w+day(Start|End)Time$/, 'Hours'))));
}

/** Whether some list gives the values of this field, so that people need not know them. */
function isListed({ field, place }: Link, { path }: ContractOperation): boolean {
	const number = OWN_NUMBER_PATHS.test(path) && OWN_NUMBERS.test(place);
	return field.type === 'string' && (LISTED.test(field.name) || number);
}

function labelsOf({ options = [], type }: INodeProperties): string[] {
	if (type === 'collection')
		return options.map((option) => ('displayName' in option ? option.displayName : ''));
	return ['options', 'multiOptions'].includes(type) ? namesOf(options) : [];
}

function valuesOf({ options = [], type }: INodeProperties): unknown[] {
	if (type === 'boolean') return [true, false];
	return type === 'options' ? (options as INodePropertyOptions[]).map(({ value }) => value) : [];
}

function defaultFits(field: INodeProperties): boolean {
	const { default: start, type } = field;
	if (type === 'boolean' || type === 'options') return valuesOf(field).includes(start);
	return type !== 'resourceLocator' || (start as { mode?: string }).mode === 'list';
}

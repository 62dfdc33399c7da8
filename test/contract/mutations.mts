import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Resource } from '../../nodes/Telegent/engine/operation.ts';
import { ENTRIES_UNKNOWN, MAY_BE_REQUIRED } from './bindings.mts';
import { notPublic } from './contract.mts';
import { documentedEntry, isListed, shownKeys } from './editorRules.mts';
import { decidingFields, deep } from './fill.mts';
import type { Link } from './slots.mts';
import type { Subject } from './subjects.mts';

/*
 * Deliberate mistakes. Each is made in every entry that it fits, and must be found by its rule and by no other.
 */

type Mistake = (subject: Subject) => Operation | undefined;

/** `field` with the change, wherever it stands in the entry. */
function withField(
	entry: Operation,
	{ slot }: Link,
	change: (field: INodeProperties) => INodeProperties[],
): Operation {
	const inside = (fields: INodeProperties[], [name, ...rest]: string[]): INodeProperties[] =>
		fields.flatMap((field) => {
			if (field.name !== name) return [field];
			if (rest.length === 0) return change(field);
			return [{ ...field, options: inside(field.options as INodeProperties[], rest) }];
		});
	return { ...entry, fields: inside(entry.fields, slot.path) };
}

/** The mistake in the first field that it fits. */
function inField(
	fits: (link: Link, subject: Subject) => boolean,
	change: (field: INodeProperties, subject: Subject) => INodeProperties[],
): Mistake {
	return (subject) => {
		const link = subject.match.links.find((one) => one.slot.path.length <= 2 && fits(one, subject));
		return link && withField(subject.entry, link, (field) => change(field, subject));
	};
}

function inEntry(
	fits: (subject: Subject) => boolean,
	change: (subject: Subject) => Partial<Operation>,
): Mistake {
	return (subject) => (fits(subject) ? { ...subject.entry, ...change(subject) } : undefined);
}

const isFree = ({ slot }: Link, { entry }: Subject) => {
	const name = slot.path.at(-1) as string;
	return !decidingFields(entry).has(name) && !(name in (entry.send ?? {}));
};
const hasType = (type: string) => (link: Link) => link.slot.variants[0].type === type;
const without =
	(name: string) =>
	({ entry }: Subject) => ({ fields: entry.fields.filter((field) => field.name !== name) });
const has =
	(name: string) =>
	({ entry }: Subject) =>
		entry.fields.some((field) => field.name === name);

const strangeField: INodeProperties = {
	displayName: 'No Such Field',
	name: 'noSuchField',
	type: 'string',
	default: '',
	description: 'Something that Telegent does not know',
};

const collectionOf = ({ entry }: Subject) =>
	entry.fields.find(({ options = [], type }) => type === 'collection' && options.length >= 5);

/** Rule → mistakes that it must find. */
export const mistakes: Record<string, Record<string, Mistake>> = {
	routes: {
		'a path that does not exist': inEntry(
			() => true,
			() => ({ route: 'POST /v1.0/no/such/path' }),
		),
		'a path that is not public': inEntry(
			() => true,
			() => ({ route: notPublic[0] as Operation['route'] }),
		),
	},
	known: {
		'a field that the contract does not know': inEntry(
			() => true,
			({ entry }) => ({ fields: [...entry.fields, strangeField] }),
		),
	},
	reachable: {
		'a field left out': inField(
			(link, subject) => !link.field.required && !link.slot.variants[0].required && isFree(link, subject),
			() => [],
		),
	},
	required: {
		'a required field that may stay empty': inField(
			({ field, slot }) => field.required && slot.variants.every(({ required }) => required),
			(field) => [{ ...field, required: false }],
		),
		'an optional field that must be filled': inField(
			({ field, slot }) => !field.required && slot.onTop && !slot.variants[0].required,
			(field) => [{ ...field, required: true }],
		),
	},
	enums: {
		'a value left out': inField(
			({ field, slot }, subject) => Boolean(field.enum) && freeValue(slot.variants[0], subject) !== undefined,
			(field, subject) => {
				const options = field.options as INodePropertyOptions[];
				return [{ ...field, options: options.filter(({ value }) => value !== freeValue(field, subject)) }];
			},
		),
		'a value that is not allowed': inField(
			({ field }) => Boolean(field.enum),
			(field) => [
				{
					...field,
					options: [...(field.options as INodePropertyOptions[]), { name: 'Zz', value: 'noSuchValue' }],
				},
			],
		),
	},
	types: {
		'a switch as text': inField(
			(link, subject) => link.field.type === 'boolean' && isFree(link, subject),
			(field) => [{ ...field, type: 'string', default: '' }],
		),
		'a whole number with fractions': inField(
			({ field }) => field.type === 'integer',
			({ typeOptions: _, ...field }) => [field],
		),
		'text as a switch': inField(
			(link) =>
				link.field.type === 'string' && !link.field.enum && hasType('string')(link) && !isSecret(link),
			(field) => [{ ...field, type: 'boolean', default: false, description: 'Whether it is so' }],
		),
	},
	safety: {
		'a look-up that is done once': inEntry(
			({ operation }) => operation.method === 'GET',
			() => ({ safety: 'once' }),
		),
		'a change that passes for a look-up': inEntry(
			({ entry }) => entry.safety !== 'read',
			() => ({ safety: 'read' }),
		),
		'a create that may be repeated': inEntry(
			({ entry, operation }) => entry.safety === 'once' && /^(Create|Send)/.test(operation.summary),
			() => ({ safety: 'idempotent' }),
		),
	},
	lists: {
		'a list in the wrong place': inEntry(
			({ entry }) => entry.list !== undefined && !entry.simple && !entry.secrets,
			() => ({ list: 'NoSuchList' }),
		),
		'a list that is not taken apart': inEntry(isPlainList, () => ({ list: undefined })),
		'a list without a limit': inEntry(
			(subject) => isPlainList(subject) && !subject.entry.paging && has('limit')(subject),
			without('limit'),
		),
	},
	paging: {
		'the wrong parameter for the page': inPaging((paging) => ({ ...paging, page: 'NoSuchPage' })),
		'the wrong parameter for the size': inPaging((paging) => ({ ...paging, size: 'NoSuchSize' })),
		'a total that no answer has': inPaging((paging) => ({ ...paging, total: 'NoSuchTotal' })),
		'the first page only': inPaging(() => undefined),
	},
	deletes: {
		'a delete that answers as Telegent does': inEntry(
			({ entry }) => Boolean(entry.deletes),
			() => ({ deletes: undefined }),
		),
		'a look-up that says it deleted': inEntry(
			({ operation }) => operation.method === 'GET',
			() => ({ deletes: true }),
		),
	},
	spellings: {
		'a spelling for nothing': inEntry(
			() => true,
			({ entry }) => ({ send: { ...entry.send, noSuchField: 'NoSuchField' } }),
		),
	},
	bindings: {
		'a field that need not be filled after all': inField(
			({ place, slot }, { operation }) => slot.onTop && MAY_BE_REQUIRED[operation.key]?.[place] !== undefined,
			(field) => [{ ...field, required: false }],
		),
		'a field that has the name of the contract after all': ({ entry, operation }) => {
			if (operation.key !== 'POST /v1.0/message/outbound') return undefined;
			const { mediaUrls, ...send } = entry.send ?? {};
			const rename = (field: INodeProperties): INodeProperties => ({
				...field,
				...(field.name === 'mediaUrls' && { name: 'mmsMedia' }),
				...(field.type === 'collection' && { options: (field.options as INodeProperties[]).map(rename) }),
			});
			return { ...entry, fields: entry.fields.map(rename), send: { ...send, mmsMedia: mediaUrls } };
		},
	},
	simple: {
		'more than ten fields': inEntry(
			(subject) =>
				Boolean(subject.entry.simple) && shownKeys(Object.keys(documentedEntry(subject))).size > 10,
			(subject) => ({ simple: Object.keys(documentedEntry(subject)) }),
		),
		'a field that no answer has': inEntry(
			({ entry }) => Boolean(entry.simple),
			({ entry }) => ({ simple: [...(entry.simple ?? []).slice(1), 'NoSuchField'] }),
		),
		'no switch': inEntry(({ entry }) => Boolean(entry.simple), without('simplify')),
		'a switch that does nothing': inEntry(
			({ entry }) => Boolean(entry.simple),
			() => ({ simple: undefined }),
		),
	},
	locators: {
		'an id as mere text': inField(
			(link, { operation }) => hasType('resourceLocator')(link) && isListed(link, operation),
			({ modes: _, ...field }) => [{ ...field, type: 'string', default: '' }],
		),
		'a list that nothing fills': inField(hasType('resourceLocator'), ({ modes = [], ...field }) => [
			{
				...field,
				modes: modes.map((mode) => ({ ...mode, typeOptions: { searchListMethod: 'searchNothing' } })),
			},
		]),
		'the list last': inField(hasType('resourceLocator'), ({ modes = [], ...field }) => [
			{ ...field, modes: [...modes].reverse() },
		]),
	},
	secrets: {
		'a password that can be read': inField(isSecret, ({ typeOptions: _, ...field }) => [field]),
		'a password that is answered in clear': inEntry(
			(subject) => Object.keys(documentedEntry(subject)).some((key) => subject.entry.secrets?.includes(key)),
			() => ({ secrets: [] }),
		),
		'no way to see what is hidden': inEntry(({ entry }) => Boolean(entry.secrets), without('options')),
	},
	words: {
		'no description': inEntry(
			() => true,
			() => ({ description: '' }),
		),
		'no action': inEntry(
			() => true,
			() => ({ action: 'Do' }),
		),
		'a field without description': inField(
			({ field, parts }) => field.type === 'string' && parts.length === 0,
			({ description: _, ...field }) => [field],
		),
		'a switch that does not say whether': inField(hasType('boolean'), (field) => [
			{ ...field, description: 'If it is so' },
		]),
	},
	order: {
		'a collection out of order': (subject) => {
			const collection = collectionOf(subject);
			const reversed = [...((collection?.options ?? []) as INodeProperties[])].reverse();
			const fields = subject.entry.fields.map((field) =>
				field === collection ? { ...field, options: reversed } : field,
			);
			return collection && { ...subject.entry, fields };
		},
	},
	unique: {
		'a field that is there twice': inEntry(
			({ match }) => match.links.some(({ slot }) => slot.onTop && !slot.variants[0].displayOptions),
			({ entry, match }) => {
				const link = match.links.find(({ slot }) => slot.onTop && !slot.variants[0].displayOptions) as Link;
				return { fields: [...entry.fields, link.slot.variants[0]] };
			},
		),
	},
	dependencies: {
		'a field that depends on nothing': inField(
			({ field, slot }) => !field.required && !slot.onTop,
			(field) => [{ ...field, displayOptions: { show: { noSuchField: [true] } } }],
		),
		'a field that is never shown': (subject) => {
			const deciding = subject.match.links.find((link) => link.slot.onTop && hasType('options')(link));
			const mistake = inField(
				({ field, slot }) => !field.required && !slot.onTop,
				(field) => [
					{ ...field, displayOptions: { show: { [`/${deciding?.slot.path[0]}`]: ['noSuchValue'] } } },
				],
			);
			return deciding && mistake(subject);
		},
	},
	defaults: {
		'a choice that starts with no choice': inField(hasType('options'), (field) => [
			{ ...field, default: 'noSuchValue' },
		]),
		'a switch that starts with text': inField(hasType('boolean'), (field) => [{ ...field, default: 'yes' }]),
	},
};

/** Rule → mistakes in a whole resource. */
export const resourceMistakes: Record<
	string,
	Record<string, (resource: Resource) => Resource | undefined>
> = {
	routes: {
		'the same call twice': ({ operations: [first, ...others], ...resource }) => {
			const again = { ...first, value: 'again', name: `${first.name} `, action: 'Do it again' };
			return first.request ? undefined : { ...resource, operations: [first, again, ...others] };
		},
	},
	order: {
		'operations out of order': (resource) =>
			resource.operations.length > 1
				? { ...resource, operations: [...resource.operations].reverse() }
				: undefined,
	},
	unique: {
		'two operations with one action': ({ operations: [first, second, ...others], ...resource }) =>
			second && { ...resource, operations: [first, { ...second, action: first.action }, ...others] },
		'two operations with one value': ({ operations: [first, second, ...others], ...resource }) =>
			second && { ...resource, operations: [first, { ...second, value: first.value }, ...others] },
	},
};

function isSecret({ slot }: Link): boolean {
	return slot.variants[0].typeOptions?.password === true;
}

/** Simplify and secrets are checked against the list's entries too: such lists would break several rules. */
function isPlainList({ entry, operation }: Subject): boolean {
	return entry.list !== undefined && !entry.simple && !entry.secrets && !ENTRIES_UNKNOWN[operation.key];
}

function inPaging(change: (paging: NonNullable<Operation['paging']>) => Operation['paging']): Mistake {
	return inEntry(
		({ entry }) => Boolean(entry.paging),
		({ entry }) => ({ paging: change(entry.paging as NonNullable<Operation['paging']>) }),
	);
}

/** The first value of a choice that is neither the default nor decides what is shown. */
function freeValue({ default: start, options = [], type }: INodeProperties, { entry }: Subject): unknown {
	const conditions = JSON.stringify(entry.fields.flatMap(deep).map(({ displayOptions }) => displayOptions));
	const values = type === 'options' ? (options as INodePropertyOptions[]).map(({ value }) => value) : [];
	return values.find((value) => value !== start && !conditions.includes(JSON.stringify(value)));
}

import { badField } from '../errors.mts';
import { isE164, isoOffset } from '../format.mts';
import { parseKeywords } from '../guardian.mts';
import type { Row } from '../state.mts';
import type { Call, Handler, Handlers, World } from '../world.mts';
import { named, pick, subscriber, text } from './helpers.mts';

/** Message filters and call filters are the same thing with other words. */
interface FilterKind {
	path: string;
	collection: 'messageFilters' | 'callFilters';
	/** name of the ID in requests; responses and updates have FilterId */
	idField: string;
	prefix: string;
	allowed: string;
	blocked: string;
	/** what a list is called in the body of add and remove */
	entries: string;
	/** the segments of the paths of the two lists */
	allowedPath: string;
	blockedPath: string;
	/** the configuration, which an update REPLACES (notes of both updates) */
	fields: string[];
	flags: string[];
	created: string[];
	updated: string[];
	listed: string[];
}

const MESSAGE_FIELDS = [
	'FilterMode',
	'AllowedContacts',
	'BlockedContacts',
	'KeywordFilter',
	'NotificationPhones',
];
const MESSAGE_FLAGS = [
	'ApplyToOutbound',
	'ApplyToInbound',
	'BlockUnknownNumbers',
	'BlockLinks',
	'BlockMedia',
];
const CALL_FIELDS = [
	'FilterMode',
	'AllowedNumbers',
	'BlockedNumbers',
	'EnableTranscription',
	'KeywordFilter',
	'TranscriptionAction',
	'WarningMessage',
	'NotificationPhones',
];
const CALL_FLAGS = [
	'ApplyToOutbound',
	'ApplyToInbound',
	'BlockUnknownNumbers',
	'BlockInternational',
	'RecordFlaggedCalls',
];
const HEAD = ['FilterId', 'SubscriberId', 'Phone'];
const callFieldsWithoutKeywords = CALL_FIELDS.filter((field) => field !== 'KeywordFilter');

const KINDS: FilterKind[] = [
	{
		path: '/v1.0/subscribers/message-filter',
		collection: 'messageFilters',
		idField: 'MessageFilterId',
		prefix: 'MFID-',
		allowed: 'AllowedContacts',
		blocked: 'BlockedContacts',
		entries: 'Contacts',
		allowedPath: 'allowed-contacts',
		blockedPath: 'blocked-contacts',
		fields: MESSAGE_FIELDS,
		flags: MESSAGE_FLAGS,
		created: [...HEAD, ...MESSAGE_FIELDS, ...MESSAGE_FLAGS],
		updated: [...HEAD, ...MESSAGE_FIELDS, ...MESSAGE_FLAGS],
		listed: [...HEAD, ...MESSAGE_FIELDS, ...MESSAGE_FLAGS],
	},
	{
		path: '/v1.0/subscribers/call-filter',
		collection: 'callFilters',
		idField: 'CallFilterId',
		prefix: 'CFID-',
		allowed: 'AllowedNumbers',
		blocked: 'BlockedNumbers',
		entries: 'Numbers',
		allowedPath: 'allowed-numbers',
		blockedPath: 'blocked-numbers',
		fields: CALL_FIELDS,
		flags: CALL_FLAGS,
		created: [...HEAD, ...CALL_FIELDS, ...CALL_FLAGS, 'TimeRestrictions'],
		updated: [...HEAD, ...callFieldsWithoutKeywords],
		listed: [...HEAD, ...callFieldsWithoutKeywords, ...CALL_FLAGS],
	},
];

function checkPhones(field: string, phones: unknown): void {
	for (const phone of (phones ?? []) as unknown[])
		if (!isE164(phone))
			throw badField(field, `${field} holds what is not an E.164 phone number: ${String(phone)}`);
}

function checkConfiguration(kind: FilterKind, body: Row): void {
	for (const field of [kind.allowed, kind.blocked, 'NotificationPhones']) checkPhones(field, body[field]);
	if (parseKeywords(body.KeywordFilter) === undefined)
		throw badField('KeywordFilter', 'KeywordFilter is not stringified JSON');
}

/** The whole configuration from a request: lists are empty and switches off where it says nothing. */
function configuration(kind: FilterKind, body: Row): Row {
	const switches = kind.flags.map((flag) => [flag, body[flag] ?? false]);
	return {
		...pick(body, kind.fields),
		[kind.allowed]: body[kind.allowed] ?? [],
		[kind.blocked]: body[kind.blocked] ?? [],
		NotificationPhones: body.NotificationPhones ?? [],
		...Object.fromEntries(switches),
	};
}

const ownerOf = (world: World, body: Row): string => subscriber(world.state, body.SubscriberId).SubscriberId;

/** The filter that a request names, of the subscriber that it names. */
function filterOf(kind: FilterKind, world: World, request: Row): Row {
	const filter = named(world.state[kind.collection], kind.idField, request[kind.idField]);
	if (filter.SubscriberId !== ownerOf(world, request))
		throw badField('SubscriberId', `${String(filter.FilterId)} is a filter of another subscriber`);
	return filter;
}

const listNumbers =
	(kind: FilterKind, list: string): Handler =>
	({ query, world }) =>
		filterOf(kind, world, query)[list];

const addNumbers =
	(kind: FilterKind, list: string): Handler =>
	({ body, world }) => {
		const filter = filterOf(kind, world, body);
		const added = body[kind.entries] as string[];
		checkPhones(kind.entries, added);
		filter[list] = [...new Set([...(filter[list] as string[]), ...added])];
		return pick(filter, ['FilterId', 'SubscriberId', list]);
	};

/** What is removed must be on the list (notes of the remove operations). */
const removeNumbers =
	(kind: FilterKind, list: string): Handler =>
	({ body, world }) => {
		const filter = filterOf(kind, world, body);
		const present = filter[list] as string[];
		const removed = body[kind.entries] as string[];
		const stranger = removed.find((phone) => !present.includes(phone));
		if (stranger !== undefined) throw badField(kind.entries, `${stranger} is not in ${list}`);
		filter[list] = present.filter((phone) => !removed.includes(phone));
		return pick(filter, ['FilterId', 'SubscriberId', list]);
	};

function create(kind: FilterKind, { body, world }: Call): Row {
	const SubscriberId = ownerOf(world, body);
	checkPhones('Phone', [body.Phone]);
	checkConfiguration(kind, body);
	const FilterId = world.random.id(kind.prefix);
	const filter = {
		FilterId,
		SubscriberId,
		Phone: body.Phone,
		...configuration(kind, body),
		TimeRestrictions: body.TimeRestrictions ?? null,
	};
	world.state[kind.collection].set(FilterId, filter);
	return pick(filter, kind.created);
}

function update(kind: FilterKind, { body, world }: Call): Row {
	const filter = named(world.state[kind.collection], 'FilterId', body.FilterId);
	if (text(body.SubscriberId)) filter.SubscriberId = ownerOf(world, body);
	if (text(body.Phone)) checkPhones('Phone', [body.Phone]);
	checkConfiguration(kind, body);
	const kept = { Phone: text(body.Phone) ?? filter.Phone, FilterMode: body.FilterMode ?? filter.FilterMode };
	Object.assign(filter, configuration(kind, body), kept);
	return pick(filter, kind.updated);
}

/** With neither subscriber nor phone, all filters. */
function list(kind: FilterKind, { query, world }: Call): Row[] {
	const owner = text(query.SubscriberId) && ownerOf(world, query);
	return [...world.state[kind.collection].values()]
		.filter(({ SubscriberId }) => !owner || SubscriberId === owner)
		.filter(({ Phone }) => !text(query.Phone) || Phone === query.Phone)
		.map((filter) => pick(filter, kind.listed));
}

const handlersOf = (kind: FilterKind): Handlers => ({
	[`GET ${kind.path}`]: (call) => list(kind, call),
	[`POST ${kind.path}`]: (call) => create(kind, call),
	[`POST ${kind.path}/update`]: (call) => update(kind, call),
	[`POST ${kind.path}/delete`]: ({ body, world }) => {
		const { FilterId } = named(world.state[kind.collection], kind.idField, body[kind.idField]);
		world.state[kind.collection].delete(FilterId as string);
		return { Status: 'Deleted', FilterId, DateDeleted: isoOffset(world.clock.now()) };
	},
	/** A JSON object here, a text in the filter itself. */
	[`GET ${kind.path}/keywords`]: ({ query, world }) => ({
		CustomKeywords: [],
		SystemKeywords: {},
		SeverityMap: {},
		...parseKeywords(filterOf(kind, world, query).KeywordFilter),
	}),
	[`GET ${kind.path}/${kind.allowedPath}`]: listNumbers(kind, kind.allowed),
	[`POST ${kind.path}/${kind.allowedPath}/add`]: addNumbers(kind, kind.allowed),
	[`POST ${kind.path}/${kind.allowedPath}/remove`]: removeNumbers(kind, kind.allowed),
	[`GET ${kind.path}/${kind.blockedPath}`]: listNumbers(kind, kind.blocked),
	[`POST ${kind.path}/${kind.blockedPath}/add`]: addNumbers(kind, kind.blocked),
	[`POST ${kind.path}/${kind.blockedPath}/remove`]: removeNumbers(kind, kind.blocked),
});

export const filterHandlers: Handlers = Object.assign({}, ...KINDS.map(handlersOf));

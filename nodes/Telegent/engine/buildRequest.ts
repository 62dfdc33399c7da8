import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { ApiRequest } from '../../../transport/request';
import { labelled, locatorValue, ParameterError, type Read } from '../parameters';
import { byType, type SendContext } from '../values';
import type { Operation } from './operation';

/** How the fields of one operation are sent. */
interface Sending {
	spellings: NonNullable<Operation['send']>;
	context: SendContext;
}

const UPDATES = 'updateFields';
const SENT_COLLECTIONS = ['additionalFields', UPDATES, 'filters'];
const NOT_SENT = ['options', 'returnAll', 'limit', 'safeguards', 'simplify'];

/**
 * The request for one item. Pure: `read` gives a parameter's value, expressions resolved, or undefined.
 * @throws ParameterError that names the field and says what would fit
 */
export function buildRequest(
	{ deletes, fields, finish, inQuery, name, request, route, safety, send = {} }: Operation,
	read: Read,
	context: SendContext,
): ApiRequest & { sent: IDataObject } {
	const how = { spellings: send, context };
	const collected: IDataObject = {};
	for (const field of fields) {
		if (field.type === 'notice' || NOT_SENT.includes(field.name)) continue;
		const value = read(field.name);
		if (SENT_COLLECTIONS.includes(field.name)) {
			const added = collect(field.options as INodeProperties[], (value ?? {}) as IDataObject, how);
			if (field.name === UPDATES && onlyUpdates(fields) && Object.keys(added).length === 0)
				throw new ParameterError('Nothing to update', ADD_FIELD);
			Object.assign(collected, added);
			continue;
		}
		const sent = isBlank(value) ? {} : sendField(field, value, how);
		if (field.required && Object.values(sent).every(isBlank))
			throw new ParameterError(field.displayName, 'is empty, but this operation needs it');
		Object.assign(collected, sent);
	}
	const sent = finish ? labelled(name, () => finish(collected)) : collected;
	if (request) return { ...labelled(name, () => request(sent)), sent };
	const place = inQuery || route.startsWith('GET ') ? 'query' : 'body';
	return { route, safety, sent, [place]: sent, ...(deletes && { deletes }) };
}

const ADD_FIELD = 'add a field with a value under Update Fields. Fields that you don’t add keep their values';

/**
 * Whether an operation changes nothing but its Update Fields. Without any, it would make a request for nothing; the
 * update of a filter would even drop all settings.
 */
function onlyUpdates(fields: INodeProperties[]): boolean {
	const names = ({ name, type }: INodeProperties) =>
		['notice', 'resourceLocator'].includes(type) || /Id$/.test(name) || NOT_SENT.includes(name);
	return fields.every((field) => field.name === UPDATES || names(field));
}

/** Only text can be cleared by sending nothing in it; elsewhere the API takes a value or null. */
const NEVER_BLANK = ['boolean', 'dateTime', 'number', 'options', 'resourceLocator'];

/** What the person added: sent as it is, empty text and null included, because an update can clear a field so. */
function collect(fields: INodeProperties[], values: IDataObject, how: Sending): IDataObject {
	const added = fields.filter(({ name, type }) => {
		const value = values[name];
		if (value === undefined) return false;
		const clears = value === null && type !== 'resourceLocator';
		return clears || !(NEVER_BLANK.includes(type) && isBlank(value));
	});
	return Object.assign({}, ...added.map((field) => sendField(field, values[field.name], how))) as IDataObject;
}

function sendField(field: INodeProperties, given: unknown, how: Sending): IDataObject {
	const send = how.spellings[field.name] ?? pascalCase(field.name);
	const [spelling, convert] =
		typeof send === 'string' ? [send] : typeof send === 'function' ? [pascalCase(field.name), send] : send;
	const value = trimmed(locatorValue(given), field);
	const sent = () => {
		if (value === null || (value === '' && !convert)) return value;
		if (field.type === 'fixedCollection') return groups(field, value as IDataObject, how);
		const converted = convert ? convert(value, how.context) : byType(value, field);
		return typeof value === 'object' ? plain(converted) : converted;
	};
	const converted = labelled(field.displayName, sent) as IDataObject | undefined;
	return converted === undefined ? {} : { [spelling]: converted };
}

/**
 * A fixed collection: one group becomes an object, a list of groups a list of objects, without their blank fields.
 * One group without any filled field is undefined: there is nothing to send.
 */
function groups(field: INodeProperties, value: IDataObject, how: Sending): unknown {
	const [group] = field.options as INodePropertyCollection[];
	const one = (entry: IDataObject) => {
		if (typeof entry !== 'object' || entry === null)
			throw new Error('it must be an object with the fields of this group');
		const filled = Object.entries(entry).filter(([, part]) => part === null || !isBlank(part));
		return collect(group.values, Object.fromEntries(filled), how);
	};
	const given = value[group.name] ?? [];
	if (field.typeOptions?.multipleValues) return [given as IDataObject | IDataObject[]].flat().map(one);
	const only = one(given as IDataObject);
	return Object.keys(only).length > 0 ? only : undefined;
}

/** Objects that an expression gives may hold themselves, or what JSON has no form for. They cannot be sent. */
function plain(value: unknown): unknown {
	if (isJson(value)) return value;
	throw new Error('its value cannot be written as JSON');
}

function isJson(value: unknown): boolean {
	try {
		return JSON.stringify(value) !== undefined;
	} catch {
		return false;
	}
}

/** Blanks around an ID come from copying it. Texts of several lines and passwords are sent as they are. */
function trimmed(value: unknown, { type, typeOptions }: INodeProperties): unknown {
	const exact = typeOptions?.rows !== undefined || typeOptions?.password === true;
	const oneLine = (type === 'string' && !exact) || type === 'resourceLocator';
	return oneLine && typeof value === 'string' ? value.trim() : value;
}

function isBlank(value: unknown): boolean {
	const plain = locatorValue(value) ?? '';
	return (typeof plain === 'string' && plain.trim() === '') || (Array.isArray(plain) && plain.length === 0);
}

function pascalCase(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}

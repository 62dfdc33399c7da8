import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { ApiRequest } from '../../../transport/client';
import { withFieldLabel, ParameterError, type Read } from './parameters';
import { locatorValue } from '../../shared/form/locator';
import { byType, type SendContext } from '../../shared/values';
import type { Operation } from './operation';

/** How the fields of one operation are sent. */
interface Sending {
	spellings: NonNullable<Operation['send']>;
	context: SendContext;
}

const UPDATES = 'updateFields';
const SENT_COLLECTIONS = ['additionalFields', UPDATES, 'filters'];
const UNSENT_PARAMETERS = ['options', 'returnAll', 'limit', 'safeguards', 'simplify'];

/**
 * The request for one item. Pure: `read` gives a parameter's value, expressions resolved, or undefined.
 * @throws ParameterError that names the field and says what would fit
 */
export function buildRequest(operation: Operation, read: Read, context: SendContext): ApiRequest {
	const { deletes, finalizeRequest, inQuery, request, route, safety } = operation;
	const collected = collectFields(operation, read, context);
	const fields = finalizeRequest ? withFieldLabel('', () => finalizeRequest(collected)) : collected;
	if (request) return withFieldLabel('', () => request(fields));
	const place = inQuery || route.startsWith('GET ') ? 'query' : 'body';
	return { route, safety, [place]: fields, ...(deletes && { deletes }) };
}

/** All fields of the operation under the names that the API gives them. @throws ParameterError */
function collectFields({ fields, send = {} }: Operation, read: Read, context: SendContext): IDataObject {
	const sending = { spellings: send, context };
	const collected: IDataObject = {};
	for (const field of fields) {
		if (field.type === 'notice' || UNSENT_PARAMETERS.includes(field.name)) continue;
		const value = read(field.name);
		const added = SENT_COLLECTIONS.includes(field.name)
			? collectOptional(field, value, fields, sending)
			: collectSingle(field, value, sending);
		Object.assign(collected, added);
	}
	return collected;
}

/** The entries that were added to a collection such as Additional Fields. @throws ParameterError for an empty update */
function collectOptional(
	field: INodeProperties,
	value: unknown,
	fields: INodeProperties[],
	sending: Sending,
): IDataObject {
	const added = collect(field.options as INodeProperties[], (value ?? {}) as IDataObject, sending);
	if (field.name === UPDATES && onlyUpdates(fields) && Object.keys(added).length === 0)
		throw new ParameterError('', NOTHING_TO_UPDATE);
	return added;
}

/** @throws ParameterError where a required field is empty */
function collectSingle(field: INodeProperties, value: unknown, sending: Sending): IDataObject {
	const added = isBlankValue(value) ? {} : sendField(field, value, sending);
	if (field.required && Object.values(added).every(isBlankValue))
		throw new ParameterError(field.displayName, "is required, but it's empty");
	return added;
}

const NOTHING_TO_UPDATE =
	"There is nothing to update. Add a field with a value in 'Update Fields'. Fields you don't add keep their current values";

/**
 * Whether an operation changes nothing but its Update Fields. Without any, it would make a request for nothing; the
 * update of a filter would even drop all settings.
 */
function onlyUpdates(fields: INodeProperties[]): boolean {
	const names = ({ name, type }: INodeProperties) =>
		['notice', 'resourceLocator'].includes(type) || /Id$/.test(name) || UNSENT_PARAMETERS.includes(name);
	return fields.every((field) => field.name === UPDATES || names(field));
}

/** Types that cannot be cleared with empty text; the API takes a value or null. */
const NEVER_BLANK = ['boolean', 'dateTime', 'number', 'options', 'resourceLocator'];

/** The fields that were added to a collection. Empty text and null are sent: an update clears a field with them. */
function collect(fields: INodeProperties[], values: IDataObject, sending: Sending): IDataObject {
	const added = fields.filter(({ name, type }) => {
		const value = values[name];
		if (value === undefined) return false;
		const clears = value === null && type !== 'resourceLocator';
		return clears || !(NEVER_BLANK.includes(type) && isBlankValue(value));
	});
	return Object.assign(
		{},
		...added.map((field) => sendField(field, values[field.name], sending)),
	) as IDataObject;
}

function sendField(field: INodeProperties, given: unknown, sending: Sending): IDataObject {
	const send = sending.spellings[field.name] ?? pascalCase(field.name);
	const [spelling, convert] =
		typeof send === 'string' ? [send] : typeof send === 'function' ? [pascalCase(field.name), send] : send;
	const value = trimmed(locatorValue(given), field);
	const sent = () => {
		if (value === null || (value === '' && !convert)) return value;
		if (field.type === 'fixedCollection') return groups(field, value as IDataObject, sending);
		const converted = convert ? convert(value, sending.context) : byType(value, field);
		return typeof value === 'object' ? plain(converted) : converted;
	};
	const converted = withFieldLabel(field.displayName, sent) as IDataObject | undefined;
	return converted === undefined ? {} : { [spelling]: converted };
}

/**
 * A fixed collection: one group becomes an object, a list of groups a list of objects, without their blank fields.
 * One group without any filled field is undefined: there is nothing to send.
 */
function groups(field: INodeProperties, value: IDataObject, sending: Sending): unknown {
	const [group] = field.options as INodePropertyCollection[];
	const one = (entry: IDataObject) => {
		if (typeof entry !== 'object' || entry === null)
			throw new Error('must be an object with the fields of this group');
		const filled = Object.entries(entry).filter(([, part]) => part === null || !isBlankValue(part));
		return collect(group.values, Object.fromEntries(filled), sending);
	};
	const given = value[group.name] ?? [];
	if (field.typeOptions?.multipleValues) return [given as IDataObject | IDataObject[]].flat().map(one);
	const only = one(given as IDataObject);
	return Object.keys(only).length > 0 ? only : undefined;
}

/** @throws Error where an object from an expression is circular, or holds a value that JSON has no form for */
function plain(value: unknown): unknown {
	if (isJson(value)) return value;
	throw new Error("can't be converted to JSON. Check its expression");
}

function isJson(value: unknown): boolean {
	try {
		return JSON.stringify(value) !== undefined;
	} catch {
		return false;
	}
}

/** Trims one-line values, which are often copied with spaces around them. Multi-line texts and passwords stay unchanged. */
function trimmed(value: unknown, { type, typeOptions }: INodeProperties): unknown {
	const exact = typeOptions?.rows !== undefined || typeOptions?.password === true;
	const oneLine = (type === 'string' && !exact) || type === 'resourceLocator';
	return oneLine && typeof value === 'string' ? value.trim() : value;
}

function isBlankValue(value: unknown): boolean {
	const plain = locatorValue(value) ?? '';
	return (typeof plain === 'string' && plain.trim() === '') || (Array.isArray(plain) && plain.length === 0);
}

function pascalCase(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}

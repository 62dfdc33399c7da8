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

const SENT_COLLECTIONS = ['additionalFields', 'updateFields', 'filters'];
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
			Object.assign(collected, added);
			continue;
		}
		const sent = isBlank(value) ? {} : sendField(field, value, how);
		if (field.required && Object.values(sent).every(isBlank))
			throw new ParameterError(field.displayName, 'it is empty, but the operation needs it');
		Object.assign(collected, sent);
	}
	const sent = finish ? labelled(name, () => finish(collected)) : collected;
	if (request) return { ...labelled(name, () => request(sent)), sent };
	const place = inQuery || route.startsWith('GET ') ? 'query' : 'body';
	return { route, safety, sent, [place]: sent, ...(deletes && { deletes }) };
}

/** What the person added: sent as it is, empty text and null included, because an update can clear a field so. */
function collect(fields: INodeProperties[], values: IDataObject, how: Sending): IDataObject {
	const added = fields.filter(({ name, type }) => {
		const value = values[name];
		return value !== undefined && !(type === 'resourceLocator' && isBlank(value));
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
		return convert ? convert(value, how.context) : byType(value, field);
	};
	return { [spelling]: labelled(field.displayName, sent) as IDataObject };
}

/** A fixed collection: one group becomes an object, a list of groups a list of objects, without their blank fields. */
function groups(field: INodeProperties, value: IDataObject, how: Sending): unknown {
	const [group] = field.options as INodePropertyCollection[];
	const one = (entry: IDataObject) => {
		const filled = Object.entries(entry).filter(([, part]) => part !== '');
		return collect(group.values, Object.fromEntries(filled), how);
	};
	const given = value[group.name] ?? [];
	return field.typeOptions?.multipleValues ? (given as IDataObject[]).map(one) : one(given as IDataObject);
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

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest, Route } from '../../../transport/client';
import type { Resource } from '../engine/operation';
import { jsonObject, quoted } from '../../shared/values';

const method: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	required: true,
	options: [
		{ name: 'DELETE', value: 'DELETE' },
		{ name: 'GET', value: 'GET' },
		{ name: 'PATCH', value: 'PATCH' },
		{ name: 'POST', value: 'POST' },
		{ name: 'PUT', value: 'PUT' },
	],
	default: 'GET',
	description: "The HTTP method, as shown in Telegent's API reference",
};

const path: INodeProperties = {
	displayName: 'Path',
	name: 'path',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. /v1.0/numbers/inventory',
	description:
		"The path, as shown in Telegent's API reference. It's added to the 'Base URL' of the credential.",
};

const queryParameters: INodeProperties = {
	displayName: 'Query Parameters',
	name: 'queryParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Parameter',
	default: {},
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. PageNumber',
					description: "The name of the parameter, as shown in Telegent's API reference",
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description: 'The value of the parameter',
				},
			],
		},
	],
	description: 'The query parameters to add to the URL',
};

const requestBody: INodeProperties = {
	displayName: 'Body (JSON)',
	name: 'requestBody',
	type: 'json',
	default: '{}',
	displayOptions: { hide: { method: ['GET'] } },
	description: 'The body of the request as a JSON object',
};

const VENDOR = /^(https?:\/\/)?api\.telegent\.com(?=\/)/i;
const SEGMENT = /^(?!\.+$)[\w.~+:,=-]+$/;

/** Longer than any path of the API. Messages and hints repeat it. */
const MAX_PATH = 1_000;

/**
 * Path and query of the field Path: `/v1.0/numbers`, without `/v1.0`, or a URL of the vendor's documentation.
 * It cannot leave the Base URL: no other host, no `..`, no encoded or doubled slash.
 */
function endpoint(given: string): { path: string; query: URLSearchParams } {
	const [, place, search] = /^([^?]*)\??(.*)$/s.exec(given.trim().replace(VENDOR, '')) as string[];
	const segments = place.replace(/^\//, '').replace(/\/$/, '').split('/');
	if (place.length > MAX_PATH || !segments.every((segment) => SEGMENT.test(segment))) {
		throw new Error(`${quoted(given)} isn't a valid Telegent path. Use the format /v1.0/numbers/inventory`);
	}
	if (!/^v\d+(\.\d+)?$/i.test(segments[0])) segments.unshift('v1.0');
	segments[0] = segments[0].toLowerCase();
	return { path: segments.join('/'), query: queryOf(search) };
}

/** A plus is kept, as in phone numbers; it does not mean a space as in web forms. */
function queryOf(search: string): URLSearchParams {
	return new URLSearchParams(search.replace(/\+/g, '%2B'));
}

/** A name that occurs several times gets all of its values. */
function asObject(query: URLSearchParams): IDataObject {
	const all = [...new Set(query.keys())].map((name) => [name, query.getAll(name)] as const);
	return Object.fromEntries(all.map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
}

function freeRequest({ Method, Path, QueryParameters = [], RequestBody }: IDataObject): ApiRequest {
	const { path, query } = endpoint(String(Path));
	const rows = (QueryParameters as IDataObject[]).filter(({ Name }) => Name);
	for (const { Name } of rows) query.delete(String(Name));
	for (const { Name, Value = '' } of rows) query.append(String(Name), String(Value));
	const reads = Method === 'GET';
	return {
		route: `${String(Method)} /${path}` as Route,
		query: asObject(query),
		...(!reads && { body: RequestBody as IDataObject | undefined }),
		safety: reads ? 'read' : 'once',
	};
}

export const apiRequest: Resource = {
	value: 'apiRequest',
	name: 'API Request',
	description: 'Send a request to any path of the Telegent API',
	operations: [
		{
			value: 'request',
			name: 'Make Request',
			action: 'Make API request',
			description:
				'Make an API request to any Telegent path. Authentication, rate limiting and safe retries are handled for you.',
			// The parameters give method and path.
			route: 'GET /v1.0/*',
			safety: 'once',
			stakes: (read) => (read('method') === 'GET' ? undefined : 'final'),
			forModel: 'Methods other than GET are refused unless a person has allowed them.',
			fields: [method, path, queryParameters, requestBody],
			send: { requestBody: jsonObject },
			request: freeRequest,
		},
	],
};

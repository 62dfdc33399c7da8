import operationList from '../../spec/operations.json' with { type: 'json' };

/** A JSON Schema as `spec/operations.json` uses it. */
export interface Schema {
	type?: string;
	format?: string;
	enum?: unknown[];
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	nullable?: boolean;
	maxLength?: number;
	example?: unknown;
}

interface Query extends Omit<Schema, 'required'> {
	name: string;
	required?: boolean;
}

interface Source {
	method: string;
	path: string;
	summary: string;
	internal?: boolean;
	query?: Query[];
	body?: Schema;
	samples?: Request[];
	response?: unknown;
	responseKind?: string;
}

export type Json = Record<string, unknown>;

/** What travels besides method and path. */
export interface Request {
	query?: Json;
	body?: Json;
}

/** One field of a request, query or body alike, with those inside it. */
export interface Field {
	name: string;
	/** Other spellings that the contract has for the very same field. */
	aliases: string[];
	in: 'query' | 'body';
	type: string;
	required: boolean;
	enum?: unknown[];
	format?: string;
	maxLength?: number;
	example?: unknown;
	/** The fields of an object, or of each object of a list. */
	children: Field[];
}

export interface ContractOperation {
	/** Method and path: `GET /v1.0/numbers`. */
	key: string;
	method: string;
	path: string;
	summary: string;
	fields: Field[];
	/** The vendor's own sample requests. */
	samples: Request[];
	/** The documented responses; may be empty. */
	answers: unknown[];
	/** The schema of the response, or of each of its entries, where the contract has no example. */
	answerSchema?: Schema;
	answerIsList: boolean;
}

const TOKEN = 'POST /v1.0/oauth2/tokens';

/**
 * Fields that the contract spells twice, beyond those that differ in upper and lower case only.
 * `GET /v1.0/numbers`: the vendor's sample sends `Number`; `PhoneNumber` is declared beside it for the same thing.
 * `ICCID` finds a number by its SIM and is a field of its own.
 */
const SPELT_TWICE: Record<string, Record<string, string>> = {
	'GET /v1.0/numbers': { PhoneNumber: 'Number' },
};

/** Fields that are slips of the contract's pen: the node leaves them out, and they do not count. */
export const LEFT_OUT: Record<string, Record<string, string>> = {
	'POST /v1.0/subscriptions': {
		SubscriptionId: 'a query parameter without description on the call that makes the ID in the first place',
	},
};

/**
 * The contract's operations. Its examples have invalid phone numbers, such as `+1234567890`, which the node refuses.
 * They are replaced here by numbers with ten digits after +1, and an area code and an exchange that exist.
 */
const sources = JSON.parse(
	JSON.stringify(operationList).replace(/\+1(?:[01]\d{5}|\d{5})(\d{4})(?!\d)/g, '+1801555$1'),
) as Source[];

/** The 126 public operations: those of `spec/operations.json` without the internal ones and the token call. */
export const contract: ContractOperation[] = sources
	.filter(({ internal }) => !internal)
	.map(operation)
	.filter(({ key }) => key !== TOKEN);

/** Operations for Telegent's own use, and the token call, which the credential makes. */
export const notPublic: string[] = sources
	.map(({ method, path }) => `${method} ${path}`)
	.filter((key) => !contract.some((known) => known.key === key));

function operation(source: Source): ContractOperation {
	const { body, method, path, query = [], response, responseKind = '', samples = [], summary } = source;
	const key = `${method} ${path}`;
	const hasSchema = responseKind.startsWith('schema');
	return {
		key,
		method,
		path,
		summary,
		samples,
		fields: [
			...withoutSecondSpellings(key, query.map(queryField)).filter(({ name }) => !LEFT_OUT[key]?.[name]),
			...schemaFields(body, 'body'),
		],
		answers: answersOf(response, responseKind),
		...(hasSchema && { answerSchema: response as Schema }),
		answerIsList:
			responseKind === 'schema of each item' || (responseKind === 'example' && Array.isArray(response)),
	};
}

function answersOf(response: unknown, kind: string): unknown[] {
	if (response === null || response === undefined || kind.startsWith('schema')) return [];
	return kind === 'examples' ? (response as unknown[]) : [response];
}

function queryField({ name, required, ...schema }: Query): Field {
	return { ...toField(name, schema, 'query'), required: Boolean(required) };
}

function schemaFields(schema: Schema | undefined, where: Field['in']): Field[] {
	const required = schema?.required ?? [];
	return Object.entries(schema?.properties ?? {}).map(([name, part]) => ({
		...toField(name, part, where),
		required: required.includes(name),
	}));
}

function toField(name: string, schema: Schema, where: Field['in']): Field {
	const { example, format, maxLength, type = schema.properties ? 'object' : 'string' } = schema;
	const children = schemaFields(type === 'array' ? schema.items : schema, where);
	const values = schema.enum ?? schema.items?.enum;
	const known = { enum: values, format, maxLength, example };
	return { name, aliases: [], in: where, type, required: false, children, ...known };
}

function withoutSecondSpellings(key: string, fields: Field[]): Field[] {
	const kept: Field[] = [];
	for (const field of fields) {
		const twin = kept.find(
			({ name }) =>
				name.toLowerCase() === field.name.toLowerCase() || SPELT_TWICE[key]?.[field.name] === name,
		);
		if (twin) twin.aliases.push(field.name);
		else kept.push(field);
	}
	return kept;
}

export function find(key: string): ContractOperation | undefined {
	return contract.find((known) => known.key === key);
}

/** Every field that takes a value itself, by its place: `BillingAddress.Zip`, `PhoneNumbers[].Number`. */
export function leaves(fields: Field[], inside = ''): string[] {
	return fields.flatMap((field) =>
		field.children.length > 0 ? leaves(field.children, place(inside, field)) : [inside + field.name],
	);
}

export function place(inside: string, { name, type }: Field): string {
	return `${inside}${name}${type === 'array' ? '[]' : ''}.`;
}

const PAGE = /^page(number)?$/i;
const PAGE_SIZES = ['Results', 'TotalPerPage', 'TotalNumbersRequested'];

/** The query parameters that fetch a list page by page, if the operation has them. */
export function pagingOf({ fields }: ContractOperation): { page: string; size: string } | undefined {
	const query = fields.filter((field) => field.in === 'query');
	const page = query.find(({ name }) => PAGE.test(name));
	const size = query.find(({ name }) => PAGE_SIZES.includes(name));
	return page && size && { page: page.name, size: size.name };
}

import operationList from '../../spec/operations.json' with { type: 'json' };

export interface Schema {
	type?: string;
	format?: string;
	enum?: unknown[];
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	nullable?: boolean;
	minLength?: number;
	maxLength?: number;
	default?: unknown;
	example?: unknown;
	sampleOnly?: boolean;
}

export interface QueryParameter {
	name: string;
	type: string;
	required?: boolean;
	enum?: string[];
}

export interface Operation {
	method: string;
	path: string;
	tag: string;
	summary: string;
	internal?: boolean;
	query?: QueryParameter[];
	body?: Schema;
	samples?: { query?: Record<string, unknown>; body?: Record<string, unknown> }[];
	response?: unknown;
	responseKind?: string;
}

/** The 126 public operations and the token call, from `spec/operations.json`. */
export const operations: readonly Operation[] = (operationList as unknown as Operation[]).filter(
	(operation) => !operation.internal,
);

export const TOKEN_PATH = '/v1.0/oauth2/tokens';

/** One spelling for a path: ASP.NET ignores case, and a token's scope ignores the query string. */
export const normalPath = (path: string): string => path.replace(/\/+$/, '').toLowerCase();

export const operationKey = (operation: { method: string; path: string }): string =>
	`${operation.method} ${operation.path}`;

const byPath = new Map<string, Map<string, Operation>>();
for (const operation of operations) {
	const path = normalPath(operation.path);
	byPath.set(path, (byPath.get(path) ?? new Map()).set(operation.method, operation));
}

/** The operations of one path by method; undefined for a path that the API does not have. */
export const operationsAt = (path: string): Map<string, Operation> | undefined =>
	byPath.get(normalPath(path));

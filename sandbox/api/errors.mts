import { randomUUID } from 'node:crypto';

export type ErrorShape = 'telegent' | 'aspnet';
export type FieldErrors = Record<string, string[]>;

/** The sentences of the vendor's own error examples. */
export const VENDOR_MESSAGES: Record<number, string> = {
	400: 'Bad request: one or more required fields are missing or contain an invalid value.',
	401: 'Unauthorized: Bearer token is missing, expired, or invalid. Re-authenticate via POST /v1.0/oauth2/tokens.',
	403: 'Forbidden: your token does not have permission to access this resource. Check the ApiEndpoint scope.',
	404: 'Not found: the requested resource does not exist or belongs to a different account.',
	405: 'Method not allowed: verify the HTTP method required for this endpoint.',
	408: 'Request timeout: the server did not receive a complete request within the allowed time. Retry with exponential backoff.',
	409: 'Conflict: the resource already exists.',
	415: 'Unsupported media type: send the body as application/json.',
	422: 'Unprocessable entity: the request is well formed but cannot be carried out.',
	429: 'Too many requests: rate limit exceeded. Slow your request cadence and retry after a short delay.',
	500: 'Internal server error: an unexpected error occurred. If the problem persists contact support@telegent.com.',
	503: 'Service unavailable: the API is temporarily unavailable. Retry after a short delay.',
	504: 'Gateway timeout: an upstream service did not respond in time. Retry with exponential backoff.',
};

interface Details {
	fields?: FieldErrors;
	shape?: ErrorShape;
	headers?: Record<string, string>;
	extra?: Record<string, unknown>;
}

/** A response of the API other than 200. Handlers throw it. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message = VENDOR_MESSAGES[status] ?? `Status ${status}`,
		readonly details: Details = {},
	) {
		super(message);
	}
}

/** Refuses a request because of one field. */
export const badField = (field: string, message: string): ApiError =>
	new ApiError(400, message, { fields: { [field]: [message] } });

export const required = (field: string): ApiError => badField(field, `${field} is required`);

export const notFound = (what: string, id: string): ApiError =>
	new ApiError(404, `Not found: ${what} ${id} does not exist or belongs to a different account.`);

const TITLES: Record<number, string> = {
	400: 'One or more validation errors occurred.',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	405: 'Method Not Allowed',
	409: 'Conflict',
	415: 'Unsupported Media Type',
	429: 'Too Many Requests',
	500: 'An error occurred while processing your request.',
};

/** Current pages show `{StatusCode, Message}`; older pages the ASP.NET problem shape (FACTS.md, "Address and calls"). */
export function errorBody(error: ApiError, shape: ErrorShape): Record<string, unknown> {
	const { status, message, details } = error;
	if ((details.shape ?? shape) === 'telegent')
		return { StatusCode: status, Message: message, ...details.extra };
	return {
		Type: `https://httpstatuses.io/${status}`,
		Title: TITLES[status] ?? 'Error',
		Status: status,
		Detail: message,
		Errors: details.fields ?? {},
		TraceId: `00-${randomUUID().replaceAll('-', '')}-00`,
		...details.extra,
	};
}

/** The settled result of a promise. */

import { NodeApiError } from 'n8n-workflow';

export async function settle<T>(call: Promise<T>): Promise<{ value: T } | { error: unknown }> {
	return await call.then(
		(response) => ({ value: response }),
		(error: unknown) => ({ error }),
	);
}

/** The result of a call, or undefined after a 404. */
export async function ignoreNotFound<T>(call: Promise<T>): Promise<T | undefined> {
	const result = await settle(call);
	if ('value' in result) return result.value;
	if (hasStatus(result.error, '404')) return undefined;
	throw result.error;
}

export function hasStatus(error: unknown, ...statuses: string[]): boolean {
	return error instanceof NodeApiError && statuses.includes(error.httpCode ?? '');
}

/** Whether Telegent rejected the request because of its content. */
export function isRefused(error: unknown): boolean {
	return hasStatus(error, '400', '422');
}

/** Whether a request that failed may have been executed nevertheless. */
export function isUnsure(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.outcome === 'unsure';
}

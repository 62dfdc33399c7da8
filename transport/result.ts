/** How a call ended. */

import { NodeApiError } from 'n8n-workflow';

export async function settle<T>(call: Promise<T>): Promise<{ value: T } | { error: unknown }> {
	return await call.then(
		(response) => ({ value: response }),
		(error: unknown) => ({ error }),
	);
}

/** What a call gave, or undefined where it concerns something that is not there any more. */
export async function ignoreNotFound<T>(call: Promise<T>): Promise<T | undefined> {
	const result = await settle(call);
	if ('value' in result) return result.value;
	if (hasStatus(result.error, '404')) return undefined;
	throw result.error;
}

export function hasStatus(error: unknown, ...statuses: string[]): boolean {
	return error instanceof NodeApiError && statuses.includes(error.httpCode ?? '');
}

/** Whether Telegent refused the request for what it says. */
export function isRefused(error: unknown): boolean {
	return hasStatus(error, '400', '422');
}

/** Whether a request may have been carried out although no good answer came. */
export function isUnsure(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.outcome === 'unsure';
}

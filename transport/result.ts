/** How a call ended. */

import { NodeApiError } from 'n8n-workflow';

export async function endOf<T>(call: Promise<T>): Promise<{ answer: T } | { error: unknown }> {
	return await call.then(
		(answer) => ({ answer }),
		(error: unknown) => ({ error }),
	);
}

/** What a call gave, or undefined where it concerns something that is not there any more. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
	const end = await endOf(call);
	if ('answer' in end) return end.answer;
	if (hasStatus(end.error, '404')) return undefined;
	throw end.error;
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

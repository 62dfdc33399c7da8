import type { IDataObject } from 'n8n-workflow';
import type { Telegent, ApiRequest } from '../../../transport/client';
import { endOf, hasStatus, unlessGone } from '../../../transport/result';
import { recordsOf } from './api';

export async function listed(
	telegent: Telegent,
	route: ApiRequest['route'],
	AccountId?: string,
): Promise<unknown> {
	const query = AccountId === undefined ? {} : { AccountId };
	return await unlessGone(telegent.call({ route, query, safety: 'read' }));
}

/**
 * All webhooks of an account; none where it may not have any. The answer is a bare list (notes of
 * `GET /v1.0/account/webhooks`).
 */
export async function listWebhooks(telegent: Telegent, accountId?: string): Promise<IDataObject[]> {
	const end = await endOf(listed(telegent, 'GET /v1.0/account/webhooks', accountId));
	if ('error' in end) {
		if (hasStatus(end.error, '403', '405')) return [];
		throw end.error;
	}
	return recordsOf(end.answer);
}

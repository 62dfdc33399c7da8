import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient, ApiRequest } from '../../../transport/client';
import { settle, hasStatus, ignoreNotFound } from '../../../transport/result';
import { recordsOf } from './api';

export async function listed(
	telegent: TelegentClient,
	route: ApiRequest['route'],
	AccountId?: string,
): Promise<unknown> {
	const query = AccountId === undefined ? {} : { AccountId };
	return await ignoreNotFound(telegent.call({ route, query, safety: 'read' }));
}

/**
 * All webhooks of an account; none where it may not have any. The answer is a bare list (notes of
 * `GET /v1.0/account/webhooks`).
 */
export async function listWebhooks(telegent: TelegentClient, accountId?: string): Promise<IDataObject[]> {
	const result = await settle(listed(telegent, 'GET /v1.0/account/webhooks', accountId));
	if ('error' in result) {
		if (hasStatus(result.error, '403', '405')) return [];
		throw result.error;
	}
	return recordsOf(result.value);
}

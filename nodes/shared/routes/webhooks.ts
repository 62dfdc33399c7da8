import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { hasStatus, settle } from '../../../transport/result';
import { listOfAccount, recordsOf } from './api';

/**
 * All webhooks of an account; none where it may not have any. The answer is a bare list (notes of
 * `GET /v1.0/account/webhooks`).
 */
export async function listWebhooks(telegent: TelegentClient, accountId?: string): Promise<IDataObject[]> {
	const result = await settle(listOfAccount(telegent, 'GET /v1.0/account/webhooks', accountId));
	if ('error' in result) {
		if (hasStatus(result.error, '403', '405')) return [];
		throw result.error;
	}
	return recordsOf(result.value);
}

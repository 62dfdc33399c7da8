import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/client';
import type { TelegentCredential } from '../../../transport/token';
import { DERIVED } from './properties';
import { manualToken } from '../../shared/secrets';

/**
 * The token for Manual mode. It is only the label of the option: the workflow stores the value `derived` instead.
 * n8n does not tell load options which node they are for, so the hidden parameter `trigger` holds its ID.
 */
export async function tokenToEnter(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const trigger = context.getCurrentNodeParameter('trigger');
	if (typeof trigger !== 'string' || trigger === '') return [];
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return [
		{
			name: manualToken(accountSecret, trigger),
			value: DERIVED,
			description: 'Enter it as the token, or as the password with any username',
		},
	];
}

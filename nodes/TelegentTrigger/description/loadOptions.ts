import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect, CREDENTIAL } from '../../../transport/client';
import type { TelegentCredential } from '../../../transport/token';
import { DERIVED } from './properties';
import { manualToken } from '../../shared/secrets';
import { readInventory } from '../../shared/routes/numbers';

/** Pages of 1,000 numbers: a longer list is of no use in the editor, and the user waits for it. */
const MAX_NUMBER_PAGES = 20;

/** Numbers of the account that can receive messages, for the list in the editor. */
export async function allNumbers(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const numbers = await readInventory(await connect(context), MAX_NUMBER_PAGES);
	return numbers
		.filter(
			({ MessageEnabled, Status }) => !/^false$/i.test(String(MessageEnabled)) && Status !== 'Cancelled',
		)
		.map(({ Cnam, Number: number }) => ({
			name: [number, Cnam].filter(Boolean).join(' · '),
			value: String(number),
		}));
}

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

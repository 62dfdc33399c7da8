import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect, CREDENTIAL } from '../../../transport/client';
import type { TelegentCredential } from '../../../transport/token';
import { DERIVED } from './properties';
import { manualToken } from '../../shared/secrets';
import { readInventory } from '../../shared/routes/numbers';

/** A list in the editor with more entries is of no use, and a person waits for it: 20,000 numbers. */
const MAX_PAGES = 20;

/** The account's numbers that can receive messages, for the editor's list. */
export async function allNumbers(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const numbers = await readInventory(await connect(context), MAX_PAGES);
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
 * The token for the way Manual, in the editor only: what is saved with the workflow is a word without a meaning.
 * Load options are not told which node they are for, so the editor fills `trigger` in.
 */
export async function tokenToEnter(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const trigger = context.getCurrentNodeParameter('trigger');
	if (typeof trigger !== 'string' || trigger === '') return [];
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return [
		{
			name: manualToken(accountSecret, trigger),
			value: DERIVED,
			description: 'Enter it as token, or as password with the user name telegent',
		},
	];
}

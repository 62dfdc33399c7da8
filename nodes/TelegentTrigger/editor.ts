import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect, CREDENTIAL } from '../../transport/request';
import type { TelegentCredential } from '../../transport/token';
import { DERIVED } from './fields';
import { manualToken } from './secrets';

const PAGE = 1_000;

/** The account's numbers that can receive messages, for the editor's list. */
export async function allNumbers(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const telegent = await connect(context);
	const numbers: INodePropertyOptions[] = [];
	for (let page = 1; ; page++) {
		const query = { PageNumber: page, TotalNumbersRequested: PAGE };
		const route = 'GET /v1.0/numbers/inventory';
		const answer = (await telegent.call({ route, query, safety: 'read' })) as IDataObject;
		const entries = (answer.PhoneNumbers ?? []) as IDataObject[];
		numbers.push(
			...entries
				.filter(({ MessageEnabled, Status }) => MessageEnabled !== false && Status !== 'Cancelled')
				.map(({ Cnam, Number: number }) => ({
					name: [number, Cnam].filter(Boolean).join(' · '),
					value: String(number),
				})),
		);
		if (entries.length === 0 || page * PAGE >= Number(answer.TotalResults ?? 0)) return numbers;
	}
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

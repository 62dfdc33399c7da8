import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	ILoadOptionsFunctions,
	INodeCredentialTestResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { connect } from '../../transport/request';

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

const SHORTEST_SECRET = 16;

/** The test of the credential for the way Manual. There is nothing to call: it looks at the secret itself. */
export async function telegentWebhookTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	if (String(data?.secret ?? '').length >= SHORTEST_SECRET) {
		return { status: 'OK', message: 'Enter the same at Telegent' };
	}
	return {
		status: 'Error',
		message: `Use at least ${SHORTEST_SECRET} characters: whoever guesses this can start your workflow`,
	};
}

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../../../transport/client';
import { messageNumbers } from '../routes/numbers';

/** Pages of 1,000 numbers: a longer list is of no use in the editor, and the user waits for it. */
const MAX_NUMBER_PAGES = 20;

/** Numbers of the account that can receive messages, for the list in the editor. */
export async function allNumbers(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const numbers = await messageNumbers(await connect(context), MAX_NUMBER_PAGES);
	return numbers.map(({ Cnam, Number: number }) => ({
		name: [number, Cnam].filter(Boolean).join(' · '),
		value: String(number),
	}));
}

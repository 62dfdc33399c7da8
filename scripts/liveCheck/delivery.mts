import type { IDataObject } from 'n8n-workflow';
import { runNode, type CredentialValues } from '../../test/support/n8n.mts';
import type { Finding } from './check.mts';

const LOOKS = 40;
const PAUSE_MS = 3_000;
const FINAL = /^(delivered|failed|undelivered)$/i;

/**
 * What Wait for Delivery relies on: whether the message list shows the statuses of a message, and when.
 */
export async function deliveryInList(
	credential: CredentialValues,
	from: unknown,
	messageId: string,
): Promise<Finding[]> {
	const started = Date.now();
	const statuses: string[] = [];
	let entry: IDataObject = {};
	for (let look = 1; look <= LOOKS && !FINAL.test(String(entry.Status)); look++) {
		if (look > 1) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		const { json } = await runNode({
			credential,
			parameters: {
				resource: 'message',
				operation: 'getAll',
				phoneNumber: from as never,
				returnAll: false,
				limit: 20,
			},
		});
		entry = json.find(({ MessageId }) => MessageId === messageId) ?? {};
		const status = String(entry.Status ?? 'not listed');
		const after = Math.round((Date.now() - started) / 1000);
		if (!statuses.at(-1)?.startsWith(`${status} `)) statuses.push(`${status} after ${after} s`);
	}
	return [
		{ question: 'Statuses of the message in Get Many', answer: statuses.join(', ') },
		{ question: 'Fields of the message in Get Many', answer: Object.keys(entry).join(', ') || 'none' },
	];
}

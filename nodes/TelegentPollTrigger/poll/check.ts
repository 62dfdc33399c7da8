import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';
import type { ApiRequest, ApiResponse, TelegentClient } from '../../../transport/client';
import { list } from '../../shared/values';

/** Half of what the standard tier allows in a minute: the rest is for the account's other workflows. */
const MAX_REQUESTS = 25;
const MAX_CHECK_MS = 40_000;

/** One check of Telegent: its requests and time are limited, and the next check continues where it stops. */
export class Check {
	private readonly until: number;

	requestsLeft = MAX_REQUESTS;

	constructor(
		readonly context: IPollFunctions,
		readonly telegent: TelegentClient,
		/** What the last check kept; plain JSON. */
		readonly state: IDataObject,
	) {
		// n8n before 2.40 has no limit of its own.
		const n8nAllows = context.getPollBudgetMs?.() ?? MAX_CHECK_MS;
		this.until = performance.now() + Math.min(MAX_CHECK_MS, n8nAllows / 2);
	}

	/** The entries of a parameter that holds a list. */
	chosen(parameter: string): string[] {
		return list(this.context.getNodeParameter(parameter, [])).map(String);
	}

	async call(request: ApiRequest): Promise<ApiResponse> {
		this.requestsLeft--;
		return await this.telegent.call(request);
	}

	/**
	 * Does the work for each entry, beginning where the last check stopped. If an entry can't be checked, the ones before
	 * it count, and the next check begins with it. If it is the first one, that is an error, and the next check begins
	 * behind it: one number that Telegent rejects doesn't keep others waiting.
	 */
	async inTurn(entries: string[], work: (entry: string) => Promise<void>): Promise<void> {
		const first = Math.max(0, entries.indexOf(String(this.state.next)));
		const turns = [...entries.slice(first), ...entries.slice(0, first)];
		delete this.state.next;
		for (const [index, entry] of turns.entries()) {
			if (this.requestsLeft <= 0 || performance.now() >= this.until) return void (this.state.next = entry);
			const failed = await work(entry).then(
				() => undefined,
				(error: Error) => error,
			);
			if (!failed) continue;
			this.state.next = index === 0 ? (turns[1] ?? entry) : entry;
			if (index === 0) throw failed;
			return;
		}
	}

	checkError(message: string, description: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, { description });
	}
}

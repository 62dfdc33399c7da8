import { createHash } from 'crypto';
import type { NodeOperationError } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import { isTool } from './caller';
import { ClaimTable } from './claimTable';
import { unsureError } from './itemErrors';
import type { Item } from './operation';
import type { RunSetup } from './prepareItem';
import type { ItemOutcome } from './runRecord';

/**
 * Claims of the items of an operation that must not be executed twice and has no list to look its work up in, such as an
 * order. They are taken back when the run ends, so only those of a run that n8n's crash ended are left, and those of
 * retried executions: a retry does not execute what they name.
 */
export class OperationClaims {
	private readonly table: ClaimTable;

	private readonly claimed: string[] = [];

	constructor(private readonly setup: RunSetup) {
		this.table = new ClaimTable(setup.context);
	}

	/** Claims an item. @returns the outcome of one that an earlier execution may have executed */
	async claim(item: Item): Promise<ItemOutcome | undefined> {
		const key = this.keyOf(item);
		// Where n8n cannot store claims, as for a workflow that was never saved, it cannot retry its executions either.
		const state = await settle(this.table.claim(key));
		if ('error' in state) return undefined;
		this.claimed.push(key);
		if (!this.setup.record?.earlier || state.value === 'new') return undefined;
		return { error: mayHaveBeenDone(item) };
	}

	async finish(): Promise<void> {
		if (!this.setup.record?.earlier) for (const key of this.claimed) this.table.release(key);
		await this.table.flush();
	}

	private keyOf({ index, request }: Item): string {
		const { body, query, route } = request;
		return createHash('sha256')
			.update(JSON.stringify([route, index, body, query]))
			.digest('base64');
	}
}

/** The claims of a run, where its operation needs them. */
export function operationClaims(setup: RunSetup): OperationClaims | undefined {
	const { context, hooks, record } = setup;
	return record && !hooks.lookUp && !isTool(context) ? new OperationClaims(setup) : undefined;
}

function mayHaveBeenDone(item: Item): NodeOperationError {
	return unsureError(
		item,
		'An earlier execution may have done this already',
		"This execution retries one that ended before n8n stored what it did. Nothing was sent now. Check in Telegent whether it was done. If it wasn't, start the workflow anew instead of retrying it.",
	);
}

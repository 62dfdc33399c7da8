import { createHash } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import type { Outcome } from '../../../transport/retry';
import { isTool } from './caller';
import { ClaimTable } from './claimTable';
import { unsureError } from './itemErrors';
import type { Item } from './operation';
import type { RunSetup } from './prepareItem';
import { runEntry } from './runEntry';
import type { ItemOutcome } from './runRecord';

/** Entry of a run that is no retry, until it ends: marks of retries before it may be those of another execution. */
const NEW_RUN = 'new run';

/** What the first claim of a run finds. */
interface Found {
	/** Whether this run goes on with what another one began: it does not execute what that one claimed. */
	continues: boolean;
	/** Whether no other execution has begun since a retry marked what it did. */
	marksHold: boolean;
}

/**
 * Claims of the items of an operation that must not be executed twice and has no list to look its work up in, such as an
 * order. They are taken back when the run ends, so only those of a run that n8n's crash ended are left, and those of
 * retried executions: a retry does not execute what they name, and marks what it did for the retry after it.
 */
export class OperationClaims {
	private readonly table: ClaimTable;

	/** Keys that this run was the first to claim, by the index of the item. */
	private readonly claimed = new Map<number, string>();

	private found?: Promise<Found>;

	private reachedAll = false;

	constructor(private readonly setup: RunSetup) {
		this.table = new ClaimTable(setup.context);
	}

	/** Claims an item. @returns the outcome of one that an earlier execution did, or may have done */
	async claim(item: Item): Promise<ItemOutcome | undefined> {
		const key = this.keyOf(item);
		this.found ??= this.begin();
		// Where n8n cannot store claims, as for a workflow that was never saved, it cannot retry its executions either.
		const claim = await settle(Promise.all([this.table.claim(key), this.found]));
		if ('error' in claim) return undefined;
		const [state, { continues, marksHold }] = claim.value;
		// What an earlier run claimed stays claimed: that run may still be retried.
		if (state === 'new') this.claimed.set(item.index, key);
		if (!continues || state === 'new') return undefined;
		if (state === 'done' && marksHold) return { error: doneByRetry(item) };
		if (state === 'done') this.table.unmarkDone(key);
		return { error: mayHaveBeenDone(item) };
	}

	/** Keeps how an item ended, for the next retry. */
	async settle({ index }: Item, outcome: Outcome): Promise<void> {
		const key = this.claimed.get(index);
		if (key === undefined || !(await this.found)?.continues) return;
		if (outcome === 'done') this.table.markDone(key);
		if (outcome === 'notDone') this.table.release(key);
	}

	/** Every item of the run has had its turn. */
	complete(): void {
		this.reachedAll = true;
	}

	async finish(): Promise<void> {
		const found = this.found && (await settle(this.found));
		if (!found || 'error' in found) return;
		const { continues, marksHold } = found.value;
		if (marksHold || (continues && this.reachedAll)) this.table.release(NEW_RUN);
		this.table.release(runEntry(this.setup.context));
		if (!continues) for (const key of this.claimed.values()) this.table.release(key);
		await this.table.flush();
	}

	/** Goes together with the first claim. A run that ended has taken its entry back, also before Retry On Fail. */
	private async begin(): Promise<Found> {
		const entries = [this.table.claim(NEW_RUN), this.table.claim(runEntry(this.setup.context))];
		const [newRun, thisRun] = await Promise.all(entries);
		// In n8n 1, a worker executes again what a dead one began, with the same ID and not as a retry.
		const continues = this.setup.record?.earlier !== undefined || thisRun !== 'new';
		return { continues, marksHold: newRun === 'new' };
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

function doneByRetry(item: Item): NodeOperationError {
	const error = new NodeOperationError(item.context.getNode(), 'An earlier retry already did this', {
		itemIndex: item.index,
		description: 'Nothing was sent this time. The response is in the output of the earlier retry.',
	});
	error.context.outcome = 'done' satisfies Outcome;
	return error;
}

function mayHaveBeenDone(item: Item): NodeOperationError {
	return unsureError(
		item,
		'An earlier execution may have done this already',
		"This execution retries one that ended before n8n stored what it did. Nothing was sent this time. Check in Telegent whether it was done. If it wasn't, start a new execution instead of retrying this one.",
	);
}

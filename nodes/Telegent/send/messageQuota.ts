import type { IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';

interface QuotaUsage {
	used: number;
	/** Work that n8n may repeat in the same run (Retry On Fail): it counts once. */
	known: Set<string>;
}

/** More than ever run at the same time. The oldest one is dropped, and would start from zero. */
const MAX_EXECUTIONS = 10_000;
const HOUR_MS = 3_600_000;
const usageByExecution = processState(new BoundedMap<string, QuotaUsage>(MAX_EXECUTIONS));

/**
 * Counts messages of one node over a whole execution: every call of a tool, every round of a loop.
 * @param work what is about to be done, the same when n8n repeats the run
 * @returns how many were counted before, where `wanted` more are too many; undefined where they were allowed and counted
 */
export function consumeQuota(
	context: IExecuteFunctions,
	work: string,
	wanted: number,
	most: number,
	now = Date.now(),
): number | undefined {
	const account = usageFor(context, now);
	const { retryOnFail } = context.getNode();
	const again = `${String(context.getWorkflowDataProxy(0).$runIndex)} ${work}`;
	if (retryOnFail && account.known.has(again)) return undefined;
	if (account.used + wanted > most) return account.used;
	account.used += wanted;
	if (retryOnFail) account.known.add(again);
	return undefined;
}

function usageFor(context: IExecuteFunctions, now: number): QuotaUsage {
	const { name } = context.getNode();
	// n8n can run a tool without an execution: there an hour counts as one.
	const execution = context.getExecutionId() ?? `hour ${Math.floor(now / HOUR_MS)}`;
	const key = JSON.stringify([context.getWorkflow().id ?? '', execution, name]);
	const account = usageByExecution.get(key) ?? { used: 0, known: new Set<string>() };
	usageByExecution.set(key, account);
	return account;
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { counted, duration, secondsAtLimit } from './progress';

/**
 * The warning for a list that takes longer at the account's rate limit than the workflow's setting "Timeout Workflow"
 * allows: n8n then stops the execution half-way. A timeout that is set for all workflows (`EXECUTIONS_TIMEOUT`) is not
 * visible to a node.
 * @param requests that the list takes
 * @param perMinute requests that the account may make; 0 where that is not limited
 */
export function timeoutWarning(
	context: IExecuteFunctions,
	requests: number,
	perMinute: number,
): string | undefined {
	const seconds = secondsAtLimit(requests, perMinute);
	if (seconds === 0) return undefined;
	// n8n 1.123 has no such function.
	const { executionTimeout = -1 } = context.getWorkflowSettings?.() ?? {};
	if (executionTimeout <= 0 || seconds <= executionTimeout) return undefined;
	return `This list takes about ${duration(seconds)} at ${counted(perMinute, 'request')} per minute, but the workflow's settings stop an execution after ${duration(executionTimeout)}. Raise the timeout, or send in batches with Loop Over Items`;
}

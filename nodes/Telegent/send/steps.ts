import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { asSent } from '../../shared/values';
import type { OperationHooks } from '../engine/operation';
import type { SettlingHooks } from './fallback';
import { useFormLabels } from './media';
import { lookupTime, reconcileSend } from './reconcile';
import { recipientsAsGiven } from './recipients';
import { addressees } from './redirect';
import { mostClaims } from './sendOnce';
import { SendRun } from './sendRun';

/**
 * The hooks of Message → Send: text, safeguards, duplicates, media, sends with an unknown outcome, the summary.
 * @param clock milliseconds since 1970
 * @param textParameter name of the parameter that holds the text
 */
export function sendHooks(clock: () => number = Date.now, textParameter = 'body'): OperationHooks {
	const run = new SendRun(clock, textParameter);
	const settling: SettlingHooks = {
		lookUp: async (item, earlier) => await run.earlier.find(item, earlier),
		async recover(item, startedAt) {
			if (item.options.whenUnsure !== 'checkFirst') return undefined;
			return await reconcileSend(item, startedAt, lookupTime(item.options));
		},
		async onFailure(_item, error) {
			if (error instanceof NodeApiError) useFormLabels(error);
		},
	};
	return {
		beforeQueue: (item) => run.checkItem(item),
		order: addressees,
		mostParallel: (read, perMinute) => mostClaims((read('options') ?? {}) as IDataObject, perMinute),
		lookUp: settling.lookUp,
		beforeRequest: async (item) => await run.checkBeforeRequest(item),
		afterResponse: (item, response) => run.addSize(item, response),
		recover: settling.recover,
		onFailure: settling.onFailure,
		onSettled: (item, outcome, records) => run.remember(item, outcome, records),
		recipients: (read, item) => asSent(item ? addressees(item) : recipientsAsGiven(read('to'))),
		afterAllItems: async (finished) => await run.delivery.run(finished, settling),
		output: (response) => run.output(response),
		summary: (failed) => run.summary(failed),
		warnings: () => run.warnings(),
		async finish() {
			await run.once.finish();
			await run.takeover.finish();
		},
	};
}

import type { Item } from '../engine/operation';
import { toBoolean } from '../../shared/values';
import type { CollectionReader } from './collectionReader';

/**
 * Why nothing is sent in an evaluation: n8n runs a workflow once for each test case there, and no one must be texted by a
 * test. Undefined in every other execution, and where the user allows it. n8n tells executions of sub-workflows their own
 * mode, so that these do not know of the evaluation.
 */
export function evaluationReason(item: Item, settings: CollectionReader): string | undefined {
	const allowed =
		settings.has(item, 'sendInEvaluations') &&
		settings.read(item, 'sendInEvaluations', 'Send in Evaluations', toBoolean);
	if (allowed || item.context.getMode() !== 'evaluation') return undefined;
	return "n8n runs this as an evaluation. Nothing was sent. To send in evaluations, add the safeguard 'Send in Evaluations'.";
}

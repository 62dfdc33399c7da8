import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Expected } from './expected';

/** What was asked, and what is awaited. Stored with the waiting execution, so it survives a restart of n8n. */
export interface PendingQuestion {
	/** Our number and the person's, in E.164. */
	from: string;
	to: string;
	accountId?: string;
	owner?: string;
	/** Recognises the secret of this question's webhook: each round of a loop has its own. */
	secretDigest: string;
	/** Milliseconds since 1970. */
	askedAt: number;
	deadline: number;
	/** Of the question. */
	messageId: string;
	expected: Expected;
	reAsk: string;
	mostReAsks: number;
	/** A person reviews what an agent wants to do: n8n reads the answer as a permission. */
	review: boolean;
}

const KEY = 'telegentWait';

/** Stores the plan in the node's own context: n8n keeps it in the data of the execution, as it does for loops. */
export function saveQuestion(context: IExecuteFunctions, question: PendingQuestion): void {
	context.getContext('node')[KEY] = JSON.stringify(question);
}

/** Webhook functions reach the node's context through an expression only. Undefined where nothing is awaited. */
export function loadQuestion(context: IWebhookFunctions): PendingQuestion | undefined {
	const name = JSON.stringify(context.getNode().name).replace(/[{}]/g, (bracket) =>
		bracket === '{' ? '\\u007b' : '\\u007d',
	);
	const stored = context.evaluateExpression(`{{ $node[${name}].context[${JSON.stringify(KEY)}] }}`);
	return typeof stored === 'string' ? (JSON.parse(stored) as PendingQuestion) : undefined;
}

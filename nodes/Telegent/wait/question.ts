import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { LocalHours } from '../send/quietHours';
import type { Expected } from './expected';

/** An open question. Stored with the waiting execution, so it survives a restart of n8n. */
export interface PendingQuestion {
	/** The sending number and the recipient, in E.164. */
	from: string;
	to: string;
	accountId?: string;
	/** The credential's account, without a secret. Undefined for questions of earlier versions. */
	account?: string;
	owner?: string;
	/** Digest of the secret of this question's webhook; each iteration of a loop has its own secret. */
	secretDigest: string;
	/** Milliseconds since 1970. */
	askedAt: number;
	deadline: number;
	/** ID of the message with the question. */
	messageId: string;
	expected: Expected;
	reAsk: string;
	mostReAsks: number;
	/** The text of the reminder, if there is one. */
	reminder?: string;
	/** When the reminder may be sent. Undefined for any time, and for questions of earlier versions. */
	reminderHours?: LocalHours;
	/** Human review of an agent's tool call: n8n reads the reply as approval. */
	review: boolean;
}

const KEY = 'telegentWait';

/** Saves the question in the node's context, which n8n stores with the execution data. */
export function saveQuestion(context: IExecuteFunctions, question: PendingQuestion): void {
	context.getContext('node')[KEY] = JSON.stringify(question);
}

/** Loads the question; undefined if there is none. Webhook functions can read the node's context by expression only. */
export function loadQuestion(context: IWebhookFunctions): PendingQuestion | undefined {
	const name = JSON.stringify(context.getNode().name).replace(/[{}]/g, (bracket) =>
		bracket === '{' ? '\\u007b' : '\\u007d',
	);
	const stored = context.evaluateExpression(`{{ $node[${name}].context[${JSON.stringify(KEY)}] }}`);
	return typeof stored === 'string' ? (JSON.parse(stored) as PendingQuestion) : undefined;
}

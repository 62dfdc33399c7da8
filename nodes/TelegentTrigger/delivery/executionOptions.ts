import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { TakeoverRule } from '../../shared/takeover';

/** How long the trigger collects the messages of a person. */
export interface CollectRule {
	/** It ends after so long a silence. */
	quietMs: number;
	/** It ends so long after the first message. */
	longestMs: number;
}

/** Events whose messages a workflow answers. */
const ANSWERED = ['messageReceived', 'newSms'];

const MIN_MS = 1_000;
/** One execution waits for the messages: longer would keep it too long. */
const MAX_MS = 10 * 60_000;
const DEFAULT_LONGEST_S = 60;

/** The options in `execute()`, where n8n wants the index of an item. */
export const executionOptions = (context: IExecuteFunctions) =>
	context.getNodeParameter('options', 0, {}) as IDataObject;

/** Undefined where messages are not collected. n8n keeps the values of options that the selected event hides. */
export function collectRule(options: IDataObject, event: string): CollectRule | undefined {
	const seconds = Number(options.collectSeconds);
	if (!(seconds > 0) || !ANSWERED.includes(event)) return undefined;
	const quietMs = Math.min(Math.max(seconds * 1_000, MIN_MS), MAX_MS);
	const longest = Number(options.collectLongestSeconds ?? DEFAULT_LONGEST_S) * 1_000 || 0;
	return { quietMs, longestMs: Math.min(Math.max(longest, quietMs), MAX_MS) };
}

/** Undefined where a person who takes over makes no difference. */
export function takeoverRule(
	{ campaignId, staySilentMinutes }: IDataObject,
	event: string,
): TakeoverRule | undefined {
	const minutes = Number(staySilentMinutes);
	if (!(minutes > 0) || !ANSWERED.includes(event)) return undefined;
	const campaign = typeof campaignId === 'string' ? campaignId.trim() : '';
	return { minutes, ...(campaign !== '' && { campaignIds: [campaign] }) };
}

/** Whether a message never waits and is never held back: it may ask to be left alone. */
export const isUrgent = ({ json }: Pick<INodeExecutionData, 'json'>) =>
	json.intent === 'optOut' || json.intent === 'help';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { phoneIdentity } from '../../shared/phone/compare';
import { Takeover, type TakeoverRule } from '../../shared/takeover';
import { isUrgent } from './executionOptions';
import type { MessageLists } from './lists';

/**
 * The messages to which this workflow may respond: without those of persons to whom somebody else writes. Opt-outs and
 * HELP pass. Where Telegent's list does not tell, a message passes too: it must not be lost.
 */
export async function withoutTakenOver(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	rule: TakeoverRule | undefined,
	lists: MessageLists,
): Promise<INodeExecutionData[]> {
	const asks = (item: INodeExecutionData) => 'body' in item.json && !isUrgent(item);
	if (!rule || !items.some(asks)) return items;
	const read = async (own: string, since: number) => await lists.recent(own, since);
	const takeover = lists.connect().then((client) => new Takeover(context, client, Date.now, read));
	const kept: INodeExecutionData[] = [];
	for (const item of items)
		if (!asks(item) || !(await isTakenOver(context, takeover, item, rule))) kept.push(item);
	return kept;
}

async function isTakenOver(
	context: IExecuteFunctions,
	takeover: Promise<Takeover>,
	{ json: { from, owner } }: INodeExecutionData,
	rule: TakeoverRule,
): Promise<boolean> {
	try {
		const others = await (await takeover).lastOfOthers(phoneIdentity(owner), [String(from)], rule);
		if (others.size === 0) return false;
		context.logger.info(
			`Telegent: someone else texted the sender of this message within the last ${rule.minutes} minutes, so the workflow stays silent`,
		);
		return true;
	} catch (error) {
		context.logger.warn(
			`Telegent: it's unknown whether a person has taken over, so the workflow continues: ${(error as Error).message}`,
		);
		return false;
	}
}

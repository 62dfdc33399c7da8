import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventOf } from '../../shared/inbound/events';
import { withoutCollected } from './collect';
import { collectRule, executionOptions, takeoverRule } from './executionOptions';
import { joined } from './joined';
import { MessageLists } from './lists';
import { attachMedia, mediaOptionsOf } from './media';
import { withoutRepeated } from './repeated';
import { withoutTakenOver } from './takeover';

/** Modes in which n8n runs the trigger with a delivery: published, and tested in the editor. */
const DELIVERY_MODES = ['webhook', 'manual'];

/**
 * What the workflow continues with: the items of a delivery without repeated ones, with the messages of a person
 * collected, and without those to persons to whom a colleague writes. No items: the execution ends at the trigger.
 */
export async function itemsToPassOn(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const [fresh] = await withoutRepeated(context);
	const options = executionOptions(context);
	if (!options.collectSeconds && !options.staySilentMinutes) return [fresh];
	const event = eventOf(context.getNodeParameter('event', 0, 'messageReceived') as string);
	const rule = collectRule(options, event.value);
	if (!DELIVERY_MODES.includes(context.getMode()))
		return [rule ? fresh.map((item) => joined([item])) : fresh];
	const takeover = takeoverRule(options, event.value);
	const lists = new MessageLists(context, takeover?.minutes ?? 0);
	const collected = rule ? await withoutCollected(context, event, fresh, rule, lists) : fresh;
	const items = await withoutTakenOver(context, collected, takeover, lists);
	// Without collecting, the media were downloaded with the delivery.
	if (rule) await downloadMedia(context, options, items);
	return [items];
}

async function downloadMedia(
	context: IExecuteFunctions,
	options: IDataObject,
	items: INodeExecutionData[],
): Promise<void> {
	const media = mediaOptionsOf(options);
	if (!media) return;
	for (const item of items) {
		if (Array.isArray(item.json.media) && item.json.media.length > 0) await attachMedia(context, item, media);
	}
}

import { MESSAGES_PER_PAGE } from '../../shared/messageLog';
import { MAX_RECENT_PAGES, mostReadings, STAY_SILENT } from '../../shared/takeover';
import { isRecord } from '../../shared/json';
import { rawCollection } from '../engine/parameters';
import type { Item } from '../engine/operation';
import { counted, secondsAtLimit } from '../engine/progress';
import { mostRequests, REQUESTS_PER_SENDER } from './deliveryWait';

/** What decides how many requests the settings of Message → Send take, besides one per message. */
export interface CostSettings {
	frequencyCap: boolean;
	staySilent: boolean;
	waitForDelivery: boolean;
	/** Send again from another number what is not delivered. */
	fallback: boolean;
}

/** The settings of the whole list: collections are read once per run. */
export function costSettings({ context }: Item): CostSettings {
	const { frequencyCap, staySilentMinutes } = rawCollection(context, 'safeguards');
	const { waitForDelivery } = rawCollection(context, 'options');
	const delivery = isRecord(waitForDelivery) ? waitForDelivery.delivery : undefined;
	return {
		frequencyCap: frequencyCap !== undefined,
		// An expression counts: it can give a number of minutes for some items.
		staySilent: Boolean(staySilentMinutes),
		waitForDelivery: Boolean(waitForDelivery),
		fallback: isRecord(delivery) && delivery.ifNotDelivered !== 'report' && Boolean(delivery.ifNotDelivered),
	};
}

/** One sentence for each setting that takes more requests, for so many messages. Pure. */
export function extraRequests(settings: CostSettings, messages: number, perMinute: number): string[] {
	return [
		...(settings.frequencyCap ? [CAP_COST] : []),
		...(settings.staySilent ? [silenceCost(messages, perMinute)] : []),
		...(settings.waitForDelivery ? [waitCost(settings, messages)] : []),
	];
}

const CAP_COST = `'Max Messages per Recipient' reads each sender's message list: 1 more request per ${MESSAGES_PER_PAGE} messages in the period`;

function silenceCost(messages: number, perMinute: number): string {
	const readings = mostReadings(secondsAtLimit(messages, perMinute));
	const longest = readings * MAX_RECENT_PAGES;
	return `'${STAY_SILENT}' reads each sender's message list at most once per minute of sending: up to ${counted(readings, 'more request')} per sender, or up to ${longest} if the period has more than ${MESSAGES_PER_PAGE} messages, and 1 for each message of someone else if 'Campaign ID' is set`;
}

function waitCost({ fallback }: CostSettings, messages: number): string {
	const most = Math.floor(mostRequests(messages, 1));
	const again = fallback
		? `, then 1 for each message that isn't delivered, and at most ${most} for waiting again`
		: '';
	return `'Wait for Delivery' takes at most ${most} more requests for ${counted(messages, 'message')} of one sender, or ${REQUESTS_PER_SENDER} per sender if that is more${again}`;
}

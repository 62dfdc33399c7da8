import type { IDataObject } from 'n8n-workflow';
import { intentOf, type Intent, type MessageIntent } from './intent';
import { Fields } from './payload';
import { kindOf, toCall, toInboundMessage, toOrderUpdate, toReceipt } from './shapes';
import type { RouteAddress } from '../routes/address';

export { toInboundMessage, type InboundMessage } from './shapes';

/** Where the trigger receives an event from. */
export type ListenMode = 'existingRoute' | 'newRoute' | 'accountWebhook' | 'manual';

/** What the user decides about reading. */
export interface ReadOptions {
	/** Whether YES is an opt-in: only where the workflow's texts ask people to reply YES to subscribe. */
	yesOptsIn?: boolean;
}

/** An event of the trigger: an entry of the table below. */
export interface TriggerEvent {
	value: string;
	name: string;
	description: string;
	/** The possible listen modes, the default first. */
	listenModes: ListenMode[];
	/** The address of a message route that it is delivered to. */
	address?: RouteAddress;
	/** What an account webhook must subscribe to. */
	subscription?: string;
	/** The normalized payload; undefined if it is another event. */
	read(payload: IDataObject, now: Date, options?: ReadOptions): IDataObject | undefined;
	/** Identifies repeated deliveries; empty if the payload has no ID. */
	identity(shape: IDataObject): string;
	/** The same identity may come again after a day and mean something new. */
	recurs?: true;
}

const ROUTES: ListenMode[] = ['existingRoute', 'newRoute', 'accountWebhook', 'manual'];
const ACCOUNT: ListenMode[] = ['accountWebhook', 'manual'];

/** Key of a conversation, the same for both directions: own number, then the other. */
const conversation = (own: unknown, other: unknown) =>
	own && other ? `${String(own)}|${String(other)}` : null;

/** Whether a webhook's payload names this event or another one. It may name none, and a route's payload never does. */
function matchEventName(fields: Fields, subscription: string): 'this' | 'another' | 'none' {
	const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
	const named = plain(fields.text('event', 'eventtype', 'eventname', 'subscribedevent'));
	if (named === '') return 'none';
	return named === plain(subscription) ? 'this' : 'another';
}

const isWanted = (wanted: Intent, { intent }: MessageIntent, options?: ReadOptions) =>
	intent === wanted || (wanted === 'optIn' && intent === 'yes' && options?.yesOptsIn === true);

function messageEvent(value: string, name: string, description: string, wanted?: Intent): TriggerEvent {
	return {
		value,
		name,
		description,
		listenModes: ROUTES,
		address: 'message',
		subscription: 'New_Sms',
		read: (payload, now, options) => {
			const fields = new Fields(payload);
			if (kindOf(fields) !== 'message' || matchEventName(fields, 'New_Sms') === 'another') return undefined;
			const shape = toInboundMessage(payload, now);
			const meant = intentOf(shape.body);
			if (wanted && !isWanted(wanted, meant, options)) return undefined;
			return { event: value, ...shape, ...meant, conversation: conversation(shape.owner, shape.from) };
		},
		identity: ({ messageId }) => String(messageId),
	};
}

function accountEvent(
	value: string,
	name: string,
	description: string,
	subscription: string,
	clean: (payload: IDataObject, now: Date) => IDataObject,
	identity: TriggerEvent['identity'],
	fits: (kind: ReturnType<typeof kindOf>) => boolean = (kind) => kind === 'other',
): TriggerEvent {
	return {
		value,
		name,
		description,
		listenModes: ACCOUNT,
		subscription,
		read: (payload, now) => {
			const fields = new Fields(payload);
			const named = matchEventName(fields, subscription);
			if (named === 'another' || (named === 'none' && !fits(kindOf(fields)))) return undefined;
			return { event: value, ...clean(payload, now) };
		},
		identity,
	};
}

const callEvent = (value: string, name: string, description: string, subscription: string) =>
	accountEvent(value, name, description, subscription, toCall, ({ at, callId, raw, recordingUrl, status }) =>
		callId ? [callId, status, recordingUrl, hasTime(raw) ? at : ''].join(' ') : '',
	);

const hasTime = (raw: unknown) =>
	new Fields(raw as IDataObject).has('timestamp', 'time', 'createdon', 'createdat');

/** All events, in the order of the editor's list. */
export const EVENTS: TriggerEvent[] = [
	callEvent('callCompleted', 'Call Completed', 'When a call ends', 'Call_Completed'),
	callEvent('callInProgress', 'Call in Progress', 'When a call is answered', 'Call_In_Progress'),
	callEvent('callOnHold', 'Call on Hold', 'When a call is put on hold', 'Call_On_Hold'),
	callEvent('callRecording', 'Call Recording', 'When a call recording is available', 'Call_Recording'),
	callEvent('callRinging', 'Call Ringing', 'When one of your numbers is called', 'Call_Ringing'),
	{
		value: 'deliveryReceipt',
		name: 'Delivery Receipt',
		description: 'When a message you sent is queued, sent, delivered or failed',
		listenModes: ['existingRoute', 'manual'],
		address: 'callback',
		read: (payload, now) => {
			if (kindOf(new Fields(payload)) !== 'receipt') return undefined;
			const shape = toReceipt(payload, now);
			return { event: 'deliveryReceipt', ...shape, conversation: conversation(shape.owner, shape.to) };
		},
		identity: ({ messageId, status, to }) => (messageId ? [messageId, status, to].join(' ') : ''),
	},
	messageEvent('help', 'Help Keyword Received', 'When someone texts HELP or INFO', 'help'),
	messageEvent('messageReceived', 'Message Received', 'When one of your numbers receives a message'),
	accountEvent(
		'newSms',
		'New SMS (Any Number)',
		'When any number in the account receives an SMS',
		'New_Sms',
		(payload, now) => {
			const shape = toInboundMessage(payload, now);
			return { ...shape, ...intentOf(shape.body), conversation: conversation(shape.owner, shape.from) };
		},
		({ messageId }) => String(messageId),
		(kind) => kind !== 'receipt',
	),
	messageEvent(
		'optIn',
		'Opt-In Keyword Received',
		"When someone texts START or UNSTOP. YES counts only with the option 'Treat YES as Opt-In'.",
		'optIn',
	),
	messageEvent(
		'optOut',
		'Opt-Out Keyword Received',
		'When someone texts STOP or another opt-out keyword, or asks in their own words for no more messages',
		'optOut',
	),
	{
		...accountEvent(
			'orderUpdate',
			'Order Update',
			'When the status of a number order changes',
			'Order_Update',
			toOrderUpdate,
			({ orderId, status, statusMessage, type }) =>
				orderId ? [orderId, type, status, statusMessage].join(' ') : '',
		),
		recurs: true,
	},
];

/** The event with this value. A workflow from a newer version may name one that does not exist here. */
export function eventOf(value: string): TriggerEvent {
	const found = EVENTS.find((event) => event.value === value);
	if (!found) throw new Error(`This version of the Telegent Trigger has no event "${value}"`);
	return found;
}

import type { Attempt } from './deliveries.mts';
import { badField, notFound } from './errors.mts';
import { isE164, isoTime } from './format.mts';
import { notifyWebhooks } from './messaging.mts';
import type { Call, CallEvent, Row } from './state.mts';
import type { World } from './world.mts';

export interface IncomingCall {
	from: string;
	to: string;
}

export interface CallStep {
	callId: string;
	event: CallEvent;
	/** of Call_Recording */
	recordingUrl?: string;
}

export interface CallAnswer {
	callId: string;
	/** the calls of the account's webhooks */
	attempts: Attempt[];
}

/** What can follow. */
const NEXT: Record<CallEvent, CallEvent[]> = {
	Call_Ringing: ['Call_In_Progress', 'Call_Completed'],
	Call_In_Progress: ['Call_On_Hold', 'Call_Completed'],
	Call_On_Hold: ['Call_In_Progress', 'Call_Completed'],
	Call_Completed: ['Call_Recording'],
	Call_Recording: [],
};

const STATUS: Record<CallEvent, string> = {
	Call_Ringing: 'Ringing',
	Call_In_Progress: 'In Progress',
	Call_On_Hold: 'On Hold',
	Call_Completed: 'Completed',
	Call_Recording: 'Completed',
};

/** Someone calls one of the account's numbers: it rings, and the account's webhooks are called. */
export async function ring(world: World, { from, to }: IncomingCall): Promise<CallAnswer> {
	const { clock, random, state } = world;
	const number = state.numbers.get(to);
	if (number?.Status !== 'Active') throw badField('to', `${to} is not one of the account's active numbers`);
	if (!number.VoiceEnabled) throw badField('to', `${to} is not enabled for calls: VoiceEnabled is false`);
	if (!isE164(from)) throw badField('from', `${from} is not an E.164 phone number`);
	const id = random.id('CALL-');
	const call: Call = {
		id,
		from,
		to,
		event: 'Call_Ringing',
		startedAt: clock.now(),
		answeredAt: null,
		endedAt: null,
		told: 0,
	};
	state.calls.set(id, call);
	return await tell(world, call);
}

/** The next state of a call: answered, on hold, resumed, ended, or its recording available. */
export async function goOn(world: World, { callId, event, recordingUrl }: CallStep): Promise<CallAnswer> {
	const call = world.state.calls.get(callId);
	if (!call) throw notFound('callId', callId);
	const possible = NEXT[call.event].filter((next) => next !== 'Call_Recording' || call.answeredAt !== null);
	if (!possible.includes(event))
		throw badField('event', `After ${call.event}, ${possible.join(' or ') || 'nothing'} can come`);
	call.event = event;
	if (event === 'Call_In_Progress') call.answeredAt ??= world.clock.now();
	if (event === 'Call_Completed') call.endedAt = world.clock.now();
	if (event !== 'Call_Recording') return await tell(world, call);
	return await tell(world, call, {
		RecordingUrl: recordingUrl ?? `https://example.com/recordings/${callId}.mp3`,
	});
}

/** Telegent does not document what its webhooks say of a call: here it is spelled like a message. */
async function tell(world: World, call: Call, more: Row = {}): Promise<CallAnswer> {
	const { answeredAt, endedAt, event, from, id, to } = call;
	const payload = {
		CallId: id,
		Direction: 'Inbound',
		From: from,
		To: to,
		Owner: to,
		Status: STATUS[event],
		Timestamp: isoTime(world.clock.now()),
		...(endedAt !== null && { Duration: Math.round((endedAt - (answeredAt ?? endedAt)) / 1000) }),
		...more,
	};
	const accountId = String(world.state.numbers.get(to)?.AccountId);
	const attempts = notifyWebhooks(world, accountId, event, payload);
	call.told = attempts.length;
	world.events.emit('call', call);
	return { callId: id, attempts: await Promise.all(attempts) };
}

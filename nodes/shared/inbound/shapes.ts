import type { IDataObject } from 'n8n-workflow';
import { BODY, Fields, FROM, ID, OWNER, TO, urlsIn } from './payload';

/** The trigger's output for an inbound message. */
export interface InboundMessage extends IDataObject {
	messageId: string;
	from: string;
	/** Several numbers, as in a group MMS, are separated by commas. */
	to: string;
	/** Your number, which received the message. */
	owner: string;
	body: string;
	/** URLs of images and other media. */
	media: string[];
	segments: number;
	/** ISO 8601: Telegent's time if it has a time zone; otherwise the time when n8n received the message. */
	receivedAt: string;
	/** The payload as received. */
	raw: IDataObject;
}

const MEDIA = ['mmsmediaurl', 'mmsmediaurls', 'mmsmedia', 'mediaurl', 'mediaurls', 'media'];
const TIME = ['timestamp', 'receivedat', 'createdon', 'createdat', 'time', 'date'];

/**
 * Normalizes an inbound message. Pure.
 *
 * The onboarding guide spells `Message_ID`, `Message_Body`, `Segment`, `MMS_Media_URL`; older pages `MessageId`,
 * `Text`, `Timestamp`.
 * @param now `receivedAt` for a payload without a time that has a zone
 */
export function toInboundMessage(raw: IDataObject, now: Date): InboundMessage {
	const fields = new Fields(raw);
	const to = fields.numbers(...TO);
	return {
		messageId: fields.text(...ID),
		from: fields.numbers(...FROM).join(', '),
		to: to.join(', '),
		owner: fields.numbers(...OWNER).join(', ') || to[0] || '',
		body: fields.text(...BODY),
		media: urlsIn(fields.first(...MEDIA)),
		segments: fields.number('segment', 'segments', 'segmentcount') || 1,
		receivedAt: fields.time(...TIME) ?? now.toISOString(),
		raw,
	};
}

/** Delivery status of a sent message. */
export type DeliveryStatus = 'queued' | 'sent' | 'delivered' | 'failed';

const STATUSES: Record<string, DeliveryStatus> = {
	accepted: 'queued',
	pending: 'queued',
	queued: 'queued',
	scheduled: 'queued',
	enroute: 'sent',
	sending: 'sent',
	sent: 'sent',
	submitted: 'sent',
	delivered: 'delivered',
	read: 'delivered',
	blocked: 'failed',
	expired: 'failed',
	failed: 'failed',
	rejected: 'failed',
	undeliverable: 'failed',
	undelivered: 'failed',
};

/** The delivery status in a payload, as one of four words; undefined if there is none. */
export function deliveryStatus(fields: Fields): DeliveryStatus | undefined {
	const status = fields.text('status', 'messagestatus', 'deliverystatus', 'smsstatus', 'state');
	return STATUSES[status.toLowerCase().replace(/[^a-z]/g, '')];
}

/** Normalizes a delivery receipt. Pure. */
export function toReceipt(raw: IDataObject, now: Date): IDataObject {
	const fields = new Fields(raw);
	const from = fields.numbers(...FROM).join(', ');
	return {
		messageId: fields.text(...ID),
		status: deliveryStatus(fields) ?? '',
		errorCode: fields.text('errorcode', 'error', 'code') || null,
		errorMessage: fields.text('errormessage', 'errordescription', 'reason') || null,
		from,
		to: fields.numbers(...TO).join(', '),
		owner: fields.numbers(...OWNER).join(', ') || from,
		updatedAt: fields.time(...TIME) ?? now.toISOString(),
		raw,
	};
}

const ORDERED = ['orderdate', 'updateorderdate'];

/** Normalizes an order update, with the fields of `GET /v1.0/numbers/order`. Pure. */
export function toOrderUpdate(raw: IDataObject, now: Date): IDataObject {
	const fields = new Fields(raw);
	return {
		orderId: fields.text('orderid', 'updateorderid', 'id'),
		type: fields.text('ordertype', 'type'),
		status: fields.text('orderstatus', 'updateorderstatus', 'status'),
		statusMessage: fields.text('orderstatusmessage', 'statusmessage', 'errormessage') || null,
		numbers: fields.numbers(
			'phonenumbersordered',
			'phonenumbers',
			'phonenumberassigned',
			'numbers',
			'number',
		),
		// Telegent's time, without a zone.
		orderedAt: fields.time(...ORDERED) ?? (fields.text(...ORDERED) || null),
		updatedAt: fields.time(...TIME) ?? now.toISOString(),
		raw,
	};
}

/** Normalizes a call event. Pure. Telegent does not document these payloads, so `raw` contains all of it. */
export function toCall(raw: IDataObject, now: Date): IDataObject {
	const fields = new Fields(raw);
	return {
		callId: fields.text('callid', 'callsid', 'calluuid', 'uuid', 'id'),
		from: fields.numbers(...FROM).join(', '),
		to: fields.numbers(...TO).join(', '),
		owner: fields.numbers(...OWNER).join(', ') || null,
		direction: fields.text('direction', 'calldirection').toLowerCase() || null,
		status: fields.text('callstatus', 'status') || null,
		durationSeconds: fields.number('duration', 'callduration', 'durationseconds', 'seconds') ?? null,
		recordingUrl: fields.text('recordingurl', 'recording', 'recordinguri') || null,
		at: fields.time(...TIME) ?? now.toISOString(),
		raw,
	};
}

/**
 * Whether a payload is an inbound message, a receipt for a sent one, or neither. Pure. Decided by content, not by the
 * address it arrives at: by the guides, the callback URL receives receipts; by the schema, also messages.
 */
export function kindOf(fields: Fields): 'message' | 'receipt' | 'other' {
	const identified = fields.text(...ID) !== '';
	const [from, to, owner] = [FROM, TO, OWNER].map((names) => fields.numbers(...names));
	const says = fields.has(...BODY, ...MEDIA);
	const direction = fields.text('direction').toLowerCase();
	const isForOwner = says && owner.length > 0 && to.includes(owner[0]) && !from.includes(owner[0]);
	const cameIn = direction === '' ? isForOwner : /^(in|mo\b|received)/.test(direction);
	if (!cameIn && deliveryStatus(fields)) return identified || to.length > 0 ? 'receipt' : 'other';
	if (/^(out|mt\b|sent)/.test(direction)) return 'other';
	return says && isAddressed({ from, to, identified }) ? 'message' : 'other';
}

/** Whether a payload identifies a message: by its sender, or by an ID and a recipient. */
function isAddressed(given: { from: string[]; to: string[]; identified: boolean }): boolean {
	return given.from.length > 0 || (given.identified && given.to.length > 0);
}

import type { Row } from './state.mts';

/**
 * How an inbound message is spelled. `guide` is the vendor's onboarding guide; the others are older pages and
 * the spellings that other operations of the API use (FACTS.md, "Routes and inbound delivery").
 */
export const INBOUND_STYLES = ['guide', 'pascal', 'search', 'snake', 'camel'] as const;
export type InboundStyle = (typeof INBOUND_STYLES)[number];

export interface InboundFacts {
	messageId: string;
	owner: string;
	from: string;
	to: string;
	body: string;
	media: string[];
	time: string;
	type: string;
}

const GSM_7 = /^[\n\r !-Z\\_a-z¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΔΦΓΛΩΠΨΣΘΞ@$^{}[\]~|€]*$/u;
const GSM_7_DOUBLE = /[\\^{}[\]~|€]/gu;

/** How many SMS a text takes: 160 or 153 characters of GSM-7 each, 70 or 67 of UCS-2. */
export function segments(text: string): number {
	const isGsm = GSM_7.test(text);
	const length = isGsm ? text.length + (text.match(GSM_7_DOUBLE)?.length ?? 0) : text.length;
	const [alone, joined] = isGsm ? [160, 153] : [70, 67];
	return length <= alone ? 1 : Math.ceil(length / joined);
}

const oneOrMany = (media: string[]): string | string[] => (media.length === 1 ? media[0] : media);

const SPELLINGS: Record<InboundStyle, (facts: InboundFacts) => Row> = {
	guide: ({ messageId, owner, to, from, body, media }) => ({
		Message_ID: messageId,
		Owner: owner,
		To: to,
		From: from,
		Message_Body: body,
		Segment: segments(body),
		...(media.length && { MMS_Media_URL: oneOrMany(media) }),
	}),
	pascal: ({ messageId, to, from, body, media, time }) => ({
		MessageId: messageId,
		From: from,
		To: to,
		Text: body,
		Timestamp: time,
		Direction: 'Inbound',
		...(media.length && { MmsMedia: media.map((url) => ({ MediaUrl: url })) }),
	}),
	search: ({ messageId, owner, to, from, body, media, type }) => ({
		MessageID: messageId,
		Direction: 'Inbound',
		Type: type,
		Status: 'Received',
		To: [{ Number: to }],
		From: from,
		Owner: owner,
		Body: body,
		MmsMedia: media.map((url) => ({ MediaUrl: url })),
	}),
	snake: ({ messageId, owner, to, from, body, media }) => ({
		message_id: messageId,
		owner,
		to,
		from,
		message_body: body,
		segment: segments(body),
		...(media.length && { mms_media_url: media }),
	}),
	camel: ({ messageId, owner, to, from, body, media, time }) => ({
		messageId,
		owner,
		to,
		from,
		body,
		timestamp: time,
		...(media.length && { mediaUrls: media }),
	}),
};

export const inboundPayload = (style: InboundStyle, facts: InboundFacts): Row => SPELLINGS[style](facts);

import type { Json } from './contract.mts';

/*
 * What the operations give besides the documented responses of Telegent. The output schemas are made from both.
 */

/** Fields that the node adds to a response, with their types. */
export const ADDED: Record<string, Record<string, string>> = {
	'GET /v1.0/account/message/routes': { HeldBy: 'string?' },
	'GET /v1.0/message/routes': { HeldBy: 'string?' },
	'POST /v1.0/message/routes/update': { HeldBy: 'string?' },
	'POST /v1.0/message/outbound': { encoding: 'string', characters: 'integer', segments: 'integer' },
};

/** What Send and Send and Wait give where nothing was sent. */
const HELD = {
	status: 'held',
	reason: "it's 21:30 in America/Denver for +18015737111, which is outside the sending hours",
	sendAfter: '2026-11-22T16:00:00.000Z',
};

/** Examples of outputs that an operation has in some cases only, by name. */
export const SOMETIMES: Record<string, Json[]> = {
	'message.send': [
		HELD,
		{ skipped: [{ number: '+18014271919', reason: '+18014271919 is on the suppression list' }] },
		{
			status: 'dryRun',
			request: {
				From: '+18018018011',
				To: [{ Number: '+18015737111' }],
				Body: 'Hello there!!!',
				CampaignId: 'JCID-dsuhofh3882',
				MmsMedia: [{ MediaUrl: 'https://results2.com' }],
				Owner: '+18018018011',
			},
		},
		{ confirmedBy: 'lookup', CreatedAt: '2025-05-01T12:00:00Z' },
		{
			delivery: 'delivered',
			deliveryReason: null,
			deliverySeconds: 9,
			fallback: {
				from: '+18018018012',
				to: ['+18015737111'],
				outcome: 'done',
				messageId: 'TMID-00348008102308aK01',
				reason: null,
				firstReason: null,
			},
		},
		{
			delivery: 'failed',
			deliveryReason: 'Unreachable destination handset (30003)',
			deliverySeconds: 120,
			deliveryByRecipient: [{ number: '+18014271919', delivery: 'delivered', reason: null }],
		},
	],
};

/** Examples of outputs that are not Telegent's responses, by the operation's name. */
export const OWN_ANSWERS: Record<string, Json[]> = {
	'conversation.get': [
		{
			conversation: '+18018018011|+18015737111',
			owner: '+18018018011',
			otherParty: '+18015737111',
			count: 1,
			complete: true,
			messages: [
				{
					id: 'TMID-00348008102307aK01',
					role: 'user',
					text: 'Hello there!!!',
					time: '2026-11-21T12:00:00.000Z',
					status: 'received',
					media: ['https://example.com/photo.jpg'],
				},
			],
			transcript: '[2026-11-21 12:00 UTC] user: Hello there!!!',
		},
	],
	'message.preview': [
		{
			text: 'Hello there!!!',
			encoding: 'GSM-7',
			characters: 14,
			segments: 1,
			totalSegments: 2,
			nonGsmCharacters: ['’'],
			emptyFields: ['{{ $json.name }}'],
			leftOverBraces: '{{first_name}}',
			missingTexts: ['Reply STOP'],
			to: ['+18015737111', '+18014271919'],
			invalid: [{ number: '12', reason: 'too short' }],
			duplicates: [{ number: '+18015737111', item: 0 }],
			suppressed: ['+18014271919'],
			outsideHours: [{ number: '+18015737111', reason: HELD.reason }],
		},
	],
	'message.sendAndWait': [
		{
			replied: true,
			matched: true,
			answer: 'Yes',
			intent: 'yes',
			intentBy: 'keyword',
			body: 'Yes',
			from: '+18015737111',
			to: '+18018018011',
			media: ['https://example.com/photo.jpg'],
			segments: 1,
			messageId: 'TMID-00348008102307aK01',
			receivedAt: '2026-11-21T12:00:00.000Z',
			respondedAt: '2026-11-21T12:00:00.000Z',
			responder: { id: '+18015737111', phoneNumber: '+18015737111', to: '+18018018011', source: 'telegent' },
			askedAt: '2026-11-21T11:59:00.000Z',
			sentMessageId: 'TMID-00348008102306aK01',
			secondsWaited: 60,
			reAsks: 0,
			raw: {},
		},
		{ answer: true, approved: true },
		{ answer: 4.5 },
		{ answer: null, approved: false, chatInput: 'Only for two people' },
		{ replied: false, waitedUntil: '2026-11-22T12:00:00.000Z' },
		{ replied: false, delivered: false, deliveryReason: 'Unreachable destination handset (30003)' },
		{ replied: false, delivered: false, deliveryReason: null },
		{ ...HELD, To: [{ Number: '+18015737111' }] },
	],
};

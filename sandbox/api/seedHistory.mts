import { MAIN_LINE, seedId } from './ids.mts';
import type { Message } from './state.mts';

const DAY = 86_400_000;
const AFTERNOON = 15 * 3_600_000;
const HALF_AN_HOUR = 1_800_000;
const LAST_DAY = 10;

/** People with fictional numbers, for the phone simulator. */
export const CONTACTS = [
	{ name: 'Ana Silva', number: '+12025550142' },
	{ name: 'Ben Okafor', number: '+14155550117' },
	{ name: 'Chen Wei', number: '+12125550163' },
	{ name: 'Dana Levi', number: '+13125550188' },
	{ name: 'Emil Novak', number: '+17025550129' },
];

/** What was said on the main line: 30 messages, enough to fill more than one page. */
const HISTORY: [contact: number, direction: 'in' | 'out', text: string][] = [
	[0, 'in', 'Hi, is my order ready?'],
	[0, 'out', 'Hi Ana, it leaves our store today.'],
	[0, 'in', 'Wonderful, thank you!'],
	[1, 'in', 'Can I move my appointment to Friday?'],
	[1, 'out', 'Of course. Friday at 10:00 or at 15:30?'],
	[1, 'in', '10:00 please'],
	[1, 'out', 'Done. See you on Friday at 10:00.'],
	[2, 'out', 'Your verification code is 482913.'],
	[2, 'in', 'Got it'],
	[3, 'out', 'Reminder: the water will be off tomorrow from 9:00 to 11:00.'],
	[3, 'in', 'Thanks for telling me'],
	[4, 'in', 'Do you deliver to Henderson?'],
	[4, 'out', 'Yes, every Tuesday and Thursday.'],
	[4, 'in', 'Then Thursday please'],
	[4, 'out', 'Noted: Thursday, between 14:00 and 16:00.'],
	[0, 'out', 'Ana, your parcel is out for delivery.'],
	[0, 'in', 'It arrived. All good!'],
	[0, 'out', 'Great! How did we do? Reply 1 to 5.'],
	[0, 'in', '5'],
	[2, 'out', 'Your verification code is 118204.'],
	[1, 'out', 'Reminder: tomorrow at 10:00.'],
	[1, 'in', 'On my way, five minutes late'],
	[1, 'out', 'No problem, we wait.'],
	[3, 'in', 'Water is still off?'],
	[3, 'out', 'It should be back by noon, sorry for the delay.'],
	[3, 'in', 'It is back, thanks'],
	[4, 'out', 'Your delivery is ten stops away.'],
	[4, 'in', 'Please leave it at the door'],
	[4, 'out', 'Delivered. The photo is in your account.'],
	[2, 'in', 'Which number do I call on Sundays?'],
];

/** Three messages a day, the last ones yesterday. */
export function history(now: number): Message[] {
	const today = now - (now % DAY);
	return HISTORY.map(([contact, direction, body], index) => {
		const person = CONTACTS[contact].number;
		const isOut = direction === 'out';
		const status = isOut ? 'Delivered' : 'Received';
		return {
			id: seedId('TMID-', index + 1),
			direction: isOut ? 'Outbound' : 'Inbound',
			type: 'p2p',
			campaignId: null,
			from: isOut ? MAIN_LINE : person,
			owner: MAIN_LINE,
			recipients: [{ number: isOut ? person : MAIN_LINE, status, errorCode: null, errorMessage: null }],
			body,
			media: [],
			base64: [],
			createdAt: today - (LAST_DAY - Math.floor(index / 3)) * DAY + AFTERNOON + (index % 3) * HALF_AN_HOUR,
			status,
			deviceDelivery: null,
		};
	});
}

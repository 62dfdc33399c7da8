import type { PhoneNumber, Row } from '../state.mts';
import type { Call, Handlers } from '../world.mts';
import { accountId, change, number, pick, refuse, text } from './helpers.mts';

const FIELDS = ['PIN', 'FirstName', 'LastName', 'Email'];

function phoneOf({ body, world }: Call): PhoneNumber {
	if (text(body.AccountId)) accountId(world, body.AccountId);
	return number(world.state, body.PhoneNumber);
}

function voicemailOf(phone: PhoneNumber): Row {
	if (!phone.Voicemail) throw refuse(`Voicemail is not active on ${phone.Number}`);
	return phone.Voicemail;
}

export const voicemailHandlers: Handlers = {
	'POST /v1.0/numbers/voicemail/activate': (call) => {
		const phone = phoneOf(call);
		phone.Voicemail = pick(call.body, FIELDS);
		return { PhoneNumber: phone.Number, VoicemailActivated: true, Successful: true };
	},

	'POST /v1.0/numbers/voicemail/update': (call) => {
		const phone = phoneOf(call);
		change(voicemailOf(phone), call.body, FIELDS);
		return { PhoneNumber: phone.Number, Successful: true, Message: 'Voicemail settings updated' };
	},

	'POST /v1.0/numbers/voicemail/delete': (call) => {
		const phone = phoneOf(call);
		voicemailOf(phone);
		phone.Voicemail = null;
		return { PhoneNumber: phone.Number, Successful: true, Message: 'Voicemail removed' };
	},

	/** Reads, although it is a POST; the PIN is not shown. */
	'POST /v1.0/numbers/voicemail/info': (call) => {
		const phone = phoneOf(call);
		return {
			PhoneNumber: phone.Number,
			VoicemailEnabled: phone.Voicemail !== null,
			...pick(phone.Voicemail ?? {}, ['Email', 'FirstName', 'LastName']),
		};
	},
};

/** Somebody else, whose messages the sender would like to forge. */
export const VICTIM = '+18005551111';

const forged = { From: VICTIM, Body: 'YES', MessageId: 'TMID-forged', Owner: VICTIM, To: VICTIM };
const json = JSON.stringify(forged);

/** Texts that a person can write and that look like a payload. */
export const HOSTILE_TEXTS: string[] = [
	json,
	JSON.stringify(json),
	JSON.stringify([forged]),
	` ${json}`,
	`\n${json}\n`,
	`\uFEFF${json}`,
	`${json} `,
	JSON.stringify({ from: VICTIM, body: 'YES' }),
	JSON.stringify({ From: VICTIM, Body: 'YES' }),
	JSON.stringify({ FROM: VICTIM, TEXT: 'YES' }),
	JSON.stringify({ Sender: VICTIM, Text: 'YES' }),
	JSON.stringify({ sender: VICTIM, content: 'YES' }),
	JSON.stringify({ from_number: VICTIM, message_body: 'YES' }),
	JSON.stringify({ source: VICTIM, message: 'YES' }),
	JSON.stringify({ Data: forged }),
	JSON.stringify({ data: JSON.stringify(forged) }),
	JSON.stringify({ payload: forged }),
	JSON.stringify({ message: forged }),
	JSON.stringify({ Message: { Body: forged } }),
	JSON.stringify({ body: { body: { body: forged } } }),
	JSON.stringify({ Event: 'New_Sms', Data: forged }),
	JSON.stringify({ Event: 'Order_Update', Data: { OrderId: 'JNUOID-1' } }),
	JSON.stringify({ sms: forged, from: VICTIM }),
	JSON.stringify({ root: forged }),
	JSON.stringify({ json: forged, notification: forged }),
	JSON.stringify({ Direction: 'outbound', Status: 'Delivered', MessageId: 'TMID-forged' }),
	JSON.stringify({ Status: 'Failed', To: VICTIM }),
	JSON.stringify({ MMS_Media_URL: 'https://example.com/forged.png', From: VICTIM }),
	JSON.stringify({ __proto__: null, constructor: { prototype: forged } }),
	'{"__proto__":{"From":"+18005551111"},"Body":"YES"}',
	'{"a":1}',
	'{}',
	'[]',
	'{',
	'{"From":"+18005551111"',
	'null',
	'true',
	'"YES"',
	'0',
	`From=${VICTIM}&Body=YES`,
	`payload=${encodeURIComponent(json)}`,
	`&From=${VICTIM}`,
	`<root><From>${VICTIM}</From><Body>YES</Body></root>`,
	`{{ $json.from }} ${json}`,
];

type Row = Record<string, unknown>;

/** What Telegent says of a message that came in. */
export interface Said {
	id: string;
	from: string;
	owner: string;
	body: string;
}

const spellings: Array<[name: string, spell: (said: Said) => Row]> = [
	[
		'the onboarding guide',
		({ body, from, id, owner }) => ({
			Message_ID: id,
			Owner: owner,
			To: owner,
			From: from,
			Message_Body: body,
			Segment: 1,
		}),
	],
	[
		'older pages',
		({ body, from, id, owner }) => ({
			MessageId: id,
			From: from,
			To: owner,
			Text: body,
			Direction: 'inbound',
		}),
	],
	[
		'the API’s records',
		({ body, from, id, owner }) => ({
			MessageID: id,
			From: from,
			To: [{ Number: owner }],
			Owner: owner,
			Body: body,
		}),
	],
	[
		'Message',
		({ body, from, id, owner }) => ({ MessageId: id, From: from, To: owner, Owner: owner, Message: body }),
	],
	[
		'snake case',
		({ body, from, id, owner }) => ({
			message_id: id,
			from,
			to: [{ number: owner }],
			owner,
			message_body: body,
		}),
	],
	['lower case', ({ body, from, id, owner }) => ({ id, from, to: owner, owner, body })],
	[
		'camel case',
		({ body, from, id, owner }) => ({ messageId: id, fromNumber: from, toNumber: owner, owner, text: body }),
	],
	[
		'other names',
		({ body, from, id, owner }) => ({ msgId: id, sender: from, recipient: owner, owner, content: body }),
	],
];

const envelopes: Array<[name: string, wrap: (payload: Row) => Row]> = [
	['', (payload) => payload],
	[' in Event and Data', (payload) => ({ Event: 'New_Sms', Data: payload })],
	[' in data', (payload) => ({ data: payload })],
	[' in Message', (payload) => ({ Message: payload })],
	[' in notification and payload', (payload) => ({ notification: { payload } })],
];

/** Every spelling of an inbound message, in every envelope, as an object; and, where it is flat, as a form. */
export const SPELLINGS: Array<[name: string, write: (said: Said) => { text: string; type: string }]> = [
	...spellings.flatMap(([name, spell]) =>
		envelopes.map(([envelope, wrap]): (typeof SPELLINGS)[number] => [
			`${name}${envelope}`,
			(said) => ({ text: JSON.stringify(wrap(spell(said))), type: 'application/json' }),
		]),
	),
	...spellings.map(([name, spell]): (typeof SPELLINGS)[number] => [
		`${name} as a form`,
		(said) => ({ text: formOf(spell(said)), type: 'application/x-www-form-urlencoded' }),
	]),
	...spellings.map(([name, spell]): (typeof SPELLINGS)[number] => [
		`${name} in a form’s payload`,
		(said) => ({
			text: new URLSearchParams({ event: 'New_Sms', payload: JSON.stringify(spell(said)) }).toString(),
			type: 'application/x-www-form-urlencoded',
		}),
	]),
];

function formOf(payload: Row): string {
	const plain = Object.entries(payload).map(([name, value]): [string, string] => [
		name,
		Array.isArray(value) ? String(Object.values(value[0] as Row)[0]) : String(value),
	]);
	return new URLSearchParams(plain).toString();
}
